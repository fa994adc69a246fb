import * as v from 'valibot';
import { fail, ok, type Result } from '../shared/result.ts';
import { DeskEvent, DeskRequest } from './desk-messages.ts';
import { MAX_DESK_BYTES } from './limits.ts';

/** A directory of some thousand people still fits; anything larger is not a desk. */
const MAX_EVENT_CHARS = 2_000_000;

/** A frame from a client. Never throws. `detail` names the field, never its value. */
export const decodeDeskRequest = (data: unknown): Result<DeskRequest, 'bad-message'> =>
  decodeJson(DeskRequest, data, MAX_DESK_BYTES);

/** A frame from the desk. Never throws. */
export const decodeDeskEvent = (data: unknown): Result<DeskEvent, 'bad-message'> =>
  decodeJson(DeskEvent, data, MAX_EVENT_CHARS);

/** JSON text, at most `maxChars` long, as `schema` says. Never throws. */
export function decodeJson<T>(
  schema: v.GenericSchema<unknown, T>,
  data: unknown,
  maxChars: number,
): Result<T, 'bad-message'> {
  if (typeof data !== 'string') return fail('bad-message', 'not text');
  if (data.length > maxChars) return fail('bad-message', 'too large');
  try {
    return decodeValue(schema, JSON.parse(data));
  } catch {
    return fail('bad-message', 'not JSON');
  }
}

export function decodeValue<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Result<T, 'bad-message'> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  return fail('bad-message', v.getDotPath(parsed.issues[0]) ?? 'shape');
}
