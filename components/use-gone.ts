import { useEffect } from 'preact/hooks';

/** Runs `begin` with a signal that aborts when the component or its page goes: the engine outlives both. */
export function useGone(begin: (gone: AbortSignal) => void, dependencies: readonly unknown[]): void {
  useEffect(() => {
    const gone = new AbortController();
    addEventListener('pagehide', () => gone.abort(), { once: true, signal: gone.signal });
    begin(gone.signal);
    return () => gone.abort();
  }, dependencies);
}
