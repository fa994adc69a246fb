import { describe, expect, test, vi } from 'vitest';
import { createCobrowseFrames } from '../../../lib/state/cobrowse-frames.ts';
import { createCobrowseShareModel } from '../../../lib/state/cobrowse-share-model.ts';
import { createCobrowseViewModel } from '../../../lib/state/cobrowse-view-model.ts';
import { createConsentModel } from '../../../lib/state/consent-model.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { CLICKED_TAB, createFakePages } from '../../fakes/fake-pages.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const STATUS = { label: 'A', direction: 'ltr', language: 'en', tone: 'seen', text: '', buttons: [] } as const;

/** Ravi looks at a page of Marta; both halves are real. */
async function createScene() {
  const { caller, callee } = await createActiveCall();
  const clock = createManualClock();
  const pages = createFakePages();
  const consent = createConsentModel(callee.call, clock);
  const asking = createConsentModel(caller.call, clock);
  const share = createCobrowseShareModel({
    call: callee.call,
    frames: createCobrowseFrames(callee.call),
    consent,
    clock,
    pages,
    rules: () => ({ own: [], desk: [] }),
    words: {
      start: () => ({ language: 'en', direction: 'ltr', clickHere: 'Click', pickPart: 'Pick' }),
      proposal: (name, label) => ({ text: `${name}: ${label}`, yes: 'Yes', no: 'No' }),
      status: () => ({ ...STATUS, buttons: [] }),
    },
    onRefused: () => {},
    until: new AbortController().signal,
  });
  const view = createCobrowseViewModel({
    call: caller.call,
    frames: createCobrowseFrames(caller.call),
    consent: asking,
    clock,
    roundTripMs: () => 40,
  });
  const allow = async () => {
    const question = await vi.waitUntil(() => consent.incoming.peek()[0]);
    consent.answer(question.id, true);
  };
  const becomes = (kind: string) => vi.waitUntil(() => view.state.peek().kind === kind);
  return { share, view, pages, allow, becomes };
}

describe('looking at a page', () => {
  test('is over when its owner stops, and can be asked for again', async () => {
    const { share, view, pages, allow, becomes } = await createScene();
    expect(view.state.peek()).toEqual({ kind: 'off' });
    view.ask();
    expect(view.state.peek()).toEqual({ kind: 'waiting' });
    await allow();
    await becomes('live');
    pages.open(CLICKED_TAB);

    share.stop();
    await becomes('off');
    view.ask();
    expect(view.state.peek()).toEqual({ kind: 'waiting' });
    await allow();
    await becomes('live');
  });

  test('with control: whoever has it can give it back', async () => {
    const { share, view, allow, becomes } = await createScene();
    view.ask();
    await allow();
    await becomes('live');
    view.askControl(['point', 'click'], 60_000);
    await allow();
    await vi.waitUntil(() => view.control.peek().scopes.length === 2);

    view.releaseControl();
    expect(view.control.peek().scopes).toEqual([]);
    await vi.waitUntil(() => share.control.peek() === null);
  });
});
