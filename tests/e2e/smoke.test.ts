import { expect, test } from 'vitest';
import { createScene } from './harness/scene.ts';

test('the extension starts in Chromium: welcome page, panel by a press on the icon, engine room', async () => {
  const scene = createScene();
  const expert = await scene.enter('expert', { browser: 'chrome', extension: true });
  const welcome = await expert.extensionPage('welcome');
  const panel = await expert.openPanel(welcome);
  await expert.extensionPage('offscreen');
  expect(await panel.evaluate(() => document.title)).not.toBe('');
  expect(expert.log.errors).toEqual([]);
});

test('a press on the icon counts as soon as a Chromium is there', async () => {
  const scene = createScene();
  const expert = await scene.enter('expert', { browser: 'chrome', extension: true });
  const [first] = await expert.launched.browser.pages();
  if (!first) throw new Error('A browser starts without a page');
  await expert.openPanel(first);
});

test('the extension starts in Firefox: panel and engine in the background page', async () => {
  const scene = createScene();
  const expert = await scene.enter('expert', { browser: 'firefox', extension: true });
  const panel = await expert.openPanel(await expert.open('about:blank'));
  expect(await panel.evaluate(() => document.title)).not.toBe('');
  expect(expert.log.errors).toEqual([]);
});
