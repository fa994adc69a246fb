import * as v from 'valibot';
import { decodeDeskEvent } from '../protocol/decode-desk.ts';
import { REPLY_VALUES, type DeskEvent, type DeskRequest } from '../protocol/desk-messages.ts';
import { LEASE_RENEW_MS, PROTOCOL_VERSION } from '../protocol/limits.ts';
import type { Clock } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { DeskFailure } from './desk-http.ts';

/** The part of the browser's WebSocket that is used. */
export interface WebSocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
export type WebSocketClass = new (url: string) => WebSocketLike;

export type RequestType = Exclude<DeskRequest['type'], 'auth'>;
export type RequestFields<T extends RequestType> = Omit<Extract<DeskRequest, { type: T }>, 'type' | 'id'>;
export type ReplyOf<T extends RequestType> = T extends keyof typeof REPLY_VALUES
  ? v.InferOutput<(typeof REPLY_VALUES)[T]>
  : undefined;

/** A reply takes a round trip; after this long the socket is half open and only a new one helps. */
const REPLY_TIMEOUT_MS = 8_000;
/** When the network is said to be back, a dead socket should be found out quickly. */
const PROBE_TIMEOUT_MS = 2_000;

export interface DeskSocket {
  request<T extends RequestType>(type: T, fields: RequestFields<T>): Promise<Result<ReplyOf<T>, DeskFailure>>;
  /** Closes a socket that doesn't answer at once. */
  probe(): void;
  close(): void;
}

interface SocketDeps {
  readonly url: string;
  readonly ticket: string;
  readonly WebSocket: WebSocketClass;
  readonly clock: Clock;
  readonly onEvent: (event: Exclude<DeskEvent, { type: 'reply' }>) => void;
  /** Once, whoever closed it. */
  readonly onClose: (reason: DeskFailure) => void;
}

type Settle = (reply: Result<unknown, DeskFailure>) => void;

/** One authenticated life of the `/desk` socket. Every request settles, also when the socket goes. */
export function openDeskSocket(deps: SocketDeps): DeskSocket {
  const life = new AbortController();
  const welcomed = new AbortController();
  const pending = new Map<number, Settle>();
  let lastId = 0;
  let reason: DeskFailure = 'unreachable';
  const socket = new deps.WebSocket(new URL('/desk', deps.url).href.replace(/^http/, 'ws'));

  function end() {
    if (life.signal.aborted) return;
    life.abort();
    for (const settle of [...pending.values()]) settle(fail('unreachable'));
    // In CONNECTING state too; a socket that is closed already ignores it.
    socket.close();
    deps.onClose(reason);
  }

  function receive(data: unknown) {
    const event = decodeDeskEvent(data);
    // A newer desk may send events that this client doesn't know: they are skipped.
    if (!event.ok || life.signal.aborted) return;
    if (event.value.type === 'reply') {
      const { id, ok: good, reason: why, value } = event.value;
      return pending.get(id)?.(good ? ok(value) : fail(why ?? 'bad-message'));
    }
    if (event.value.type === 'welcome') {
      welcomed.abort();
      renewLease();
    }
    if (event.value.type === 'closing') reason = event.value.reason;
    deps.onEvent(event.value);
  }

  function renewLease() {
    deps.clock.every(LEASE_RENEW_MS, () => void ask('ping', {}, REPLY_TIMEOUT_MS), life.signal);
  }

  function ask(type: RequestType, fields: object, timeoutMs: number): Promise<Result<unknown, DeskFailure>> {
    if (life.signal.aborted) return Promise.resolve(fail('unreachable'));
    const id = ++lastId;
    const answered = new AbortController();
    return new Promise((resolve) => {
      pending.set(id, (reply) => {
        pending.delete(id);
        answered.abort();
        resolve(reply);
      });
      deps.clock.after(timeoutMs, end, answered.signal);
      socket.send(JSON.stringify({ type, id, ...fields }));
    });
  }

  socket.addEventListener('open', () => {
    socket.send(JSON.stringify({ type: 'auth', ticket: deps.ticket, protocol: PROTOCOL_VERSION }));
  });
  socket.addEventListener('message', (event) => receive(event.data));
  socket.addEventListener('error', end);
  socket.addEventListener('close', end);
  deps.clock.after(REPLY_TIMEOUT_MS, end, AbortSignal.any([life.signal, welcomed.signal]));

  return {
    async request(type, fields) {
      const reply = await ask(type, fields, REPLY_TIMEOUT_MS);
      return reply.ok ? decodeReply(type, reply.value) : reply;
    },
    probe: () => void ask('ping', {}, PROBE_TIMEOUT_MS),
    close: end,
  };
}

function decodeReply<T extends RequestType>(type: T, value: unknown): Result<ReplyOf<T>, DeskFailure>;
function decodeReply(type: RequestType, value: unknown): Result<unknown, DeskFailure> {
  if (!(type in REPLY_VALUES)) return ok(undefined);
  const schema: v.GenericSchema | undefined = Object.entries(REPLY_VALUES).find(([key]) => key === type)?.[1];
  const parsed = v.safeParse(schema ?? v.undefined(), value);
  return parsed.success ? ok(parsed.output) : fail('bad-message');
}
