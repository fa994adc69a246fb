import type { Page } from 'puppeteer';
import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { sees } from '../harness/media.ts';
import { byRole, hasAttribute, press } from '../harness/queries.ts';
import { openCall } from './pair.ts';
import { drag, noInkOn, placeOf, sameInk, seeInkOn } from './see-ink.ts';

const THEIRS = 'Carla Customer camera';
const OURS = 'Your camera';
const RED = [229, 72, 77] as const;
const BLUE = [47, 111, 222] as const;

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.04;

/** Device pixels of ink of this colour in the page. */
const countColour = (page: Page, [red, green, blue]: readonly [number, number, number]): Promise<number> =>
  page.evaluate(
    (red, green, blue) => {
      let count = 0;
      for (const canvas of document.querySelectorAll('canvas')) {
        if (canvas.width === 0) continue;
        const bytes = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        for (let index = 0; index < bytes.length; index += 4) {
          const off = [red, green, blue].map((value, channel) => Math.abs((bytes[index + channel] ?? 0) - value));
          if ((bytes[index + 3] ?? 0) > 200 && Math.max(...off) < 40) count += 1;
        }
      }
      return count;
    },
    red,
    green,
    blue,
  );

/** How thick the ink is at this place of the picture, CSS pixels. */
async function thicknessAt(page: Page, label: string, x: number): Promise<number> {
  const top = await placeOf(page, label, x, 0);
  const bottom = await placeOf(page, label, x, 1);
  return page.evaluate(
    (x, from, to) => {
      let thickest = 0;
      for (const canvas of document.querySelectorAll('canvas')) {
        const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        const height = Math.round((to - from) * ratio);
        if (!(height > 0)) continue;
        const left = Math.round((x - box.left) * ratio);
        const bytes = canvas.getContext('2d')?.getImageData(left, Math.round((from - box.top) * ratio), 1, height).data;
        const painted = bytes?.filter((value, index) => index % 4 === 3 && value > 128).length ?? 0;
        thickest = Math.max(thickest, painted / ratio);
      }
      return thickest;
    },
    top.x,
    top.y,
    bottom.y,
  );
}

async function openPicture(expertBrowser: 'chrome' | 'firefox', customerBrowser: 'chrome' | 'firefox') {
  const call = await openCall(expertBrowser, customerBrowser);
  await press(call.customer.page, 'button', 'Video');
  await sees(call.expert, THEIRS);
  await press(call.expert.page, 'button', 'Annotate');
  await byRole(call.expert.page, 'toolbar', 'Drawing');
  return call;
}

