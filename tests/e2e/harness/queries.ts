import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { ElementHandle, Page } from 'puppeteer';
import { DEFAULT_TIMEOUT_MS, waitFor } from './deadline.ts';

/**
 * Controls are found as people with a screen reader find them: by role and accessible name. The same code, Testing
 * Library's, runs inside the page in both browsers, because they answer accessibility questions differently.
 */
export type Name = string | RegExp;

const LIBRARY = createRequire(import.meta.url).resolve('@testing-library/dom/dist/@testing-library/dom.umd.min.js');
let librarySource: Promise<string> | null = null;

declare global {
  /** Set in a page by `prepare`. */
  var TestingLibraryDom: typeof import('@testing-library/dom') | undefined;
}

async function prepare(page: Page): Promise<void> {
  if (await page.evaluate(() => globalThis.TestingLibraryDom !== undefined)) return;
  librarySource ??= readFile(LIBRARY, 'utf8');
  // An expression, not a script element: the page's content policy stays as it is.
  await page.evaluate(`${await librarySource}\n;true`);
}

/** What there is now: all elements of a role whose accessible name is `name` (whole string, or a pattern). */
async function allByRole(page: Page, role: string, name?: Name): Promise<ElementHandle<Element>[]> {
  await prepare(page);
  const list = await page.evaluateHandle(
    (role, text, pattern) => {
      const name = pattern === null ? text : new RegExp(pattern.source, pattern.flags);
      return globalThis.TestingLibraryDom!.queryAllByRole(
        document.documentElement,
        role,
        name === null ? {} : { name },
      );
    },
    role,
    typeof name === 'string' ? name : null,
    name instanceof RegExp ? { source: name.source, flags: name.flags } : null,
  );
  const elements: ElementHandle<Element>[] = [];
  for (const property of (await list.getProperties()).values()) {
    const element = property.asElement();
    if (element) elements.push(element as ElementHandle<Element>); // a role belongs to an element, never to text
  }
  return elements;
}

const describe = (role: string, name?: Name): string => (name === undefined ? role : `${role} ${String(name)}`);

/** Waits for an element of `role` with the accessible name `name`, and returns it. */
export function byRole(page: Page, role: string, name?: Name, timeoutMs?: number): Promise<ElementHandle<Element>> {
  return waitFor(describe(role, name), async () => (await allByRole(page, role, name))[0], timeoutMs);
}

/** Waits until there is no such element. */
export async function gone(page: Page, role: string, name?: Name, timeoutMs?: number): Promise<void> {
  const look = async () => ((await allByRole(page, role, name)).length === 0 ? true : null);
  await waitFor(`no ${describe(role, name)}`, look, timeoutMs);
}

/** How many there are now. */
export const countByRole = async (page: Page, role: string, name?: Name): Promise<number> =>
  (await allByRole(page, role, name)).length;

/**
 * Presses a control once it is there and enabled. A real click by the browser, with the user activation that capture and
 * windows need; repeated only when the control was replaced before the press.
 */
export async function press(page: Page, role: string, name?: Name, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
  await waitFor(
    `to press ${describe(role, name)}`,
    async () => {
      for (const element of await allByRole(page, role, name)) {
        const usable = await element.evaluate(
          (node) => !(node as HTMLButtonElement).disabled && node.getAttribute('aria-disabled') !== 'true',
        );
        if (!usable) continue;
        await element.click();
        return true;
      }
      return null;
    },
    timeoutMs,
  );
}

/** Empties a text field and types into it, key by key. */
export async function fill(page: Page, name: Name, text: string, role = 'textbox'): Promise<void> {
  const field = await byRole(page, role, name);
  await field.evaluate((node) => {
    (node as HTMLInputElement).focus();
    (node as HTMLInputElement).select();
  });
  await field.type(text);
}

/** Waits until an attribute of a control has a value. */
export async function hasAttribute(
  page: Page,
  control: { role: string; name: Name; attribute: string; value: string | null },
  timeoutMs?: number,
): Promise<void> {
  const { role, name, attribute, value } = control;
  await waitFor(
    `${describe(role, name)} with ${attribute}=${String(value)}`,
    async () => {
      const [element] = await allByRole(page, role, name);
      if (!element) return null;
      return (await element.evaluate((node, attribute) => node.getAttribute(attribute), attribute)) === value || null;
    },
    timeoutMs,
  );
}

/** Waits until an element of `role` contains `text`. */
export async function hasText(page: Page, role: string, text: Name, timeoutMs?: number): Promise<void> {
  await waitFor(
    `${role} saying ${String(text)}`,
    async () => {
      for (const element of await allByRole(page, role)) {
        const content = await element.evaluate((node) => node.textContent ?? '');
        if (typeof text === 'string' ? content.includes(text) : text.test(content)) return true;
      }
      return null;
    },
    timeoutMs,
  );
}
