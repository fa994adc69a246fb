import type { Page } from 'puppeteer';
import { waitFor } from '../../harness/deadline.ts';
import type { Lab } from './lab.ts';

export const MAIN = '<main id="root"><p>Hello</p></main>';

/** The body of a page with frames of its own site and of another, each of which changes by itself. */
export function pageWithFrames(lab: Lab): string {
  const inner = lab.serve('<main id="root"><p>Another site</p></main>');
  const own = lab.serve('<p>The same site</p>');
  return `${MAIN}<iframe id="far" src="${lab.otherOrigin}${inner}"></iframe><iframe id="near" src="${own}"></iframe>`;
}

export const farFrame = (lab: Lab, source: Page) =>
  waitFor('the other site', async () => source.frames().find((frame) => frame.url().startsWith(lab.otherOrigin)));

/** What the mirror has asked for, in the order of asking. */
export const asked = (stage: Page): Promise<string[]> => stage.evaluate(() => globalThis.stage.asked);

/** Does something that another snapshot has to follow, and waits for it. */
export async function untilSnapshot(source: Page, act: () => Promise<void>): Promise<void> {
  const count = () => source.evaluate(() => globalThis.lab.snapshots());
  const before = await count();
  await act();
  await waitFor('another snapshot', async () => (await count()) > before || null);
}
