import { computed, signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { ToOverlay } from '../../../lib/overlay/serve-overlay.ts';
import { systemClock } from '../../../lib/shared/clock.ts';
import { createInkOfCall } from '../../../lib/state/ink-of-call.ts';
import type { OverlayPage } from '../../../lib/state/overlay-tab.ts';
import type { ShareState } from '../../../lib/state/share-api.ts';
import { createTabOverlay } from '../../../lib/state/tab-overlay.ts';
import { createActiveCall } from '../../fakes/active-call.ts';

const RAVI = 'person-ravi';
const MARTA = 'person-marta';
const STATUS = { label: 'A', direction: 'ltr', language: 'en', tone: 'seen', text: '', buttons: [] } as const;

test('what the expert draws on a mirrored page gets into that page at the customer’s', async () => {
  const { caller, callee } = await createActiveCall();
  const about = { clock: systemClock, isExpert: () => true, stills: () => [], pages: () => [1] };
  const expert = createInkOfCall({ ...about, call: caller.call, self: () => RAVI, others: () => [MARTA] });
  const customer = createInkOfCall({ ...about, call: callee.call, self: () => MARTA, others: () => [RAVI] });
  const tabs = signal([{ browserTabId: 9, surface: `page:${MARTA}-1` }]);
  const posts: ToOverlay[] = [];
  let arrive: (page: OverlayPage) => void = () => {};
  createTabOverlay({
    call: callee.call,
    clock: systemClock,
    share: { state: signal<ShareState>({ kind: 'off' }), stop: () => {} },
    mirrored: computed(() => tabs.value),
    shown: customer.model.shown,
    self: () => MARTA,
    others: () => [{ personId: RAVI, name: 'Ravi' }],
    pages: {
      async inject(tabId) {
        if (tabId !== 9) return false;
        const closed = new AbortController().signal;
        arrive({ tabId, isTop: true, post: (message) => posts.push(message), onMessage: () => {}, closed });
        return true;
      },
      onPage: (run) => (arrive = run),
    },
    words: { status: () => ({ ...STATUS, buttons: [] }) },
  });

  expert.model.choose({ tool: 'rectangle', stay: true });
  const pen = expert.model.press(`page:${MARTA}-1`, { width: 894, height: 805 }, { x: 0.2, y: 0.2, pressure: 0.5 });
  pen?.move([{ x: 0.4, y: 0.4, pressure: 0.5 }]);
  pen?.release();
  const inked = await vi.waitUntil(() =>
    posts.findLast((post) => post.type === 'ink' && post.changed.some((s) => !s.live)),
  );
  expect(inked).toMatchObject({ changed: [{ author: 'person-ravi', surface: `page:${MARTA}-1` }] });
});
