import { createCall, type Call } from '../../lib/engine/create-call.ts';
import type { Introduction } from '../../lib/protocol/desk-messages.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../../lib/rtc/memory-network.ts';
import { type Clock, systemClock } from '../../lib/shared/clock.ts';
import type { SessionRecord } from '../../lib/store/records.ts';

export interface CallSide {
  readonly call: Call;
  /** What was stored last; null when the session is over. */
  stored(): Omit<SessionRecord, 'chat'> | null;
}

export interface CallPair {
  readonly network: MemoryNetwork;
  readonly caller: CallSide;
  readonly callee: CallSide;
  readonly introductions: { readonly toCaller: Introduction; readonly toCallee: Introduction };
  /** The desk introduces both; the callee's phone rings. */
  ring(): void;
}

export interface PairOptions {
  readonly clock?: Clock;
  readonly hideAddressUntilAnswer?: boolean;
  /** The callee's secret, when it is to be another one than the caller's. */
  readonly calleeSecret?: string;
}

/** Two real calls on a network in memory. */
export function createCallPair({
  clock = systemClock,
  hideAddressUntilAnswer = false,
  calleeSecret,
}: PairOptions = {}): CallPair {
  const network = createMemoryNetwork(clock);
  const side = (peerId: string, name: string): CallSide => {
    let record: Omit<SessionRecord, 'chat'> | null = null;
    const call: Call = createCall({
      hub: () => hub,
      clock,
      ownName: () => name,
      whenDeskReachable: async (signal) => !signal.aborted,
      hideAddressUntilAnswer: () => hideAddressUntilAnswer,
      save: async (next) => void (record = next),
    });
    const hub = network.hub(peerId, call.mayAnswer);
    hub.onLink(call.receive);
    return { call, stored: () => record };
  };
  const caller = side('peer-of-caller', 'Ravi');
  const callee = side('peer-of-callee', 'Marta');
  const common = {
    sessionId: 'session-00000001',
    secret: 'a-secret-between-two-people',
    scenario: { id: 'support-1', name: 'Support' },
    facts: [],
  };
  const introductions = {
    toCaller: {
      ...common,
      person: { personId: 'person-marta', name: 'Marta', role: 'customer' as const },
      peerId: 'peer-of-callee',
    },
    toCallee: {
      ...common,
      secret: calleeSecret ?? common.secret,
      person: { personId: 'person-ravi', name: 'Ravi', role: 'expert' as const },
      peerId: 'peer-of-caller',
    },
  };
  return {
    network,
    caller,
    callee,
    introductions,
    ring() {
      callee.call.begin(introductions.toCallee, 'incoming', false);
      caller.call.begin(introductions.toCaller, 'outgoing', false);
    },
  };
}
