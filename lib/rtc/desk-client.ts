import type { Clock } from '../shared/clock.ts';
import { reconnectDelayMs } from '../desk/reconnect-delay.ts';
import * as v from 'valibot';
import {
  Presence,
  type Admission,
  type Credentials,
  type DeskEvent,
  type DeskReason,
} from '../protocol/desk-messages.ts';
import { LEASE_RENEW_MS } from '../protocol/limits.ts';
import { fail, type Result } from '../shared/result.ts';
import { createDeskOutbox } from './desk-outbox.ts';
import { admit, type DeskFailure, type Fetch } from './desk-http.ts';
import {
  openDeskSocket,
  type DeskSocket,
  type RequestFields,
  type RequestType,
  type ReplyOf,
  type WebSocketClass,
} from './desk-socket.ts';

/** `final`: it is not tried again until `wake()` is called, because the same try would end the same way. */
export type DeskClientState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly reason: DeskFailure; readonly final: boolean };

/** Events as the desk sends them; replies are consumed by `request`. */
export type DeskPush = Exclude<DeskEvent, { type: 'reply' }>;

export interface DeskClientDeps {
  /** Origin of the desk's web page. */
  readonly url: string;
  readonly credentials: Pick<Credentials, 'personId' | 'key'>;
  /** The id that PeerJS had before a reload, to be kept. */
  readonly peerId?: string;
  readonly fetch: Fetch;
  readonly WebSocket: WebSocketClass;
  readonly clock: Clock;
  /** 0..1, for jitter. */
  readonly random?: () => number;
  readonly onEvent: (event: DeskPush) => void;
  readonly onState: (state: DeskClientState) => void;
  /** Each time the desk let this client in. Its ticket opens PeerJS; a `peerId` other than the last one needs a new Peer. */
  readonly onAdmission?: (admission: Admission) => void;
  readonly signal: AbortSignal;
}

export interface DeskClient {
  /**
   * Resolves with the desk's answer; `unreachable` at once while offline. Never throws. What became of a session
   * (answered, declined, cancel, ended) is told again after a reconnect when it did not get through; nothing else is.
   */
  request<T extends RequestType>(type: T, fields: RequestFields<T>): Promise<Result<ReplyOf<T>, DeskFailure>>;
  /** A fresh ticket for PeerJS, by default for the id in use. */
  admit(peerId?: string): Promise<Result<Admission, DeskFailure>>;
  /** The network is back, or the machine woke: check now instead of waiting. Also leaves a `final` state. */
  wake(): void;
}

const ADMIT_TIMEOUT_MS = 4_000;

const FINAL_REASONS: ReadonlySet<string> = new Set<DeskReason>([
  'protocol-too-old',
  'protocol-too-new',
  'displaced',
  'unknown-person',
]);

/**
 * Keeps one socket to the desk until `signal` aborts: admits, authenticates, renews the lease, reconnects with back-off,
 * and repeats the last status after each reconnect (a lease that ran out made the desk forget it).
 */
export function createDeskClient(deps: DeskClientDeps): DeskClient {
  const { url, fetch, signal } = deps;
  const random = deps.random ?? Math.random;
  let peerId = deps.peerId;
  let status: Presence | null = null;
  let socket: DeskSocket | null = null;
  let online = false;
  let attempt = 0;
  const outbox = createDeskOutbox();
  let wait = new AbortController();
  let stay = new AbortController();
  let attemptLife = new AbortController();

  /** A connection that the browser kept from before an outage can be dead; a short wait makes it take a new one. */
  async function letIn(wished = peerId, until = signal): Promise<Result<Admission, DeskFailure>> {
    const [late, answered] = [new AbortController(), new AbortController()];
    deps.clock.after(ADMIT_TIMEOUT_MS, () => late.abort(), AbortSignal.any([until, answered.signal]));
    const either = AbortSignal.any([until, late.signal]);
    const admission = await admit({ url, fetch, signal: either }, deps.credentials, wished);
    answered.abort();
    if (admission.ok) peerId = admission.value.peerId;
    return admission;
  }

  async function connect() {
    if (signal.aborted) return;
    attemptLife.abort();
    attemptLife = new AbortController();
    const { signal: current } = attemptLife;
    const admission = await letIn(peerId, AbortSignal.any([current, signal]));
    if (current.aborted || signal.aborted) return;
    if (!admission.ok) return lost(admission.reason);
    deps.onAdmission?.(admission.value);
    socket = openDeskSocket({ ...deps, ticket: admission.value.ticket, onEvent: receive, onClose: lost });
  }

  function receive(event: DeskPush) {
    if (event.type === 'welcome') {
      online = true;
      // Not at once: a desk that lets people in and fails again right away must not be stormed.
      deps.clock.after(LEASE_RENEW_MS, () => (attempt = 0), AbortSignal.any([stay.signal, signal]));
      // The status goes first, so that whoever reacts to `online` finds the desk up to date.
      if (status !== null && status !== event.presence) void socket?.request('status', { status });
      for (const { type, sessionId } of outbox.untold()) void request(type, { sessionId });
      deps.onState({ kind: 'online' });
    }
    deps.onEvent(event);
  }

  async function request<T extends RequestType>(
    type: T,
    fields: RequestFields<T>,
  ): Promise<Result<ReplyOf<T>, DeskFailure>> {
    status = statusIn(fields) ?? status;
    outbox.note(type, fields);
    const reply = online && socket !== null ? await socket.request(type, fields) : fail('unreachable' as const);
    outbox.settle(type, fields, reply);
    return reply;
  }

  function lost(reason: DeskFailure) {
    socket = null;
    online = false;
    stay.abort();
    stay = new AbortController();
    if (signal.aborted) return;
    const final = FINAL_REASONS.has(reason);
    deps.onState({ kind: 'offline', reason, final });
    if (final) return;
    wait = new AbortController();
    deps.clock.after(
      reconnectDelayMs(attempt++, random()),
      () => void connect(),
      AbortSignal.any([wait.signal, signal]),
    );
  }

  signal.addEventListener('abort', () => socket?.close(), { once: true });
  deps.onState({ kind: 'connecting' });
  void connect();

  return {
    request,
    admit: (wished) => letIn(wished),
    wake() {
      if (socket !== null) return socket.probe();
      wait.abort();
      attempt = 0;
      void connect();
    },
  };
}

const statusIn = (fields: object): Presence | null =>
  'status' in fields && v.is(Presence, fields.status) ? fields.status : null;
