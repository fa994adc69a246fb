/**
 * Stills: frozen frames that are drawn on. The picture's bytes travel on `bulk` (`still-chunk.ts`), asked for by whoever
 * lacks them, from the place where a lost link broke off. Its ink travels as ink does, when the still is sent.
 */
import * as v from 'valibot';
import { EpochMs, ShortId } from './call-messages.ts';
import { MAX_STILL_BYTES, MAX_STILL_PIXELS, MAX_STILL_SIDE } from './ink-limits.ts';

const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** Which of the other side's live pictures is frozen. */
export const StillSource = v.picklist(['camera', 'screen']);
export type StillSource = v.InferOutput<typeof StillSource>;

export const StillRefusal = v.picklist(['no-picture', 'busy', 'too-large', 'failed', 'unknown']);
export type StillRefusal = v.InferOutput<typeof StillRefusal>;

const Side = integer(1, MAX_STILL_SIDE);

export const STILL_MESSAGES = [
  /** "Freeze": grab the frame that you are sending me, in your full resolution. */
  v.strictObject({ type: v.literal('still.ask'), id: ShortId, source: StillSource }),
  v.strictObject({ type: v.literal('still.refused'), id: ShortId, reason: StillRefusal }),
  /** The picture is here for the asking. `transfer` names it in chunks. */
  v.pipe(
    v.strictObject({
      type: v.literal('still.offer'),
      id: ShortId,
      transfer: integer(0, 0xffff_ffff),
      mime: v.picklist(PICTURE_TYPES),
      bytes: integer(1, MAX_STILL_BYTES),
      width: Side,
      height: Side,
    }),
    v.check(({ width, height }) => width * height <= MAX_STILL_PIXELS, 'pixels'),
  ),
  /** Send me its bytes from here on. */
  v.strictObject({ type: v.literal('still.want'), id: ShortId, from: integer(0, MAX_STILL_BYTES) }),
  /** All of it has arrived. */
  v.strictObject({ type: v.literal('still.got'), id: ShortId }),
  /** "Send": the picture, with the ink that was told before, is for the other person to look at. */
  v.strictObject({ type: v.literal('still.show'), id: ShortId, item: ShortId, at: EpochMs }),
] as const;
export const StillMessage = v.variant('type', [...STILL_MESSAGES]);
export type StillMessage = v.InferOutput<typeof StillMessage>;
