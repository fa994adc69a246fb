import type { ControlResult } from '../../lib/engine/cobrowse-view-api.ts';
import type { PageState, SharedTab } from '../../lib/protocol/cobrowse-messages.ts';
import type { FakeEngine } from './fake-engine.ts';
import { MARTA, NOW, PUMPS, REMOTE_MARTA } from './fake-people.ts';

export const PAGE: PageState = {
  title: 'Checkout – Nordlicht',
  address: 'https://shop.example/checkout',
  visible: true,
  loading: false,
  unmirrorable: null,
  width: 1280,
  height: 800,
  scrollX: 0,
  scrollY: 0,
  devicePixelRatio: 1,
  zoom: { scale: 1, x: 0, y: 0 },
  mode: 'assist',
  focusId: null,
};

const TAB: SharedTab = { tabId: 1, title: PAGE.title, address: PAGE.address, active: true, state: 'live' };

export const TABS: readonly SharedTab[] = [
  TAB,
  { tabId: 2, title: 'Delivery terms', address: 'https://shop.example/terms', active: false, state: 'live' },
  { tabId: 3, title: 'My bank', address: 'https://bank.example/', active: false, state: 'paused' },
];

const result = (requestId: number, outcome: Partial<ControlResult['outcome']>, rest = {}): ControlResult =>
  ({ requestId, at: NOW, outcome: { requestId, label: '', ...outcome }, ...rest }) as ControlResult; // of one kind each

/** One of each, oldest first. */
export const RESULTS: readonly ControlResult[] = [
  result(1, { kind: 'done', label: 'button “Continue”' }),
  result(2, { kind: 'refused', reason: 'password', label: 'field “Password”' }),
  result(3, { kind: 'needs-hand', label: 'button “Choose file”' }),
  result(
    4,
    { kind: 'proposed', proposal: 'pay', label: 'button “Pay 214.00”' },
    { proposal: { kind: 'pay', state: 'waiting' } },
  ),
];

/** Four minutes into a call with Marta Ortega, who shows one tab. */
export function inMirror(engine: FakeEngine): void {
  engine.desk.presence.value = 'on-call';
  engine.call.state.value = {
    kind: 'active',
    person: MARTA,
    scenario: PUMPS,
    startedAt: NOW - 252_000,
    reconnectingSince: null,
    pause: null,
  };
  engine.call.people.value = [REMOTE_MARTA];
  engine.cobrowse.state.value = { kind: 'live', tabId: 1 };
  engine.cobrowse.tabs.value = [TAB];
  engine.cobrowse.page.value = PAGE;
  engine.cobrowse.delayMs.value = 38;
}
