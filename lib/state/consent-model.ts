import { effect, signal } from '@preact/signals';
import type { ConsentModel, IncomingAsk, OutgoingAsk } from '../engine/api.ts';
import type { AskKind } from '../protocol/call-messages.ts';
import { CONSENT_TIMEOUT_MS } from '../protocol/limits.ts';
import type { Clock } from '../shared/clock.ts';
import { createId } from '../shared/ids.ts';
import type { CallPort } from './call-port.ts';

/** Carries out what a person allowed. Runs in the task of their click. False: it can't be done after all. */
export type GrantHandler = (ask: IncomingAsk) => Promise<boolean>;

export interface Consent extends ConsentModel {
  /** What a yes to `kind` does. A kind without a handler is answered "unavailable" without asking anybody. */
  handle(kind: AskKind, grant: GrantHandler): void;
  /** Calls back when the other side answered one of our asks. */
  onAnswer(run: (ask: OutgoingAsk) => void): void;
}

/** A hostile peer may not bury a person in dialogs. */
const MAX_OPEN_ASKS = 4;

/** Asked of a person, kept on the side that is asked: silence, Escape and the end of the call all mean no. */
export function createConsentModel(call: CallPort, clock: Clock): Consent {
  const incoming = signal<readonly IncomingAsk[]>([]);
  const outgoing = signal<readonly OutgoingAsk[]>([]);
  const handlers = new Map<AskKind, GrantHandler>();
  const listeners: ((ask: OutgoingAsk) => void)[] = [];

  const take = (id: string) => {
    const ask = incoming.peek().find((entry) => entry.id === id);
    if (ask) incoming.value = incoming.peek().filter((entry) => entry !== ask);
    return ask;
  };
  const reply = (id: string, result: 'granted' | 'refused' | 'timed-out' | 'unavailable') =>
    call.send({ type: 'consent', id, result });
  const settle = (id: string, state: OutgoingAsk['state']) => {
    const ask = outgoing.peek().find((entry) => entry.id === id && entry.state === 'waiting');
    if (!ask) return;
    const settled = { ...ask, state };
    outgoing.value = outgoing.peek().map((entry) => (entry === ask ? settled : entry));
    for (const run of listeners) run(settled);
  };

  call.on('ask', ({ id, kind, scopes, forMs }, from) => {
    if (incoming.peek().some((ask) => ask.id === id)) return;
    if (!handlers.has(kind) || incoming.peek().length >= MAX_OPEN_ASKS) return reply(id, 'unavailable');
    const expiresAt = clock.now() + CONSENT_TIMEOUT_MS;
    incoming.value = [...incoming.peek(), { id, kind, from, scopes: scopes ?? [], forMs, expiresAt }];
    clock.after(CONSENT_TIMEOUT_MS, () => take(id) && reply(id, 'timed-out'));
  });
  call.on('ask.withdrawn', ({ id }) => void take(id));
  call.on('consent', ({ id, result }) => settle(id, result));
  // What was allowed is over: it is no answer to the next question.
  call.on('grant.ended', ({ kind }) => {
    outgoing.value = outgoing.peek().filter((ask) => ask.kind !== kind || ask.state !== 'granted');
  });

  effect(() => {
    if (call.phase.value.kind === 'active') return;
    incoming.value = [];
    outgoing.value = [];
  });

  return {
    incoming,
    outgoing,
    handle: (kind, grant) => void handlers.set(kind, grant),
    onAnswer: (run) => void listeners.push(run),
    ask(kind, options = {}) {
      if (outgoing.peek().some((ask) => ask.kind === kind && ask.state === 'waiting')) return;
      const id = createId(60);
      outgoing.value = [...outgoing.peek().filter((ask) => ask.kind !== kind), { id, kind, state: 'waiting' }];
      const scopes = options.scopes?.filter(isScope);
      call.send({ type: 'ask', id, kind, forMs: options.forMs ?? 0, ...(scopes && { scopes }) });
    },
    withdraw(id) {
      call.send({ type: 'ask.withdrawn', id });
      outgoing.value = outgoing.peek().filter((ask) => ask.id !== id);
    },
    answer(id, allow) {
      const ask = take(id);
      if (!ask) return;
      if (!allow) return reply(id, 'refused');
      const grant = handlers.get(ask.kind);
      if (!grant) return reply(id, 'unavailable');
      grant(ask).then(
        (done) => reply(id, done ? 'granted' : 'unavailable'),
        () => reply(id, 'unavailable'),
      );
    },
  };
}

const SCOPES = ['point', 'scroll', 'click', 'type', 'navigate'] as const;
const isScope = (scope: string): scope is (typeof SCOPES)[number] => SCOPES.some((known) => known === scope);
