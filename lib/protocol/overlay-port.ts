/**
 * What the overlay in a shared tab and the engine say to each other, over a `runtime.connect` port of the name below. The
 * overlay lives in a hostile page's process, so the engine decodes what it says; what it is told was decoded before.
 */
import * as v from 'valibot';
import { MAX_NAME_CHARS } from './limits.ts';
import { StrokeNumber } from './ink-messages.ts';

export const OVERLAY_PORT = 'overlay';

export const FromOverlay = v.variant('type', [
  /** The stroke is on screen in the page. */
  v.strictObject({
    type: v.literal('painted'),
    author: v.pipe(v.string(), v.maxLength(MAX_NAME_CHARS)),
    n: StrokeNumber,
  }),
  /** A hand, not a script, pressed a button of the status bar. */
  v.strictObject({ type: v.literal('pressed'), button: v.picklist(['stop-sharing', 'stop-control', 'hide-part']) }),
]);
export type FromOverlay = v.InferOutput<typeof FromOverlay>;
