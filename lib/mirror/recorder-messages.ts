import type { RecorderEvent } from '../cobrowse/coalesce-events.ts';

/** What the agent asks of the recorder. */
export type ToRecorder =
  | { readonly type: 'start' | 'stop' | 'snapshot' | 'flush' }
  /** Learns of closed roots, and fires an event of the name `mark` on canvases that are drawn, from now on; `start` comes soon. */
  | { readonly type: 'watch'; readonly mark: string }
  | { readonly type: 'pause'; readonly on: boolean }
  | { readonly type: 'pressure'; readonly level: 0 | 1 | 2 }
  /** Fires an event of the name `mark` on the node, which the agent then has. */
  | { readonly type: 'find'; readonly id: number; readonly mark: string }
  /** The agent fires an event of the name `mark` on a node next, of this document or of a frame's, and wants to know its id. */
  | { readonly type: 'identify'; readonly mark: string; readonly inFrame: boolean }
  /** Fires an event of the name `mark` on a node of the recorder's own, which the agent carries about meanwhile. */
  | { readonly type: 'carry'; readonly mark: string }
  /** That node is in a closed shadow root now. */
  | { readonly type: 'root' };

export type FromRecorder =
  | { readonly type: 'events'; readonly events: readonly RecorderEvent[] }
  | { readonly type: 'identified'; readonly mark: string; readonly id: number }
  | { readonly type: 'failed'; readonly reason: 'too-large' };

/** As text, also where a library of old has its own idea of how lists become text (`Array.prototype.toJSON`). */
export function writeFromRecorder(message: FromRecorder): string {
  const changed = [Array.prototype, Object.prototype].flatMap((prototype) => {
    const toJson = Object.getOwnPropertyDescriptor(prototype, 'toJSON');
    return toJson === undefined ? [] : [{ prototype, toJson }];
  });
  for (const { prototype } of changed) Reflect.deleteProperty(prototype, 'toJSON');
  try {
    return JSON.stringify(message);
  } finally {
    for (const { prototype, toJson } of changed) Object.defineProperty(prototype, 'toJSON', toJson);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

const isMark = (value: unknown): value is string => typeof value === 'string' && /^[a-z0-9]{8,64}$/.test(value);

/** Anything may come from the page; null for what is none of ours. */
export function readToRecorder(text: string): ToRecorder | null {
  const message = parse(text);
  const { type, level, id, mark, on, inFrame } = message ?? {};
  if (type === 'start' || type === 'stop' || type === 'snapshot') return { type };
  if (type === 'flush' || type === 'root') return { type };
  if (type === 'pause') return { type, on: on === true };
  if (type === 'pressure' && (level === 0 || level === 1 || level === 2)) return { type, level };
  if (type === 'find' && typeof id === 'number' && isMark(mark)) return { type, id, mark };
  if (type === 'identify' && isMark(mark)) return { type, mark, inFrame: inFrame === true };
  return (type === 'carry' || type === 'watch') && isMark(mark) ? { type, mark } : null;
}

/** One batch of a page that is as large as a page may be. */
const MAX_CHARS = 64 * 1024 * 1024;

/** Anything may come from the page; null for what is none of ours. Events are judged by the filter. */
export function readFromRecorder(
  text: string,
):
  | { readonly type: 'events'; readonly events: readonly unknown[] }
  | Exclude<FromRecorder, { readonly type: 'events' }>
  | null {
  const message = text.length > MAX_CHARS ? null : parse(text);
  const { type, events, mark, id, reason } = message ?? {};
  if (type === 'events' && Array.isArray(events)) return { type, events };
  if (type === 'identified' && typeof id === 'number' && isMark(mark)) return { type, mark, id };
  return type === 'failed' && reason === 'too-large' ? { type, reason } : null;
}
