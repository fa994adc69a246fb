/** Every bound on what crosses the `cobrowse` channel, with its reason. */

/** Version byte of a frame. Raised when an older peer could misread a frame. */
export const COBROWSE_WIRE_VERSION = 1;

/** A frame after inflating. A page of 130,000 nodes is 9.4 MB of JSON (reference/cobrowse.md §2.2). */
export const MAX_FRAME_BYTES = 32 * 1024 * 1024;
/** Frames of this size may have any ratio: whitespace and repeated rows compress far beyond the ratio of a page. */
export const FREE_RATIO_BYTES = 2 * 1024 * 1024;
/** Larger frames that inflate further than this are bombs; whole pages were measured at 14:1 to 15:1. */
export const MAX_INFLATE_RATIO = 200;
/** Nothing but a snapshot or an asset of that size is ever sent, so a small frame stays cheap to decode. */
export const MAX_SMALL_FRAME_BYTES = 4 * 1024 * 1024;
/** An asset travels on `bulk`, at most this large after downsizing (fonts of CJK scripts reach 5 MB and are left out). */
export const MAX_ASSET_BYTES = 2 * 1024 * 1024;

/** rrweb events in one frame: the recorder flushes at least 20 times a second. */
export const MAX_EVENTS_PER_FRAME = 5_000;
/** Nodes in a mirror: beyond it the page is shown as "too large" and a screen share is offered. */
export const MAX_MIRROR_NODES = 300_000;
export const MAX_TREE_DEPTH = 512;
export const MAX_ATTRIBUTE_CHARS = 1_000_000;

export const MAX_TITLE_CHARS = 300;
/** No scroll bar is wider, CSS px: what more is missing from a window's width is the page's own doing. */
export const MAX_GUTTER_PX = 40;
export const MAX_ADDRESS_CHARS = 2_000;
export const MAX_SHARED_TABS = 32;
/** Frames of one tab that get a recorder of their own. */
export const MAX_FRAMES_PER_TAB = 64;
/** Hashes in one announcement or wish. */
export const MAX_ASSETS_PER_MESSAGE = 500;
/** Ids in one drift check (reference/cobrowse.md §1.3). */
export const MAX_HASHED_NODES = 200;
export const MAX_OPEN_LAYERS = 64;

/** One typing edit: a paste of a paragraph, not of a book. */
export const MAX_INSERT_CHARS = 2_000;
/** Control verbs a second; faster ones are refused (reference/cobrowse.md §3.3). */
export const MAX_VERBS_PER_SECOND = 30;
/** A verb that is older than this when it arrives is about a page that has moved on (reference/cobrowse.md §5.2). */
export const MAX_VERB_AGE_MS = 1_500;
/** A control grant without any verb ends after this time (reference/cobrowse.md §5.5). */
export const CONTROL_IDLE_MS = 600_000;
/** The customer's own hand stops the expert's for this long. */
export const CONTROL_PREEMPT_MS = 500;

/** Two full snapshots of one frame are at least this far apart, doubling while resyncs go on. */
export const RESYNC_MIN_MS = 1_000;
export const RESYNC_MAX_MS = 30_000;
/** Those that the customer causes (a pause that ends, another mode, a part that is shown again) are not held up longer. */
export const OWN_SNAPSHOT_GAP_MS = 250;

/** Sites of frames that the extension may not enter; more are not worth a question. */
export const MAX_BARRED_SITES = 8;
