import type { RawData } from 'ws';

/** Half-open sockets never answer a close frame; ws would hold each for half a minute. (Newer than the types of ws.) */
export const PROMPT_CLOSE = { closeTimeout: 1_000 };

/** A text frame as text. ws hands it over as one Buffer unless it is told otherwise. */
export const textOf = (data: RawData): string => (Buffer.isBuffer(data) ? data.toString('utf8') : '');
