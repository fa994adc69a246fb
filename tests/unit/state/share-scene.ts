import { signal } from '@preact/signals';
import { vi } from 'vitest';
import type { PrivacyRule } from '../../../lib/cobrowse/privacy-rules.ts';
import { decodeToExpert, encodePayload, type ToCustomer, type ToExpert } from '../../../lib/cobrowse/wire-payload.ts';
import type { FromAgent, ToAgent } from '../../../lib/protocol/cobrowse-port.ts';
import { createCobrowseFrames } from '../../../lib/state/cobrowse-frames.ts';
import { createCobrowseShareModel } from '../../../lib/state/cobrowse-share-model.ts';
import { createConsentModel } from '../../../lib/state/consent-model.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { createFakePages, type FakeAgent } from '../../fakes/fake-pages.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

export const TEXTS = { language: 'en', direction: 'ltr', clickHere: 'Click', pickPart: 'Pick' } as const;
export const STATUS = { label: 'A', direction: 'ltr', language: 'en', tone: 'seen', text: '', buttons: [] } as const;

/** Marta shows a page to Ravi. */
export async function createScene() {
  const pair = await createActiveCall();
  const clock = createManualClock();
  const pages = createFakePages();
  const consent = createConsentModel(pair.callee.call, clock);
  const asker = createConsentModel(pair.caller.call, clock);
  const onRefused = vi.fn<() => void>();
  const rules = signal<{ own: readonly PrivacyRule[]; desk: readonly PrivacyRule[] }>({ own: [], desk: [] });
  const model = createCobrowseShareModel({
    call: pair.callee.call,
    frames: createCobrowseFrames(pair.callee.call),
    consent,
    clock,
    pages,
    rules: () => rules.value,
    words: {
      start: () => TEXTS,
      proposal: (name, label) => ({ text: `${name}: ${label}`, yes: 'Yes', no: 'No' }),
      status: ({ name, isControlled }) => ({ ...STATUS, buttons: [], text: `${name} ${isControlled}` }),
    },
    onRefused,
    until: new AbortController().signal,
  });
  const expert = createCobrowseFrames(pair.caller.call);
  const seen: ToExpert[] = [];
  const channel = expert.peek();
  if (channel === null) throw new Error('No link');
  channel.onFrame((frame) => {
    const decoded = decodeToExpert(frame);
    if (decoded.ok) seen.push(decoded.value);
  });
  const sees = <K extends ToExpert['kind']>(
    kind: K,
    isRight: (payload: Extract<ToExpert, { kind: K }>['payload']) => boolean = () => true,
  ) =>
    vi.waitUntil(() =>
      seen.find(
        (frame): frame is Extract<ToExpert, { kind: K }> => frame.kind === kind && isRight(frame.payload as never),
      ),
    );
  const asks = ({ kind, tabId, frameId, epoch, payload }: Omit<ToCustomer, 'sentAtMs'>) =>
    channel.send({ kind, tabId, frameId, epoch }, encodePayload(payload));
  const allow = async (kind: 'cobrowse' | 'control', scopes?: readonly string[]) => {
    asker.ask(kind, scopes === undefined ? {} : { scopes });
    const question = await vi.waitUntil(() => consent.incoming.peek()[0]);
    consent.answer(question.id, true);
    return vi.waitUntil(() => asker.outgoing.peek().find((ask) => ask.kind === kind && ask.state !== 'waiting')?.state);
  };
  return { ...pair, expert, clock, pages, rules, onRefused, model, seen, sees, asks, allow, asker };
}

export const told = <T extends ToAgent['type']>({ told }: FakeAgent, type: T) =>
  vi.waitUntil(() => told.findLast((message): message is Extract<ToAgent, { type: T }> => message.type === type));
export const frame = (
  kind: Extract<FromAgent, { type: 'frame' }>['kind'],
  payload: unknown,
  to?: string,
): FromAgent => ({
  type: 'frame',
  kind,
  epoch: 1,
  json: JSON.stringify(payload),
  ...(to !== undefined && { to }),
});
export const SNAPSHOT = frame('snapshot', { events: [{ type: 2, data: {}, timestamp: 1 }] });
