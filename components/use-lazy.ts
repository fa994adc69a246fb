import { useEffect, useState } from 'preact/hooks';

/** A part of the page that is not in its first load; null until it has come. A page without a network stays without it. */
export function useLazy<T>(load: () => Promise<T>): T | null {
  const [part, setPart] = useState<T | null>(null);
  useEffect(() => {
    let isGone = false;
    load().then(
      (loaded) => {
        if (!isGone) setPart(() => loaded);
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);
  return part;
}
