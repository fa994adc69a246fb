import * as v from 'valibot';
import { decodeValue } from '../protocol/decode-desk.ts';
import { Admission, Credentials, DeskConfig, DeskReason, HttpError } from '../protocol/desk-messages.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../shared/result.ts';

/** `unreachable`: no desk answered, or it answered something that is not the desk's language. */
export type DeskFailure = DeskReason | 'unreachable';
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const HTTP_TIMEOUT_MS = 10_000;

interface HttpDeps {
  /** Origin of the desk's web page, e.g. `https://desk.example`. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly signal?: AbortSignal;
}

/** Turns an invitation (`<desk>/invite#<secret>`, `<desk>/ready#<secret>` or the bare secret) into credentials. Works once. */
export function enrol(deps: HttpDeps, invite: string, name?: string): Promise<Result<Credentials, DeskFailure>> {
  const secret = invite.trim().replace(/^.*#/, '');
  return post(deps, '/api/enrol', name === undefined ? { invite: secret } : { invite: secret, name }, Credentials);
}

/** An identity for somebody without an invitation. */
export const guest = (deps: HttpDeps, name: string): Promise<Result<Credentials, DeskFailure>> =>
  post(deps, '/api/guest', { name }, Credentials);

/** A ticket and ICE servers. The desk answers with another `peerId` when the wished one is not (or no longer) kept. */
export function admit(
  deps: HttpDeps,
  credentials: Pick<Credentials, 'personId' | 'key'>,
  peerId?: string,
): Promise<Result<Admission, DeskFailure>> {
  const { personId, key } = credentials;
  return post(deps, '/api/admit', peerId === undefined ? { personId, key } : { personId, key, peerId }, Admission);
}

export type TestFailure = 'bad-address' | 'unreachable' | 'not-a-desk' | 'protocol-too-old' | 'protocol-too-new';

/** Tries an address before it is saved. */
export async function testDesk(deps: HttpDeps): Promise<Result<DeskConfig, TestFailure>> {
  if (!URL.canParse(deps.url) || !/^https?:$/.test(new URL(deps.url).protocol)) return fail('bad-address');
  const answer = await send(deps, '/api/config', { method: 'GET' });
  if (!answer.ok) return answer;
  const config = answer.value.ok ? decodeValue(DeskConfig, await bodyOf(answer.value)) : fail('bad-message');
  if (!config.ok) return fail('not-a-desk');
  if (config.value.protocol.max < PROTOCOL_VERSION) return fail('protocol-too-new');
  if (config.value.protocol.min > PROTOCOL_VERSION) return fail('protocol-too-old');
  return config;
}

async function post<T>(
  deps: HttpDeps,
  path: string,
  body: object,
  schema: v.GenericSchema<unknown, T>,
): Promise<Result<T, DeskFailure>> {
  const headers = { 'content-type': 'application/json' };
  const answer = await send(deps, path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) return answer;
  const value = await bodyOf(answer.value);
  if (!answer.value.ok) return fail(reasonOf(value));
  const decoded = decodeValue(schema, value);
  return decoded.ok ? decoded : fail('unreachable', decoded.detail);
}

async function send(deps: HttpDeps, path: string, init: RequestInit): Promise<Result<Response, 'unreachable'>> {
  const timeout = AbortSignal.timeout(HTTP_TIMEOUT_MS);
  const signal = deps.signal === undefined ? timeout : AbortSignal.any([deps.signal, timeout]);
  try {
    // The key goes in the body: a cookie or a cached answer could only do harm here.
    const options: RequestInit = { ...init, signal, credentials: 'omit', cache: 'no-store', redirect: 'error' };
    return ok(await deps.fetch(new URL(path, deps.url).href, options));
  } catch {
    return fail('unreachable');
  }
}

const bodyOf = (response: Response): Promise<unknown> => response.json().catch(() => undefined);

function reasonOf(body: unknown): DeskFailure {
  const error = decodeValue(HttpError, body);
  const reason = error.ok ? v.safeParse(DeskReason, error.value.reason) : undefined;
  return reason?.success === true ? reason.output : 'unreachable';
}
