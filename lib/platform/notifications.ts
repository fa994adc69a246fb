import type { Caller } from '../protocol/extension-messages.ts';
import { browser } from './browser.ts';

const RING = 'alongside-ring';

/** Shows who calls, with Answer and Decline where the browser has buttons (not Firefox); null takes it away. */
export async function showRing(caller: Caller | null): Promise<void> {
  if (caller === null) {
    await browser.notifications.clear(RING);
    return;
  }
  const basic = {
    type: 'basic',
    iconUrl: browser.runtime.getURL('/icon/128.png'),
    title: browser.i18n.getMessage('incomingFrom', [caller.name]),
    message: caller.scenario,
  } as const;
  if (browser.sidebarAction) {
    await browser.notifications.create(RING, basic);
    return;
  }
  await browser.notifications.create(RING, {
    ...basic,
    buttons: [{ title: browser.i18n.getMessage('answer') }, { title: browser.i18n.getMessage('decline') }],
    requireInteraction: true,
    priority: 2,
    // The engine rings.
    silent: true,
  });
}

/** Calls back for presses on the notification: its buttons, or (`open`) anywhere else on it. */
export function onRingPress(run: (press: 'answer' | 'decline' | 'open') => void): void {
  browser.notifications.onClicked.addListener((id) => {
    if (id === RING) run('open');
  });
  browser.notifications.onButtonClicked?.addListener((id, button) => {
    if (id === RING) run(button === 0 ? 'answer' : 'decline');
  });
}
