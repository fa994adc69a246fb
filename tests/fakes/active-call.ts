import { vi } from 'vitest';
import { type CallPair, createCallPair } from './fake-call.ts';

/** Two people in a call, over a network in memory. */
export async function createActiveCall(): Promise<CallPair> {
  const pair = createCallPair();
  pair.ring();
  await vi.waitUntil(() => pair.caller.call.link.peek() && pair.callee.call.link.peek());
  pair.callee.call.answer();
  await vi.waitUntil(() => pair.caller.call.phase.peek().kind === 'active');
  return pair;
}
