import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields } from '../../fixtures/frameworks/fields.ts';
import { waitFor } from '../harness/deadline.ts';
import { bundle, type CobrowseStage, createCobrowseStage } from './cobrowse-stage.ts';
import { createExpertHand } from './expert-hand.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/frameworks');
const FRAMEWORKS = ['react', 'vue', 'svelte', 'angular'] as const;

const html = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><title>${script}</title><body><div id="app"></div><output id="state"></output>
  <script src="/${script}.js"></script></body>`;

async function stateIs(page: Page, what: string, isRight: (state: string) => boolean): Promise<void> {
  await waitFor(what, async () => {
    const text = await page.$eval('#state', ({ textContent }) => textContent);
    if (isRight(text ?? 'null')) return true;
    throw new Error(text ?? '');
  });
}

describe.each(['chrome', 'firefox'] as const)('the expert’s hand on framework pages, %s', (browser) => {
  let stage: CobrowseStage;
  beforeAll(async () => {
    stage = await createCobrowseStage(browser);
    for (const name of [...FRAMEWORKS, 'editor']) {
      stage.serve(`/${name}.js`, await bundle(join(FIXTURES, `${name}.ts`)), 'text/javascript');
      stage.serve(`/${name}`, html(name).replace('<output id="state"></output>', name === 'editor' ? '$&' : ''));
    }
  });
  afterAll(() => stage.close());

  it.each(FRAMEWORKS)('%s takes what is typed, chosen, picked and pressed', async (name) => {
    const page = await stage.open(`/${name}`);
    await page.waitForSelector('#press');
    const shared = await stage.share(page.mainFrame(), { mode: 'assist' });
    const expert = await createExpertHand(shared);
    const becomes = (what: string, isRight: (fields: Fields) => boolean) =>
      stateIs(page, what, (state) => isRight(JSON.parse(state) as Fields));

    expect(await expert.type('name', 'Ann')).toMatchObject({ kind: 'done' });
    await becomes('the name', ({ name }) => name === 'Ann');
    await expert.act('name', {
      type: 'edit',
      edits: [
        { kind: 'delete-backward', count: 1 },
        { kind: 'insert', text: 'a B.' },
        { kind: 'select', start: 0, end: 1 },
        { kind: 'insert', text: 'H' },
      ],
    });
    await becomes('the edited name', ({ name }) => name === 'Hna B.');
    await expert.type('note', 'two\nlines');
    await becomes('the note', ({ note }) => note === 'two\nlines');
    await expert.type('age', '42');
    await becomes('the age', ({ age }) => String(age) === '42');
    await expert.act('day', { type: 'pick', value: '2026-11-20' });
    await becomes('the day', ({ day }) => day === '2026-11-20');
    await expert.act('country', { type: 'choose', optionIds: [await expert.idOf('be')] });
    await becomes('the country', ({ country }) => country === 'be');
    await expert.click('agree');
    await becomes('the tick', ({ agree }) => agree);
    await expert.click('press');
    await expert.act('press', { type: 'key', key: 'Enter' });
    await becomes('two presses', ({ presses }) => presses === 2);
    await page.close();
  });

  it('a menu that opens on pointerdown opens, and its item is chosen', async () => {
    const page = await stage.open('/react');
    await page.waitForSelector('#menu');
    const expert = await createExpertHand(await stage.share(page.mainFrame(), { mode: 'assist' }));
    expect(await expert.click('menu')).toMatchObject({ kind: 'done', label: 'button “More”' });
    await page.waitForSelector('#move');
    await expert.click('move');
    await waitFor('the choice', async () => (await page.$eval('#chosen', (e) => e.textContent)) === 'move' || null);
    await page.close();
  });

  it('an editor takes text, lines and deletions', async () => {
    const page = await stage.open('/editor');
    await page.waitForSelector('#editor');
    const expert = await createExpertHand(await stage.share(page.mainFrame(), { mode: 'assist' }));
    await expert.click('editor');
    await expert.act('editor', { type: 'edit', edits: [{ kind: 'insert', text: 'Hello' }] });
    await stateIs(page, 'the text', (state) => JSON.parse(state) === 'Hello');
    await expert.act('editor', { type: 'edit', edits: [{ kind: 'delete-backward', count: 2 }] });
    await stateIs(page, 'less text', (state) => JSON.parse(state) === 'Hel');
    await expert.act('editor', { type: 'key', key: 'Enter' });
    await expert.act('editor', { type: 'edit', edits: [{ kind: 'insert', text: 'two' }] });
    await stateIs(page, 'two paragraphs', (state) => JSON.parse(state) === 'Hel|two');
    await page.close();
  });
});
