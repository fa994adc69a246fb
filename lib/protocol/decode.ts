import * as v from 'valibot';
import { fail, ok, type Result } from '../shared/result.ts';
import { MAX_CONTROL_BYTES } from './limits.ts';
import { LinkMessage, SessionMessage } from './peer-messages.ts';

export type DecodeFailure = 'too-large' | 'not-json' | 'unknown-type' | 'malformed';

/** Text from `control` as a link message. Never throws; `unknown-type` is for newer peers and only to be ignored. */
export function decodeLinkMessage(data: unknown): Result<LinkMessage, DecodeFailure> {
  if (typeof data !== 'string') return fail('malformed', 'not text');
  if (data.length > MAX_CONTROL_BYTES) return fail('too-large', `${data.length} characters`);
  const parsed = parseJson(data);
  return parsed.ok ? decodeAs(LinkMessage, parsed.value) : parsed;
}

/** The body of a numbered message. Never throws. */
export const decodeSessionMessage = (body: unknown): Result<SessionMessage, DecodeFailure> =>
  decodeAs(SessionMessage, body);

function parseJson(text: string): Result<unknown, DecodeFailure> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail('not-json');
  }
}

function decodeAs<T>(
  schema: v.GenericSchema<unknown, T> & { readonly options: readonly { readonly entries: { type: unknown } }[] },
  value: unknown,
): Result<T, DecodeFailure> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const known = schema.options.map((option) => literalOf(option.entries.type));
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  if (typeof type === 'string' && !known.includes(type)) return fail('unknown-type');
  return fail('malformed', v.getDotPath(parsed.issues[0]) ?? undefined);
}

const literalOf = (schema: unknown): unknown =>
  typeof schema === 'object' && schema !== null && 'literal' in schema ? schema.literal : undefined;
