/** Every bound on ink and stills, with its reason. */

/** A picture is this many units wide and high on the wire: 1/8 px on a 4K picture, and any difference fits an int16. */
export const INK_UNITS = 32_767;
/** Points in one stroke. A longer line goes on as a new stroke, so that the one being drawn stays cheap to recompute. */
export const MAX_STROKE_POINTS = 600;
/** Points in one live packet: half a second of a 120 Hz pen, well below one network packet (1,200 bytes). */
export const MAX_LIVE_POINTS = 64;
/** Finished strokes kept for one author; the oldest go first. A hostile peer can't fill the memory. */
export const MAX_STROKES_PER_AUTHOR = 500;
/** Strokes being drawn at once by one author: two hands and a split that is still on its way. */
export const MAX_LIVE_STROKES = 4;
/** A label of a drawing, not a message. */
export const MAX_INK_TEXT_CHARS = 200;
/** Line width in thousandths of the picture's short side. */
export const MIN_INK_WIDTH = 1;
export const MAX_INK_WIDTH = 60;
/** The number in a numbered arrow has to fit its disc. */
export const MAX_INK_NUMBER = 99;
/** Strokes that one undo, redo or clear can name: everything an author can have. */
export const MAX_VISIBILITY_STROKES = MAX_STROKES_PER_AUTHOR;
/** uint32 in the live packet. */
export const MAX_STROKE_NUMBER = 0xffff_ffff;

/** A tied element reaches at most so many windows beyond the one that is seen: pages are long, coordinates are not endless. */
export const MAX_TIE_WINDOWS = 1_000;

/** Ink that does not stay disappears this long after it was released, and takes INK_FADE_MS to do so. */
export const INK_HOLD_MS = 8_000;
export const INK_FADE_MS = 600;
/** The laser's trail is held while pressed and is gone this long after the release. */
export const LASER_FADE_MS = 1_200;
/** A stroke being drawn is repeated this often while the pen rests, and forgotten after LIVE_SILENCE_MS without news. */
export const LIVE_REPEAT_MS = 1_000;
export const LIVE_SILENCE_MS = 4_000;

/** One still, encoded: a 12-megapixel photo as JPEG, or a 4K screen as PNG, with room to spare. */
export const MAX_STILL_BYTES = 24 * 1024 * 1024;
/** A decoded still takes four bytes a pixel: 33 megapixels (8K UHD) are 133 MB, the most that a side panel can bear. */
export const MAX_STILL_PIXELS = 33_177_600;
export const MAX_STILL_SIDE = 16_384;
/** Strokes stored with a still: all that two people can have. */
export const MAX_STILL_INK = 2 * MAX_STROKES_PER_AUTHOR;
/** Stills that a call keeps in memory, and that a browser keeps in its store; the oldest go first. */
export const MAX_STILLS = 40;
export const MAX_STORED_STILLS = 200;
/** Stills being received at once from one person. */
export const MAX_STILL_TRANSFERS = 3;
