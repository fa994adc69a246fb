import { type ReadonlySignal, signal } from '@preact/signals';

interface SignalLike {
  peek(): unknown;
  subscribe(run: (value: unknown) => void): () => void;
}

const isSignalLike = (value: unknown): value is SignalLike =>
  typeof value === 'object' &&
  value !== null &&
  'peek' in value &&
  'subscribe' in value &&
  typeof value.peek === 'function' &&
  typeof value.subscribe === 'function';

/**
 * A copy of `models` whose signals belong to this page. Signals are tracked inside one page only, and a side panel reads
 * the engine of another page by reference (ARCHITECTURE §2), so each signal is followed by one of this page's own.
 * Verbs are passed through. Every subscription ends when `until` aborts.
 */
export function mirrorEngine<T extends object>(models: T, until: AbortSignal): T {
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(models)) {
    if (isSignalLike(member)) copy[name] = mirrorSignal(member, until);
    else if (typeof member === 'object' && member !== null) copy[name] = mirrorEngine(member, until);
    else copy[name] = member;
  }
  return copy as T; // same keys, each of the same type
}

function mirrorSignal(source: SignalLike, until: AbortSignal): ReadonlySignal<unknown> {
  const own = signal(source.peek());
  const release = source.subscribe((value) => {
    own.value = value;
  });
  until.addEventListener('abort', release, { once: true });
  return own;
}
