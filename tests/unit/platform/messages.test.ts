import { expect, onTestFinished, test, vi } from 'vitest';
import { installFakeExtension } from '../../fakes/fake-extension.ts';

async function setUp() {
  const fake = installFakeExtension('chrome');
  return { fake, ...(await import('../../../lib/platform/messages.ts')) };
}

test('a message reaches its handler, and the answer comes back', async () => {
  const { answerMessages, sendMessage } = await setUp();
  const run = vi.fn(() => null);
  answerMessages('engine', { command: run });
  await expect(sendMessage('command', 'answer')).resolves.toBeNull();
  expect(run).toHaveBeenCalledWith('answer');
});

test('without anyone to answer, the sender learns just that', async () => {
  const { sendMessage } = await setUp();
  await expect(sendMessage('tab.facts', null)).resolves.toBeUndefined();
});

test('a page that dies over its answer is not waited for for ever', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { answerMessages, sendMessage } = await setUp();
  answerMessages('background', { 'tab.facts': () => new Promise(() => {}) } as never); // the others are not called
  const answer = sendMessage('tab.facts', null);
  await vi.advanceTimersByTimeAsync(10_000);
  await expect(answer).resolves.toBeUndefined();
});

test('a handler that fails still answers', async () => {
  const { answerMessages, sendMessage } = await setUp();
  answerMessages('engine', { command: () => Promise.reject(new Error('broken')) });
  await expect(sendMessage('command', 'exit')).resolves.toBeUndefined();
});

test.each([
  ['a content script, whose address is the page', { id: 'abcdefghijklmnop', url: 'https://shop.example/' }],
  ['another extension', { id: 'ponmlkjihgfedcba', url: 'chrome-extension://ponmlkjihgfedcba/page.html' }],
  ['a page that pretends', { id: 'abcdefghijklmnop', url: 'https://x.example/?chrome-extension://abcdefghijklmnop/' }],
  ['nobody', {}],
])('%s is not listened to', async (_, sender) => {
  const { answerMessages, fake } = await setUp();
  const run = vi.fn(() => null);
  answerMessages('engine', { command: run });
  const taken = fake.runtime.onMessage.emit({ to: 'engine', type: 'command', data: 'answer' }, sender, () => undefined);
  expect(taken).toEqual([false]);
  expect(run).not.toHaveBeenCalled();
});

test.each([
  ['another target', { to: 'background', type: 'command', data: 'answer' }],
  ['an unknown type', { to: 'engine', type: 'explode', data: null }],
  ['an inherited name', { to: 'engine', type: 'constructor', data: null }],
  ['data of the wrong shape', { to: 'engine', type: 'command', data: 'format-disk' }],
  ['more than it should hold', { to: 'engine', type: 'command', data: 'answer', extra: 1 }],
  ['no envelope', 'command'],
  ['nothing', null],
])('a message with %s changes nothing', async (_, message) => {
  const { answerMessages, fake } = await setUp();
  const run = vi.fn(() => null);
  answerMessages('engine', { command: run });
  const own = { id: fake.runtime.id, url: fake.runtime.getURL('/background.js') };
  expect(fake.runtime.onMessage.emit(message, own, () => undefined)).toEqual([false]);
  expect(run).not.toHaveBeenCalled();
});
