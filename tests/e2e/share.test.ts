import { expect, test } from 'vitest';
import { startDesk } from '../../server/start-desk.ts';
import { waitFor } from './harness/deadline.ts';
import { received } from './harness/seat.ts';
import { byRole, gone, hasText, press } from './harness/queries.ts';
import { createScene } from './harness/scene.ts';
import { extensionSeat, onEngine, type Seat, signIn } from './harness/seat.ts';
import { callFromDirectory, untold } from './journeys/call.ts';
import { isSharing, noScreen } from './share/share-states.ts';

/** What a shared tab shows: five bars of colours that a codec keeps apart, in an order that says it is this page. */
const BARS = ['#e02020', '#20c040', '#2040e0', '#e0d020', '#101010'];
const page = (title: string) =>
  `data:text/html,${encodeURIComponent(
    `<title>${title}</title><body style="margin:0;display:flex;height:100vh">${BARS.map(
      (colour) => `<i style="flex:1;background:${colour}"></i>`,
    ).join(
      '',
    )}<script>setInterval(()=>{document.body.style.opacity=document.body.style.opacity==='1'?'.98':'1'},200)</script>`,
  )}`;

async function inCall(chromeArgs: readonly string[] = []) {
  const scene = createScene();
  const [eva, carl] = await Promise.all([
    scene.enter('Eva', { browser: 'chrome', extension: true, args: chromeArgs }),
    scene.enter('Carl', { browser: 'chrome', extension: true, args: chromeArgs }),
  ]);
  const desk = await startDesk({ port: 0 });
  scene.onLeave(() => desk.close());
  const seatOf = async (person: typeof eva, role: 'expert' | 'device') => {
    const front = await person.open(`${desk.url}/shop`);
    const seat = await extensionSeat(person, await person.openPanel(front));
    await signIn(seat, desk.invite(role, person.name));
    return seat;
  };
  const [expert, customer] = await Promise.all([seatOf(eva, 'expert'), seatOf(carl, 'device')]);
  await callFromDirectory({ expert, customer, tell: untold });
  return { expert, customer };
}

/** Waits until the bars of the page are seen in the picture labelled `label`, left to right. */
async function showsBars(seat: Seat, label: string): Promise<void> {
  const wanted = BARS.map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
  await waitFor(`the shared page in ${label}`, async () => {
    const seen = await seat.page.evaluate(
      (label, count) => {
        const video = [...document.querySelectorAll('video')].find((each) => each.ariaLabel === label);
        if (!video?.videoWidth) return null;
        const canvas = Object.assign(document.createElement('canvas'), { width: 100, height: 10 });
        const context = canvas.getContext('2d');
        context?.drawImage(video, 0, 0, 100, 10);
        return Array.from({ length: count }, (_, index) => [
          ...(context?.getImageData(10 + index * 20, 5, 1, 1).data.slice(0, 3) ?? []),
        ]);
      },
      label,
      BARS.length,
    );
    const close = seen?.every((colour, index) =>
      colour.every((value, channel) => Math.abs(value - (wanted[index]?.[channel] ?? 0)) < 50),
    );
    return close || null;
  });
}

const CHOOSE_TAB = ['--auto-select-tab-capture-source-by-title=Coloured bars'];

test('the browser’s chooser: a tab reaches the other side as it is, and our own button ends it at both ends', async () => {
  const { expert, customer } = await inCall(CHOOSE_TAB);
  await customer.person.open(page('Coloured bars'));
  await press(customer.page, 'button', 'Share screen');
  await isSharing(customer, true);
  await showsBars(expert, 'Carl screen');
  await press(customer.page, 'button', 'Share screen');
  await noScreen(expert, 'Carl screen');
});

test('a shared tab that is closed ends the share at both ends', async () => {
  const { expert, customer } = await inCall(CHOOSE_TAB);
  const shared = await customer.person.open(page('Coloured bars'));
  await press(customer.page, 'button', 'Share screen');
  await showsBars(expert, 'Carl screen');
  await shared.close();
  await noScreen(expert, 'Carl screen');
  await isSharing(customer, false);
});

test('“Share this tab” takes the tab on which the icon was really pressed, and goes on over navigation', async () => {
  const { expert, customer } = await inCall();
  const tab = await customer.person.open(page('Any title'));
  await customer.person.openPanel(tab);
  await press(customer.page, 'button', 'Options');
  await press(customer.page, 'menuitem', 'Share this tab');
  await showsBars(expert, 'Carl screen');
  await tab.goto('about:blank');
  await tab.goto(page('Another page'));
  await showsBars(expert, 'Carl screen');
});

test('the expert asks for the screen; a yes shares it, a no is a no', async () => {
  const { expert, customer } = await inCall(CHOOSE_TAB);
  await customer.person.open(page('Coloured bars'));
  const ask = async () => {
    await press(expert.page, 'button', 'Options');
    await press(expert.page, 'menuitem', 'Ask for screen');
    await byRole(customer.page, 'alertdialog', /asks to see your screen/);
  };
  await ask();
  const focused = await customer.page.evaluate(() => document.activeElement?.textContent ?? '');
  expect(focused).toContain('Don’t allow');
  await customer.page.keyboard.press('Escape');
  await gone(customer.page, 'alertdialog');
  await hasText(expert.page, 'status', /did not allow|didn’t allow|refused|said no/i);
  expect(await onEngine(customer, '(engine) => engine.share.state.peek().kind')).toBe('off');
  await ask();
  await press(customer.page, 'button', 'Allow');
  await showsBars(expert, 'Carl screen');
  const before = await received(expert);
  await press(expert.page, 'button', 'Pause');
  await hasText(customer.page, 'status', 'Paused by Eva');
  await press(expert.page, 'button', 'Pause');
  await showsBars(expert, 'Carl screen');
  expect((await received(expert)).frames).toBeGreaterThanOrEqual(before.frames);
});
