import { expect, test } from 'vitest';
import { installFakeExtension } from '../../fakes/fake-extension.ts';

const SHOP = { id: 7, windowId: 3, active: true, title: 'Shop', url: 'https://shop.example/cart?user=marta#pay' };

test('a press on the icon opens the panel in the same task and remembers the tab', async () => {
  const fake = installFakeExtension('chrome');
  fake.openTabs.push(SHOP);
  const { watchIcon } = await import('../../../lib/platform/icon.ts');
  const { clickedTab } = await import('../../../lib/platform/clicked-tab.ts');
  watchIcon();
  fake.icon.onClicked.emit(SHOP);
  // Not awaited: Chrome forgets the press at the end of its task.
  expect(fake.sidePanel?.open).toHaveBeenCalledWith({ windowId: 3 });
  expect(await clickedTab()).toBe(7);
  fake.openTabs.pop();
  expect(await clickedTab()).toBeNull();
});

test('in Firefox the icon also closes the sidebar', async () => {
  const fake = installFakeExtension('firefox');
  const { watchIcon } = await import('../../../lib/platform/icon.ts');
  watchIcon();
  fake.icon.onClicked.emit(SHOP);
  expect(fake.sidebarAction?.open).toHaveBeenCalledOnce();
  fake.icon.onClicked.emit(SHOP);
  expect(fake.sidebarAction?.toggle).toHaveBeenCalledOnce();
  // On another tab it only lends that tab: a question may wait in the sidebar.
  fake.icon.onClicked.emit({ ...SHOP, id: 77 });
  expect(fake.sidebarAction?.toggle).toHaveBeenCalledOnce();
});

test('the engine room is made once, also when several ask at once, and again when it has gone', async () => {
  const fake = installFakeExtension('chrome');
  const { ensureOffscreen } = await import('../../../lib/platform/offscreen.ts');
  await Promise.all([ensureOffscreen(), ensureOffscreen(), ensureOffscreen()]);
  expect(fake.offscreen?.createDocument).toHaveBeenCalledOnce();
  await ensureOffscreen();
  expect(fake.offscreen?.createDocument).toHaveBeenCalledOnce();
});

test("a browser's start makes the engine room", async () => {
  const fake = installFakeExtension('chrome');
  const { keepOffscreen } = await import('../../../lib/platform/offscreen.ts');
  keepOffscreen();
  expect(fake.runtime.onStartup.count()).toBe(1);
});

test('installing opens the welcome page, updating does not', async () => {
  const fake = installFakeExtension('chrome');
  const { welcomeOnInstall } = await import('../../../lib/platform/pages.ts');
  welcomeOnInstall();
  fake.runtime.onInstalled.emit({ reason: 'update' });
  fake.runtime.onInstalled.emit({ reason: 'install' });
  await expect.poll(() => fake.tabs.create.mock.calls).toHaveLength(1);
  expect(fake.tabs.create.mock.calls[0]?.[0].url).toMatch(/\/welcome\.html$/);
});

test.each([
  ['https://shop.example/cart?user=marta#pay', 'https://shop.example/cart'],
  ['http://localhost:8080/', 'http://localhost:8080/'],
  ['chrome://settings/passwords', null],
  ['file:///home/marta/taxes.pdf', null],
  ['not an address', null],
  [undefined, null],
])('the address %s is told as %s', async (url, told) => {
  installFakeExtension('chrome');
  const { publicAddress } = await import('../../../lib/platform/tab-services.ts');
  expect(publicAddress(url)).toBe(told);
});

test('only a tab whose icon was pressed can be captured or entered', async () => {
  const fake = installFakeExtension('chrome');
  const { captureClickedTab, injectScripts } = await import('../../../lib/platform/tab-services.ts');
  const { rememberClickedTab } = await import('../../../lib/platform/clicked-tab.ts');
  const request = { tabId: null, scripts: ['recorder', 'agent'] } as const;
  expect(await captureClickedTab()).toEqual({ ok: false, reason: 'not-invoked' });
  expect(await injectScripts(request)).toEqual({ ok: false, reason: 'not-invoked' });
  fake.openTabs.push(SHOP);
  await rememberClickedTab(SHOP.id);
  expect(await captureClickedTab()).toEqual({ ok: true, streamId: 'stream-1', tabId: 7 });
  expect(await injectScripts(request)).toEqual({ ok: true, tabId: 7 });
  const worlds = fake.scripting.executeScript.mock.calls.map(([details]) => details['world']);
  expect(worlds).toEqual(['MAIN', 'ISOLATED']);
  fake.scripting.executeScript.mockRejectedValue(new Error('Cannot access contents of the page'));
  const origin = 'https://shop.example';
  expect(await injectScripts(request)).toEqual({ ok: false, reason: 'refused', origin });
  // Asked for all frames, Chromium leaves out without a word what it may not enter.
  fake.scripting.executeScript.mockResolvedValue([{ frameId: 4 }]);
  expect(await injectScripts(request)).toEqual({ ok: false, reason: 'refused', origin });
  fake.openTabs.pop();
  expect(await injectScripts({ ...request, tabId: SHOP.id })).toEqual({ ok: false, reason: 'gone' });
});
