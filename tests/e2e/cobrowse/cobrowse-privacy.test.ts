import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrivacyMode } from '../../../lib/protocol/cobrowse-messages.ts';
import { type CobrowseStage, createCobrowseStage, framesOf } from './cobrowse-stage.ts';
import { SECRET, secretFrame, secretPage, stirSecrets, VISIBLE } from './secret-page.ts';

describe.each(['chrome', 'firefox'] as const)('a page of secrets, %s', (browser) => {
  let stage: CobrowseStage;
  beforeAll(async () => {
    stage = await createCobrowseStage(browser);
    stage.serve('/page', secretPage(stage.otherOrigin));
    stage.serve('/frame', secretFrame);
  });
  afterAll(() => stage.close());

  it.each(['strict', 'assist'] as const)('none of them leaves it, %s', async (mode: PrivacyMode) => {
    const page = await stage.open('/page?token=SECRET-query#SECRET-hash');
    // `embed` and `object` have frames too, which come and go.
    const frames = page.frames().filter((frame) => /\/(?:page|frame)\?|^about:srcdoc/.test(frame.url()));
    expect(frames).toHaveLength(4);
    const shared = await Promise.all(frames.map((frame) => stage.share(frame, { mode })));
    const top = shared[0];
    if (top === undefined) throw new Error('No top frame');
    await top.wait('a snapshot', (messages) => framesOf(messages, 'snapshot')[0]);
    await page.evaluate(stirSecrets);
    await top.wait('the last change', (messages) => (JSON.stringify(messages).includes('stirred-4') ? true : null));
    for (const { sent } of shared) {
      const text = await sent();
      expect([...text.matchAll(SECRET)].map(([match]) => match)).toEqual([]);
    }
    const text = await top.sent();
    for (const visible of VISIBLE) expect(text).toContain(visible);
    await page.close();
  });

  it('what people write is there in assist mode only, and stays at home from the moment of a change', async () => {
    stage.serve(
      '/written',
      `<p id="now">now</p><label>Name <input id="name" value="WRITTEN-name"></label><textarea>WRITTEN-area</textarea>
      <div contenteditable="true">WRITTEN-page</div><select><option>WRITTEN-option</option></select>`,
    );
    const page = await stage.open('/written');
    const shared = await stage.share(page.mainFrame(), { mode: 'assist' });
    const snapshots = (count: number) => (messages: Parameters<typeof framesOf>[0]) =>
      framesOf(messages, 'snapshot')[count - 1];
    const first = await shared.wait('a snapshot', snapshots(1));
    for (const place of ['name', 'area', 'page', 'option']) expect(first.json).toContain(`WRITTEN-${place}`);
    await shared.send({ type: 'rules', mode: 'strict', hide: [], mask: [] });
    await page.evaluate(writeMore, 'strict');
    await shared.wait('a stricter snapshot', snapshots(2));
    await shared.wait('the word of it', (messages) => (JSON.stringify(messages).includes('now strict') ? true : null));
    expect(await shared.sent()).not.toMatch(/WRITTEN-\w+-strict/);

    await shared.send({ type: 'pause', on: true });
    const before = framesOf(await shared.posted()).length;
    await page.evaluate(writeMore, 'paused');
    await shared.send({ type: 'pause', on: false });
    await shared.wait('a snapshot after the pause', snapshots(3));
    const meanwhile = framesOf(await shared.posted()).slice(before);
    expect(
      meanwhile
        .filter(({ kind }) => kind === 'events')
        .map(({ json }) => json)
        .join(''),
    ).not.toContain('paused');
    expect(await shared.sent()).not.toMatch(/WRITTEN-\w+-paused/);
    await page.close();
  });

  it('a field is known by its label also when both come in large numbers, or the field comes while they are told', async () => {
    stage.serve('/many', '<main></main>');
    const page = await stage.open('/many');
    const shared = await stage.share(page.mainFrame(), { mode: 'assist' });
    await shared.wait('a snapshot', (messages) => framesOf(messages, 'snapshot')[0]);
    for (const delay of [null, 0, 20, 60]) {
      await page.evaluate(addMany, delay);
      const last = `told ${delay}`;
      await shared.wait(last, (messages) => (JSON.stringify(messages).includes(last) ? true : null));
    }
    const text = await shared.sent();
    expect(text).toContain('PLAIN-note');
    expect(text).not.toContain('951753');
    await page.close();
  });

  it('a part is hidden also when the customer points at it before it is told', async () => {
    stage.serve('/hide', '<main></main>');
    const page = await stage.open('/hide');
    const shared = await stage.share(page.mainFrame(), { mode: 'assist' });
    await shared.wait('a snapshot', (messages) => framesOf(messages, 'snapshot')[0]);
    await shared.send({ type: 'pick-part', on: true });
    await page.evaluate(() => {
      const rows = '<p>1<b>2</b></p>'.repeat(8_000);
      document.querySelector('main')!.innerHTML = `<div>${rows}<section>PICKED</section></div>`;
    });
    await shared.pick('section');
    await shared.wait('one hidden part', (messages) =>
      messages.some((message) => message.type === 'privacy' && message.hiddenCount === 1) ? true : null,
    );
    const after = (await shared.posted()).length;
    await page.evaluate(() => document.querySelector('section')!.append('PICKED-LATER'));
    await page.evaluate(() => document.querySelector('main')!.append('the end'));
    await shared.wait('the end', (messages) =>
      JSON.stringify(messages.slice(after)).includes('the end') ? true : null,
    );
    expect(await shared.sent()).not.toContain('PICKED-LATER');
    await page.close();
  });
});

/** Runs in the page: thousands of rows, and a field that only the cell before it tells of, with them or ms later. */
async function addMany(delay: number | null): Promise<void> {
  const rows = '<tr><td>1</td><td>2</td><td>3</td></tr>'.repeat(600);
  const label = '<tr><td>Security code</td><td class="code"></td></tr>';
  const table = document.createElement('table');
  table.innerHTML = `<tbody>${rows}${label}<tr><td>Note</td><td class="note"></td></tr>${rows}</tbody>`;
  const fill = () => {
    for (const [name, value] of [
      ['code', '951753'],
      ['note', 'PLAIN-note'],
    ]) {
      const field = document.createElement('input');
      table.querySelector(`.${name}`)?.append(field);
      field.value = value ?? '';
    }
  };
  if (delay === null) fill();
  document.querySelector('main')?.append(table);
  if (delay !== null) {
    await new Promise((done) => setTimeout(done, delay));
    fill();
  }
  const end = document.createElement('p');
  end.append(`told ${delay}`);
  document.querySelector('main')?.append(end);
}

/** Runs in the page. */
function writeMore(when: string): void {
  const write = (selector: string) => {
    const field = document.querySelector<HTMLInputElement>(selector);
    if (field === null) return;
    field.value = `WRITTEN-more-${when}`;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  write('#name');
  write('textarea');
  document.querySelector('div[contenteditable]')?.append(`WRITTEN-page-${when}`);
  document.querySelector('#now')?.append(` now ${when}`);
}
