import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface LazyPart<P> {
  (props: P): VNode | null;
  /** Fetches the part, so that it is drawn at once when it is wanted. */
  preload(): Promise<void>;
}

/** A part of a page whose code comes when it is first drawn, or before by `preload`. Until then `Meanwhile` stands there. */
export function createLazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Meanwhile?: ComponentType<P>,
): LazyPart<P> {
  let Part: ComponentType<P> | null = null;
  let loading: Promise<void> | null = null;

  const fetchPart = async () => {
    try {
      Part = await load();
    } finally {
      // A fetch that failed (no network, for the guest page) is tried again by the next one who wants the part.
      loading = null;
    }
  };
  const preload = (): Promise<void> => {
    if (Part) return Promise.resolve();
    loading ??= fetchPart();
    return loading;
  };

  function LazyPart(props: P) {
    const [isLoaded, setLoaded] = useState(Part !== null);
    // Also when it came after this was drawn and before this effect.
    useEffect(() => {
      if (!isLoaded) void preload().then(() => setLoaded(true));
    }, []);
    if (Part) return <Part {...props} />;
    return Meanwhile ? <Meanwhile {...props} /> : null;
  }
  LazyPart.preload = preload;
  return LazyPart;
}
