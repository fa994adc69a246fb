import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { bundle } from '../cobrowse/cobrowse-stage.ts';
import { HEAVY_PAGES } from './lab/heavy-pages.ts';
import { type Lab, openLab, sameDigest, share } from './lab/lab.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

let lab: Lab;
const scripts = new Map<string, string>();
beforeAll(async () => {
  lab = await openLab();
  for (const { script } of HEAVY_PAGES) if (script) scripts.set(script, await bundle(join(FIXTURES, script)));
});
afterAll(() => lab.close());

function errorsOf(...pages: readonly Page[]): string[] {
  const errors: string[] = [];
  for (const page of pages) page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

describe.each(['chrome', 'firefox'] as const)('in %s', (name) => {
  test.each(HEAVY_PAGES)('$name is mirrored as it is, without an error', async ({ head, body, script, stir }) => {
    const code =
      script === undefined ? '' : `<script>${scripts.get(script)?.replaceAll('</script', '<\\/script')}</script>`;
    const source = await lab.source(name, body + code, { head: head ?? '' });
    const stage = await lab.stage(name);
    const errors = errorsOf(source, stage);
    await share(source, stage);
    await sameDigest(source, stage);
    await source.bringToFront();
    await source.evaluate(stir);
    await sameDigest(source, stage);
    expect(errors).toEqual([]);
    expect(await stage.evaluate(() => globalThis.stage.asked.filter((what) => what !== 'want'))).toEqual([]);
    await source.close();
    await stage.close();
  });

  test('a large page that changes while it is told is equal in the end', async () => {
    const cells = '<td>1</td>'.repeat(12);
    const source = await lab.source(
      name,
      `<main id="scroller" style="height:400px;overflow:auto"><table><tbody>${`<tr>${cells}</tr>`.repeat(1_000)}</tbody></table></main>`,
    );
    const stage = await lab.stage(name);
    await source.evaluate(() => {
      document.querySelector('main')!.scrollTop = 900;
    });
    await share(source, stage);
    for (const seed of [7, 8]) {
      await source.evaluate(churn, seed);
      await sameDigest(source, stage);
      const top = await source.evaluate(() => document.querySelector('main')!.scrollTop);
      expect(top).toBeGreaterThan(500);
      await waitFor('the scroll position', () =>
        stage.evaluate((top) => {
          const main = globalThis.stage.mirror()?.contentDocument?.querySelector('main');
          return Math.abs((main?.scrollTop ?? 0) - top) <= 1 || null;
        }, top),
      );
      await source.evaluate(() => globalThis.lab.renew());
    }
    expect(await stage.evaluate(() => globalThis.stage.asked)).toEqual([]);
    await source.close();
    await stage.close();
  });

  test('what comes in large numbers, and goes and moves while it is told, is equal in the end', async () => {
    const source = await lab.source(name, '<main id="place"><p>first</p></main>');
    const stage = await lab.stage(name);
    await share(source, stage);
    await sameDigest(source, stage);
    for (const seed of [3, 4, 5]) {
      await source.evaluate(flood, seed);
      await sameDigest(source, stage);
    }
    expect(await stage.evaluate(() => globalThis.stage.asked)).toEqual([]);
    await source.close();
    await stage.close();
  });
});

/** Runs in the page: tables of thousands of nodes come, are worked on at once and a little later, and some go again. */
async function flood(seed: number): Promise<void> {
  const place = document.querySelector('main')!;
  let state = seed;
  const below = (max: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % max;
  };
  const pick = (selector: string) => {
    const all = place.querySelectorAll(selector);
    return all[below(all.length)];
  };
  const steps: readonly (() => void)[] = [
    () => pick('tr')?.remove(),
    () => pick('tbody')?.append(...[pick('tr'), pick('tr')].filter((row) => row !== undefined)),
    () => pick('td')?.append(`more ${below(99)}`),
    () => pick('tr')?.before(pick('tr') ?? 'none'),
    () => pick('tr')?.setAttribute('class', `c${below(9)}`),
    () => pick('table')?.before(pick('table') ?? 'none'),
    () => pick('tbody')?.replaceChildren(...[...(pick('tbody')?.children ?? [])].reverse()),
    () => pick('td')?.replaceChildren(document.createElement('input')),
    () => pick('td')?.append(document.createElement('x-cell')),
  ];
  for (let turn = 0; turn < 12; turn += 1) {
    const table = document.createElement('table');
    table.innerHTML = `<tbody>${`<tr>${`<td>t${turn}</td>`.repeat(4)}</tr>`.repeat(300)}</tbody>`;
    if (turn % 3 === 0) place.prepend(table);
    else place.append(table);
    for (let pause = 0; pause < 4; pause += 1) {
      for (let step = 0; step < 5; step += 1) steps[below(steps.length)]?.();
      await new Promise((done) => setTimeout(done, below(30)));
    }
    if (place.children.length > 5) pick('table')?.remove();
  }
}

/** Runs in the page: rows and cells come, go, move and change at random, the same for the same seed. */
async function churn(seed: number): Promise<void> {
  const body = document.querySelector('tbody')!;
  let state = seed;
  const below = (max: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % max;
  };
  for (let turn = 0; turn < 60; turn += 1) {
    for (let step = 0; step < 8; step += 1) {
      const row = body.rows[below(body.rows.length)]!;
      const other = body.rows[below(body.rows.length)]!;
      if (step === 0) row.remove();
      else if (step === 1) body.insertRow(below(body.rows.length)).insertCell(0).append(`new ${turn}`);
      else if (step === 2) body.insertBefore(row, other);
      else if (step === 3) row.cells[0]?.append(` and ${turn}`);
      else if (step === 4) row.className = `c${turn}`;
      else if (step === 5) row.replaceChildren(...[...row.cells].reverse());
      else if (step === 6 && row !== other && row.cells[0]) other.append(row.cells[0]);
      else row.style.setProperty('color', 'red');
    }
    await new Promise((done) => setTimeout(done, 4));
  }
}
