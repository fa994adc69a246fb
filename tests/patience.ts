import { vi } from 'vitest';

/** Nothing is asserted by it: a machine with much to do is slow, not wrong. */
const TIMEOUT_MS = 15_000;

const { waitFor, waitUntil } = vi;
type Options = number | { timeout?: number; interval?: number };
const patient = (options?: Options) =>
  typeof options === 'number' ? options : { timeout: TIMEOUT_MS, interval: 10, ...options };

// Vitest's own limit is a second, with no setting for it.
vi.waitFor = (run, options) => waitFor(run, patient(options));
vi.waitUntil = (look, options) => waitUntil(look, patient(options));
