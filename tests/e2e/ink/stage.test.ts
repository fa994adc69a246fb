import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { sees, showsPicture, showsScreen } from '../harness/media.ts';
import { waitFor } from '../harness/deadline.ts';
import { byRole, hasAttribute, hasText, press } from '../harness/queries.ts';
import type { Seat } from '../harness/seat.ts';
import { openCall } from './pair.ts';
import { drag, placeOf, sameInk, type SeenInk } from './see-ink.ts';

const THEIRS = 'Carla Customer camera';
const ALL_SIDES = ['left', 'top', 'right', 'bottom'] as const;

/** Where the picture lies on the screen: its scale in device pixels, and the place in the middle of what is seen of it. */
const viewOf = (page: Page): Promise<{ scale: number; x: number; y: number }> =>
  page.evaluate((label) => {
    const video = [...document.querySelectorAll('video')].find((each) => each.ariaLabel === label);
    const frame = video?.parentElement?.getBoundingClientRect();
    if (!video || !frame) throw new Error(`No picture ${label}`);
    const box = video.getBoundingClientRect();
    const scale = Math.min(box.width / video.videoWidth, box.height / video.videoHeight);
    const middle = { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
    return {
      scale: scale * devicePixelRatio,
      x: 0.5 + (middle.x - box.left - box.width / 2) / (video.videoWidth * scale),
      y: 0.5 + (middle.y - box.top - box.height / 2) / (video.videoHeight * scale),
    };
  }, THEIRS);

async function popOut({ page, person }: Seat): Promise<Page> {
  await press(page, 'button', 'Options');
  await press(page, 'menuitem', 'Pop out');
  if (person.launched.kind === 'chrome') return person.extensionPage('stage');
  // Firefox does not tell a test where a window of the extension has gone, but the page itself knows.
  return waitFor('the stage', async () => {
    for (const each of await person.launched.browser.pages())
      if ((await each.evaluate(() => location.pathname)) === '/stage.html') return each;
    return null;
  });
}

const isPressed = (page: Page, name: string, value: boolean) =>
  hasAttribute(page, { role: 'button', name, attribute: 'aria-pressed', value: String(value) });

test.each([
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const)('the stage, expert in %s and customer in %s', async (expertBrowser, customerBrowser) => {
  const { expert, customer } = await openCall(expertBrowser, customerBrowser);
  await press(customer.page, 'button', 'Video');
  await sees(expert, THEIRS);
  const stage = await popOut(expert);
  await stage.setViewport({ width: 1_100, height: 760 });
  await showsPicture(stage, THEIRS);
  const here = { page: customer.page, label: 'Your camera' };
  const there = { page: stage, label: THEIRS };
  const panel = { page: expert.page, label: THEIRS };
  const same = async (where: (ink: SeenInk) => boolean) => {
    await sameInk(there, panel, { sides: ALL_SIDES, where });
    await sameInk(there, here, { where });
  };

  // One call, two windows: what is drawn in one is in the other, and at the customer's.
  await press(stage, 'button', 'Annotate');
  await byRole(stage, 'toolbar', 'Drawing');
  await press(stage, 'button', 'Keep ink');
  await press(stage, 'radio', 'Rectangle');
  await drag(stage, THEIRS, [0.42, 0.42, 0.58, 0.56]);
  await same(({ left, right }) => left > 0.4 && right < 0.6);

  // Fit, then one pixel on one pixel: the ink stays on what it was drawn on.
  await isPressed(stage, 'Fit', true);
  await press(stage, 'button', 'Actual size');
  await isPressed(stage, 'Actual size', true);
  await hasText(stage, 'status', '100%');
  expect((await viewOf(stage)).scale).toBeCloseTo(1, 2);
  await same(({ left, right }) => left > 0.4 && right < 0.6);

  // The wheel comes nearer to what is under it, also while somebody draws.
  const at = await placeOf(stage, THEIRS, 0.5, 0.5);
  await stage.mouse.move(at.x, at.y);
  await stage.mouse.wheel({ deltaY: -300 });
  await isPressed(stage, 'Actual size', false);
  const near = await viewOf(stage);
  expect(near.scale).toBeGreaterThan(1.5);
  await same(({ left, right }) => left > 0.4 && right < 0.6);

  // What is drawn up close is small and in its place everywhere else.
  await press(stage, 'button', 'Clear mine');
  await press(stage, 'radio', 'Ellipse');
  await drag(stage, THEIRS, [0.47, 0.45, 0.55, 0.57]);
  const isThere = ({ left, right, top, bottom }: SeenInk) =>
    left > 0.45 && left < 0.48 && right > 0.54 && right < 0.57 && top > 0.42 && bottom < 0.6;
  await same(isThere);

  // Escape puts the pen away; then a drag moves the picture, and so do the arrow keys.
  await stage.keyboard.press('Escape');
  await isPressed(stage, 'Annotate', false);
  await stage.mouse.move(at.x, at.y);
  await stage.mouse.down();
  await stage.mouse.move(at.x + 80, at.y + 40, { steps: 6 });
  await stage.mouse.up();
  const dragged = await viewOf(stage);
  expect([dragged.x < near.x - 0.01, dragged.y < near.y - 0.01]).toEqual([true, true]);
  await same(isThere);
  await stage.keyboard.press('ArrowRight');
  expect((await viewOf(stage)).x).toBeGreaterThan(dragged.x);
  await stage.keyboard.press('-');
  expect((await viewOf(stage)).scale).toBeLessThan(near.scale);
  await same(isThere);
  await stage.keyboard.press('0');
  await isPressed(stage, 'Fit', true);
  await same(isThere);
  await stage.setViewport({ width: 700, height: 520 });
  await same(isThere);
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

test('the stage has a choice of pictures, and shows each new one whole', async () => {
  const { expert, customer } = await openCall('chrome', 'chrome');
  await press(customer.page, 'button', 'Video');
  await press(customer.page, 'button', 'Options');
  await press(customer.page, 'menuitem', 'Share this tab');
  await showsScreen(expert.page, 'Carla Customer screen');
  const stage = await popOut(expert);
  await byRole(stage, 'button', `Enlarge: ${THEIRS}`);
  await press(stage, 'button', 'Zoom in');
  await isPressed(stage, 'Fit', false);
  await press(stage, 'button', `Enlarge: ${THEIRS}`);
  await isPressed(stage, 'Fit', true);
  await showsPicture(stage, THEIRS);
  await press(stage, 'button', 'Enlarge: Carla Customer screen');
  await byRole(stage, 'button', `Enlarge: ${THEIRS}`);
  // Everything the panel can do.
  for (const name of ['Mute', 'Video', /^Message/, 'Annotate', 'Freeze', 'Share screen', 'Options', 'Pause', 'Exit'])
    await byRole(stage, 'button', name);
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