test.each([
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const)('drawing by keyboard alone, expert in %s and customer in %s', async (expertBrowser, customerBrowser) => {
  const { expert, customer } = await openPicture(expertBrowser, customerBrowser);
  const { keyboard } = expert.page;
  await press(expert.page, 'button', 'Keep ink');
  const surface = await byRole(expert.page, 'application', `Draw on: ${THEIRS}`);
  await surface.focus();
  const times = async (count: number, ...keys: ('ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown')[]) => {
    for (let index = 0; index < count; index += 1) for (const key of keys) await keyboard.press(key);
  };
  await keyboard.press('r');
  await hasAttribute(expert.page, { role: 'radio', name: 'Rectangle', attribute: 'aria-checked', value: 'true' });
  await times(8, 'ArrowLeft', 'ArrowUp');
  await keyboard.press('Enter');
  await byRole(expert.page, 'status', /./);
  await times(15, 'ArrowRight', 'ArrowDown');
  await keyboard.press('Enter');
  await sameInk(
    { page: expert.page, label: THEIRS },
    { page: customer.page, label: OURS },
    { where: ({ left, top, right }) => near(left, 0.34) && near(top, 0.34) && right > 0.6 },
  );
  await keyboard.down('Control');
  await keyboard.press('z');
  await keyboard.up('Control');
  await Promise.all([noInkOn(expert.page, THEIRS), noInkOn(customer.page, OURS)]);
  // The first Escape lifts the pen, the second one puts it away.
  await keyboard.press('Enter');
  await keyboard.press('ArrowLeft');
  await keyboard.press('Escape');
  await hasAttribute(expert.page, { role: 'button', name: 'Annotate', attribute: 'aria-pressed', value: 'true' });
  await keyboard.press('Escape');
  await hasAttribute(expert.page, { role: 'button', name: 'Annotate', attribute: 'aria-pressed', value: 'false' });
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

test('two who draw are told apart, a hard press is a thick line, and ink goes by itself after eight seconds', async () => {
  const { expert, customer } = await openPicture('chrome', 'chrome');
  const views = [
    [expert.page, THEIRS],
    [customer.page, OURS],
  ] as const;

  // A pen: the same line, hardly pressed and pressed hard.
  const session = await expert.page.createCDPSession();
  const penLine = async (force: number): Promise<void> => {
    const from = await placeOf(expert.page, THEIRS, 0.2, 0.5);
    const to = await placeOf(expert.page, THEIRS, 0.8, 0.5);
    const point = { pointerType: 'pen', button: 'left', buttons: 1, force, y: from.y } as const;
    await session.send('Input.dispatchMouseEvent', { ...point, type: 'mousePressed', x: from.x, clickCount: 1 });
    for (let step = 1; step <= 20; step += 1) {
      const x = from.x + ((to.x - from.x) * step) / 20;
      await session.send('Input.dispatchMouseEvent', { ...point, type: 'mouseMoved', x });
    }
    await session.send('Input.dispatchMouseEvent', { ...point, type: 'mouseReleased', x: to.x, force: 0 });
  };
  await press(expert.page, 'button', 'Keep ink');
  const thickness: number[] = [];
  for (const force of [0.1, 0.95]) {
    await penLine(force);
    await waitFor('the line at both', async () => {
      const seen = await Promise.all(views.map(([page, label]) => thicknessAt(page, label, 0.5)));
      return Math.min(...seen) > 0 || null;
    });
    thickness.push(await thicknessAt(expert.page, THEIRS, 0.5), await thicknessAt(customer.page, OURS, 0.5));
    await press(expert.page, 'button', 'Clear mine');
    await Promise.all(views.map(([page, label]) => noInkOn(page, label)));
  }
  const [lightHere = 0, lightThere = 0, hardHere = 0, hardThere = 0] = thickness;
  expect(hardHere).toBeGreaterThan(lightHere * 1.4);
  expect(hardThere).toBeGreaterThan(lightThere * 1.2);

  // Everybody in their own colour; the other one's newest line has their name at its end.
  await drag(expert.page, THEIRS, [0.2, 0.3, 0.3, 0.4]);
  await press(customer.page, 'button', 'Annotate');
  await press(customer.page, 'button', 'Keep ink');
  await drag(customer.page, OURS, [0.7, 0.3, 0.8, 0.4]);
  for (const [page] of views)
    await waitFor(
      'both colours',
      async () => ((await countColour(page, RED)) > 10 && (await countColour(page, BLUE)) > 10) || null,
    );
  await press(customer.page, 'button', 'Clear mine');
  const [own, named] = await waitFor('the expert’s line alone', async () => {
    const seen = await Promise.all(views.map(([page, label]) => seeInkOn(page, label)));
    return seen.every((ink) => ink !== null && ink.left < 0.3 && ink.right < 0.7) ? seen : null;
  });
  expect((named?.bottom ?? 0) - (own?.bottom ?? 1)).toBeGreaterThan(0.02);
  await press(expert.page, 'button', 'Clear mine');
  await Promise.all(views.map(([page, label]) => noInkOn(page, label)));

  // Held while it is pressed, gone 8 s after the release.
  await press(expert.page, 'button', 'Keep ink');
  const from = await placeOf(expert.page, THEIRS, 0.4, 0.4);
  await expert.page.mouse.move(from.x, from.y);
  await expert.page.mouse.down();
  await expert.page.mouse.move(from.x + 40, from.y + 20, { steps: 5 });
  const pressedAt = performance.now();
  await waitFor(
    'nine seconds with the pen down',
    async () => {
      for (const [page, label] of views) if ((await seeInkOn(page, label)) === null) return null;
      return performance.now() - pressedAt > 9_000 || null;
    },
    20_000,
  );
  await expert.page.mouse.up();
  const releasedAt = performance.now();
  await waitFor('the line to stay', async () => ((await seeInkOn(customer.page, OURS)) === null ? null : true));
  await Promise.all(views.map(([page, label]) => noInkOn(page, label)));
  expect(performance.now() - releasedAt).toBeGreaterThan(7_500);
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});
