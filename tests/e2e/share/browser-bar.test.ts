import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { type Desktop, startDesktop } from '../harness/desktop.ts';
import { press } from '../harness/queries.ts';
import { onEngine, type Seat } from '../harness/seat.ts';
import { openCall } from '../ink/pair.ts';
import { isSharing, noScreen } from './share-states.ts';
import { createTextPage, readsText, type TextPage } from './text-page.ts';

const SCREEN = 'Carla Customer screen';

interface Scene {
  readonly desktop: Desktop;
  readonly expert: Seat;
  readonly customer: Seat;
}

/** Two people in a call, the customer on a desktop where the chooser takes what `choose` says. */
async function onDesktop(choose: string): Promise<Scene | null> {
  const desktop = await startDesktop();
  if (desktop === null) return null;
  const { scene, expert, customer } = await openCall('chrome', 'chrome', {
    customer: { display: desktop.display, args: [choose] },
  });
  scene.onLeave(async () => desktop.close());
  return { desktop, expert, customer };
}

async function startSharing(scene: Scene): Promise<void> {
  await press(scene.customer.page, 'button', 'Share screen');
  await isSharing(scene.customer, true);
}

/** Shares this page, or what it is part of, and waits until its text can be read by the expert. */
async function share(scene: Scene, shared: Page, { text }: TextPage): Promise<void> {
  await shared.bringToFront();
  await startSharing(scene);
  await readsText(scene.expert, { label: SCREEN, shared, text });
}

async function openWindow(customer: Seat, url: string) {
  const page = await customer.person.launched.browser.newPage({ type: 'window' });
  await page.goto(url);
  return page;
}

/** It is over at both ends, as after a press on the own button. */
async function isOver({ expert, customer }: Scene): Promise<void> {
  await noScreen(expert, SCREEN);
  await isSharing(customer, false);
  expect(await onEngine(customer, '(engine) => engine.share.state.peek().kind')).toBe('off');
  expect([expert, customer].flatMap(({ person }) => person.log.errors)).toEqual([]);
}

test('a window: its text can be read; the browser’s own “Stop sharing” ends it, and so does closing the window', async () => {
  const scene = await onDesktop('--auto-select-window-capture-source-by-title=One window');
  if (!scene) return;
  const page = createTextPage('One window');
  const window = await openWindow(scene.customer, page.url);
  await share(scene, window, page);
  await scene.desktop.stopSharing('chrome');
  await isOver(scene);
  await startSharing(scene);
  await window.close();
  await isOver(scene);
});

test('a tab: the browser’s own “Stop sharing” over it ends it', async () => {
  const scene = await onDesktop('--auto-select-tab-capture-source-by-title=One tab');
  if (!scene) return;
  const page = createTextPage('One tab');
  const shared = await scene.customer.person.open(page.url);
  await share(scene, shared, page);
  await scene.desktop.stopSharingTab(shared);
  await isOver(scene);
});
