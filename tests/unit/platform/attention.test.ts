import { expect, test, vi } from 'vitest';
import { installFakeExtension } from '../../fakes/fake-extension.ts';

const CALLER = { name: 'Marta', scenario: 'Remote support' };
const RING = 'alongside-ring';

async function setUp(kind: 'chrome' | 'firefox') {
  const fake = installFakeExtension(kind);
  return { fake, ...(await import('../../../lib/platform/attention.ts')) };
}

test('a ring shows who calls, with both buttons in Chrome', async () => {
  const { fake, ring } = await setUp('chrome');
  await ring(CALLER);
  expect(fake.notifications.open.get(RING)).toMatchObject({
    title: 'incomingFrom Marta',
    message: 'Remote support',
    buttons: [{ title: 'answer' }, { title: 'decline' }],
    requireInteraction: true,
  });
  expect(fake.icon.shown).toMatchObject({ text: '!', title: 'iconRinging' });
});

test('Firefox refuses notifications with buttons, so it gets one without', async () => {
  const { fake, ring } = await setUp('firefox');
  await ring(CALLER);
  expect(Object.keys(fake.notifications.open.get(RING) ?? {})).toEqual(['type', 'iconUrl', 'title', 'message']);
});

test('when it stops ringing, notification and badge go', async () => {
  const { fake, ring } = await setUp('chrome');
  await ring(CALLER);
  await ring(null);
  expect(fake.notifications.open.size).toBe(0);
  expect(fake.icon.shown).toMatchObject({ text: '', title: 'openPanel' });
});

test('presses on the notification and shortcuts become commands', async () => {
  const { fake, watchCommands } = await setUp('chrome');
  const run = vi.fn();
  watchCommands(run);
  fake.notifications.onButtonClicked.emit(RING, 0);
  fake.notifications.onButtonClicked.emit(RING, 1);
  fake.notifications.onButtonClicked.emit('of-somebody-else', 0);
  fake.notifications.onClicked.emit(RING);
  fake.commands.onCommand.emit('toggle-mute');
  fake.commands.onCommand.emit('self-destruct');
  expect(run.mock.calls).toEqual([['answer'], ['decline'], ['toggle-mute']]);
  expect(fake.sidePanel?.open).toHaveBeenCalledTimes(3);
});

test('where a press on a notification opens no panel, it gets a window of its own', async () => {
  const { fake, watchCommands } = await setUp('firefox');
  fake.sidebarAction?.open.mockRejectedValue(new Error('may only be called from a user input handler'));
  watchCommands(() => undefined);
  fake.notifications.onClicked.emit(RING);
  await vi.waitFor(() => expect(fake.windows.create).toHaveBeenCalledOnce());
  expect(fake.windows.create.mock.calls[0]?.[0].url).toMatch(/\/sidepanel\.html$/);
});

test.each([
  ['none', ''],
  ['call', 'ON'],
  ['seen', 'SEEN'],
  ['controlled', 'CTRL'],
  ['recording', 'REC'],
] as const)('in a call (%s) the badge says "%s"', async (notice, text) => {
  const { fake } = await setUp('chrome');
  const { showCallBadge } = await import('../../../lib/platform/badge.ts');
  await showCallBadge(notice);
  expect(fake.icon.shown.text).toBe(text);
});
