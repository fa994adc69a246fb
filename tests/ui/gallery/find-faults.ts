import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer';

/** Smallest targets: one row of nine at 360 px leaves 40 px each; 320 px is narrower than any side panel. */
const MIN_HEIGHT_PX = 39.5;
const MIN_WIDTH_PX = 35;

/** Everything, or what a theme changes, or what a language does. */
export type Part = 'all' | 'colours' | 'words';

/** What axe-core calls wrong in the page as it stands, one line each. `source`: axe-core's own text. */
export async function findAxeFaults(page: Page, source: string, part: Part = 'all'): Promise<string[]> {
  await page.evaluate(source);
  return page.evaluate(async (part) => {
    const { axe } = globalThis as typeof globalThis & { axe: { run(options: RunOptions): Promise<AxeResults> } }; // axe-core sets it
    const options: Readonly<Record<Part, RunOptions>> = {
      all: {},
      colours: { runOnly: ['color-contrast', 'link-in-text-block'] },
      words: { rules: { 'color-contrast': { enabled: false } } },
    };
    const { violations } = await axe.run(options[part]);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  }, part);
}

/** What sticks out of the window or is too small to be pressed, one line each. */
export const findLayoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(layoutFaults, MIN_HEIGHT_PX, MIN_WIDTH_PX);

/** Runs in the page. */
function layoutFaults(minHeightPx: number, minWidthPx: number): string[] {
  const faults: string[] = [];
  const describe = (element: Element) =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}"`;
  const shown = [...document.querySelectorAll('body *')].filter(
    (element) => !element.closest('.visually-hidden, svg') && element.checkVisibility(),
  );
  for (const element of shown) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width === 0) continue;
    if (left < -0.5 || right > innerWidth + 0.5) faults.push(`${describe(element)} sticks out: ${left} to ${right}`);
    // Links in a message, radios and boxes with a label of their own are exempt, as in WCAG 2.5.8.
    if (!element.matches('button, a[href], select, textarea, input:not([type="radio"], [type="checkbox"])')) continue;
    if (element.closest('[role="log"]')) continue;
    if (height < minHeightPx || width < minWidthPx) faults.push(`${describe(element)} is small: ${width} × ${height}`);
  }
  return faults;
}
