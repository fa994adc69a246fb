import type { Plugin } from 'vite';

/**
 * Lets the bundler leave the player, and the CSS parser that goes with it, out of what only records: 23 kB instead of
 * 58 kB, gzipped. rrweb is one file whose parser is wrapped in helpers that the bundler takes for having effects.
 */
export const leanRecorder = (): Plugin => ({
  name: 'alongside:lean-recorder',
  apply: 'build',
  // Here, and not in `config`: WXT writes these options for each script itself.
  options: (options) => ({
    ...options,
    treeshake: {
      ...(typeof options.treeshake === 'object' && options.treeshake),
      propertyReadSideEffects: false,
      manualPureFunctions: ['__commonJSMin', '__commonJSMin$1', '__toESM', '__toESM$1'],
    },
  }),
});
