import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';

/** Smallest targets: one row of nine at 360 px leaves 40 px each; 320 px is narrower than any side panel. */
const MIN_HEIGHT_PX = 39.5;
const MIN_WIDTH_PX = 35;

/** What axe-core calls wrong in the page as it stands, one line each. `source`: axe-core's own text. */
export async function findAxeFaults(page: Page, source: string): Promise<string[]> {
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { axe } = globalThis as typeof globalThis & { axe: { run(): Promise<AxeResults> } }; // axe-core sets it
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  });
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
