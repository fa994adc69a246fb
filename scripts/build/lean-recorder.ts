import type { Plugin } from 'vite';

/** Canvases are seen by the agent, as pictures (lib/mirror/page-canvases.ts); the recorder never records them. */
const MAKES_CANVASES = 'canvasManager = new CanvasManager({';
/** A page's content policy forbids style attributes, and complains of each; it does not mind the same by script. */
const PARSES_STYLE = 'old.setAttribute("style", m.oldValue)';
const SETS_STYLE = 'old.style.cssText = m.oldValue';
const NO_CANVASES = '{ reset() {}, freeze() {}, unfreeze() {}, lock() {}, unlock() {} }';

/**
 * Lets the bundler leave the player, and the CSS parser that goes with it, out of what only records: 23 kB instead of
 * 58 kB, gzipped. rrweb is one file whose parser is wrapped in helpers that the bundler takes for having effects.
 */
export const leanRecorder = (): Plugin => ({
  name: 'alongside:lean-recorder',
  apply: 'build',
  transform(code, id) {
    if (!/rrweb[/\\]dist[/\\]rrweb\.js$/.test(id)) return null;
    const lean = code.replace(MAKES_CANVASES, `canvasManager = ${NO_CANVASES};\n\t({`);
    if (lean === code) this.error('rrweb makes its canvas manager in another way now.');
    if (!lean.includes(PARSES_STYLE)) this.error('rrweb compares styles in another way now.');
    return { code: lean.replace(PARSES_STYLE, SETS_STYLE), map: null };
  },
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
