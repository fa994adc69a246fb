import { expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { byRole, hasAttribute, press } from '../harness/queries.ts';
import { guestSeat, type Seat } from '../harness/seat.ts';
import { sees } from '../harness/media.ts';
import { untold } from '../journeys/call.ts';
import { joinByCode } from '../journeys/guest.ts';
import { openCall, openDesk } from './pair.ts';
import { drag, noInkOn, sameInk, type SeenInk } from './see-ink.ts';

const ALL_SIDES = ['left', 'top', 'right', 'bottom'] as const;
/** Ink has a width and a wobble. */
const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.04;

/** Expert and customer draw on the customer's camera picture, and both see the same. */
async function drawTogether(expert: Seat, customer: Seat): Promise<void> {
  const theirs = `${customer.person.name} camera`;
  const there = { page: expert.page, label: theirs };
  const here = { page: customer.page, label: 'Your camera' };
  await press(customer.page, 'button', 'Video');
  await sees(expert, theirs);

  await press(expert.page, 'button', 'Annotate');
  await byRole(expert.page, 'toolbar', 'Drawing');
  await press(expert.page, 'button', 'Keep ink');
  await press(expert.page, 'radio', 'Rectangle');
  await hasAttribute(expert.page, { role: 'radio', name: 'Rectangle', attribute: 'aria-checked', value: 'true' });
  await drag(expert.page, theirs, [0.2, 0.25, 0.4, 0.6]);
  await sameInk(there, here, { where: ({ left, top }) => near(left, 0.2) && near(top, 0.25) });

  // The customer answers in the same picture, in a colour of their own; each takes back only their own.
  await press(customer.page, 'button', 'Annotate');
  await press(customer.page, 'button', 'Keep ink');
  await drag(customer.page, 'Your camera', [0.6, 0.4, 0.8, 0.5]);
  const onlyTheirs = { where: ({ left }: SeenInk) => near(left, 0.6) };
  const both = { where: ({ left, right }: SeenInk) => near(left, 0.2) && right > 0.75 };
  await sameInk(there, here, both);
  await press(expert.page, 'button', 'Undo');
  await sameInk(there, here, onlyTheirs);
  await press(expert.page, 'button', 'Redo');
  await sameInk(there, here, both);
  await press(expert.page, 'button', 'Clear mine');
  await sameInk(there, here, onlyTheirs);
  await press(customer.page, 'button', 'Clear mine');
  await press(expert.page, 'radio', 'Ellipse');
  await drag(expert.page, theirs, [0.9, 0.8, 0.3, 0.2]);
  await sameInk(there, here, { sides: ALL_SIDES, where: ({ left, right }) => near(left, 0.3) && near(right, 0.9) });
  await press(expert.page, 'button', 'Clear mine');
  await Promise.all([noInkOn(expert.page, theirs), noInkOn(customer.page, 'Your camera')]);

  // The laser leaves nothing; Escape ends drawing.
  await press(expert.page, 'radio', 'Laser');
  await drag(expert.page, theirs, [0.3, 0.3, 0.7, 0.7]);
  await Promise.all([noInkOn(expert.page, theirs), noInkOn(customer.page, 'Your camera')]);
  await expert.page.keyboard.press('Escape');
  await hasAttribute(expert.page, { role: 'button', name: 'Annotate', attribute: 'aria-pressed', value: 'false' });
}

/** While the expert's ink comes and goes, their small picture at the customer's is painted on a canvas, and a picture it is. */
async function paintsSmallPicture(expert: Seat, customer: Seat): Promise<void> {
  const small = `${expert.person.name} camera`;
  const isPainted = () => customer.page.evaluate(isPaintedPicture, small);
  await press(expert.page, 'button', 'Video');
  await sees(customer, small);
  expect(await isPainted()).toBe(false);
  await press(expert.page, 'button', 'Annotate');
  await press(expert.page, 'button', 'Keep ink');
  await press(expert.page, 'radio', 'Pen');
  await drag(expert.page, `${customer.person.name} camera`, [0.3, 0.3, 0.6, 0.6]);
  await waitFor('the small picture on a canvas', async () => (await isPainted()) || null);
  await press(expert.page, 'button', 'Clear mine');
  await waitFor('the video in its place', async () => !(await isPainted()) || null);
}

/** Runs in a page: whether a canvas that is not black covers the video with this label. */
function isPaintedPicture(label: string): boolean {
  const video = [...document.querySelectorAll('video')].find((each) => each.ariaLabel === label);
  const canvas = video?.parentElement?.querySelector('canvas');
  if (!video || !canvas || getComputedStyle(video).opacity !== '0') return false;
  const middle = canvas.getContext('2d')?.getImageData(0, canvas.height / 2, canvas.width, 1).data ?? [];
  return middle.some((value, index) => index % 4 !== 3 && value > 16);
}

test.each([
  ['chrome', 'chrome'],
  ['chrome', 'firefox'],
  ['firefox', 'chrome'],
] as const)('ink on a live camera, expert in %s and customer in %s', async (expertBrowser, customerBrowser) => {
  const { expert, customer } = await openCall(expertBrowser, customerBrowser);
  await drawTogether(expert, customer);
  await paintsSmallPicture(expert, customer);
  expect([...expert.person.log.errors, ...customer.person.log.errors]).toEqual([]);
});

test.each(['chrome', 'firefox'] as const)(
  'ink on the camera of a guest page in %s, at other sizes and pixel ratios',
  async (browser) => {
    const { scene, desk, enter } = await openDesk();
    const expert = await enter('Eva Expert', 'chrome', 'expert');
    const person = await scene.enter('Gary Guest', { browser, extension: false });
    const customer = guestSeat(person, await person.open(`${desk.url}/`));
    await joinByCode({ expert, customer, tell: untold });
    const theirs = 'Gary Guest camera';
    const there = { page: expert.page, label: theirs };
    const here = { page: customer.page, label: 'Your camera' };
    await press(customer.page, 'button', 'Video');
    await sees(expert, theirs);
    await press(expert.page, 'button', 'Annotate');
    await press(expert.page, 'button', 'Keep ink');
    await press(expert.page, 'radio', 'Ellipse');
    await drag(expert.page, theirs, [0.55, 0.15, 0.9, 0.45]);
    await sameInk(there, here);
    for (const size of [
      { width: 320, height: 640, deviceScaleFactor: 1 },
      { width: 854, height: 480, deviceScaleFactor: 2 },
      { width: 1_400, height: 900, deviceScaleFactor: 1 },
    ]) {
      await customer.page.setViewport(size);
      await sameInk(there, here);
    }
  },
);
