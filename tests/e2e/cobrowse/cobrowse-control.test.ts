import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ControlOutcome } from '../../../lib/protocol/cobrowse-control-messages.ts';
import { waitFor } from '../harness/deadline.ts';
import { type CobrowseStage, createCobrowseStage, framesOf, type SharedFrame } from './cobrowse-stage.ts';
import { ALL_SCOPES, createExpertHand, type ExpertHand, type VerbOn } from './expert-hand.ts';
import { plainPage } from './plain-page.ts';

const CLICK: VerbOn = { type: 'click', fx: 0.5, fy: 0.5, count: 1 };
const TYPE: VerbOn = { type: 'edit', edits: [{ kind: 'insert', text: 'x' }] };

describe.each(['chrome', 'firefox'] as const)('the expert’s hand, %s', (browser) => {
  let stage: CobrowseStage;
  let page: Page;
  let shared: SharedFrame;
  let expert: ExpertHand;
  beforeAll(async () => {
    stage = await createCobrowseStage(browser);
    stage.serve('/plain', plainPage(stage.otherOrigin));
    stage.serve('/other', '<title>Other</title>Other');
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    page = await stage.open('/plain');
    shared = await stage.share(page.mainFrame(), { mode: 'assist' });
    expert = await createExpertHand(shared);
  });
  afterEach(() => page.close());

  const said = () => page.$eval('#log', ({ textContent }) => (textContent ?? '').trim());
  const hears = (text: string) => waitFor(text, async () => (await said()) === text || null);

  it('presses, twice, hovers, and reaches what is far away', async () => {
    expect(await expert.click('go')).toEqual({ kind: 'done', requestId: 1, label: 'button “Go on”' });
    await expert.act('go', { ...CLICK, count: 2 });
    await expert.act('opener', { type: 'hover', fx: 0.5, fy: 0.5 });
    await expert.click('item');
    await expert.click('far');
    await hears('go go go twice item far');
  });

  it('reaches into shadow roots and frames', async () => {
    await expert.click('shadow');
    await expert.type('shadow-field', 'deep');
    expect(await expert.click('inner')).toMatchObject({ kind: 'done' });
    await expert.type('field', 'inside');
    await hears('shadow');
    const inner = await page.$('#frame').then((frame) => frame?.contentFrame());
    expect(await inner?.$eval('#said', (element) => element.textContent)).toBe('pressed');
    expect(await inner?.$eval('#field', (field) => (field as HTMLInputElement).value)).toBe('inside'); // an input
  });

  it('scrolls the nearest that can, types where editing is, and sends forms by Return', async () => {
    await expert.act('four', { type: 'scroll', dx: 0, dy: 40 });
    expect(await page.$eval('#list', (list) => list.scrollTop)).toBe(40);
    await expert.type('editable', '!');
    expect(await page.$eval('#editable', (element) => element.textContent)).toContain('!');
    await expert.type('query', 'shoes');
    await expert.act('query', { type: 'key', key: 'Enter' });
    await hears('submit:form');
  });

  it.each([
    ['password', TYPE, 'password'],
    ['password', CLICK, 'password'],
    ['file', CLICK, 'file'],
    ['file-label', CLICK, 'file'],
    ['card', TYPE, 'payment'],
    ['masked', CLICK, 'masked'],
    ['barred', CLICK, 'no-control'],
    ['off', CLICK, 'disabled'],
    ['save', CLICK, 'download'],
    ['zip', CLICK, 'download'],
    ['covered', CLICK, 'covered'],
    ['fixed', TYPE, 'not-editable'],
    ['go', TYPE, 'not-editable'],
    ['free', { type: 'choose', optionIds: [1] }, 'not-editable'],
    ['free', { type: 'pick', value: '1' }, 'not-editable'],
  ] as const)('refuses on #%s: %o', async (id, verb, reason) => {
    expect(await expert.act(id, verb as VerbOn)).toMatchObject({ kind: 'refused', reason }); // readonly by the table
    expect(await said()).toBe('');
  });

  it('refuses what was not given, is too old, too fast or of another page', async () => {
    const go = await expert.idOf('go');
    const click = { ...CLICK, nodeId: go } as const;
    const reasonOf = (outcome: ControlOutcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind);
    expect(reasonOf(await expert.perform(click as never, { epoch: 0 }))).toBe('stale');
    expect(reasonOf(await expert.perform(click as never, { ageMs: 1_501 }))).toBe('too-late');
    expect(reasonOf(await expert.perform({ ...click, nodeId: 999_999 }))).toBe('unknown-node');
    await expert.grant(['point', 'scroll']);
    expect(reasonOf(await expert.perform(click as never))).toBe('scope');
    await expert.grant(ALL_SCOPES.filter((scope) => scope !== 'navigate'));
    expect(reasonOf(await expert.click('same'))).toBe('scope');
    expect(reasonOf(await expert.perform({ type: 'go', to: 'reload' }))).toBe('scope');
    await expert.grant([]);
    expect(reasonOf(await expert.perform(click as never))).toBe('no-grant');
    await expert.grant(ALL_SCOPES);
    await shared.send({ type: 'pause', on: true });
    expect(reasonOf(await expert.perform(click as never))).toBe('paused');
    expect(await said()).toBe('');
  });

  it('a flood is cut off', async () => {
    const nodeId = await expert.idOf('go');
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, () => expert.perform({ type: 'point', nodeId, fx: 0, fy: 0 })),
    );
    expect(
      outcomes.filter((outcome) => outcome.kind === 'refused' && outcome.reason === 'too-fast').length,
    ).toBeGreaterThan(0);
  });

  it('a press that can’t be taken back is proposed, and made when the customer says yes', async () => {
    const outcome = await expert.click('pay');
    expect(outcome).toMatchObject({ kind: 'proposed', proposal: 'pay', label: 'button “Pay 20 €”' });
    const [proposal] = (await shared.posted()).filter(({ type }) => type === 'proposal');
    expect(proposal).toMatchObject({ requestId: outcome.requestId, proposal: 'pay', label: 'button “Pay 20 €”' });
    expect(await said()).toBe('');
    await expert.answer(outcome.requestId, true);
    await hears('pay');
    const declined = await expert.click('remove');
    expect(declined).toMatchObject({ kind: 'proposed', proposal: 'delete' });
    await expert.answer(declined.requestId, false);
    await expert.type('amount', '1');
    expect(await expert.act('amount', { type: 'key', key: 'Enter' })).toMatchObject({
      kind: 'proposed',
      proposal: 'pay',
    });
    expect(await said()).toBe('pay');
    const states = framesOf(await shared.posted(), 'proposal').map(({ json }) => JSON.parse(json).state);
    expect(states).toEqual(['waiting', 'confirmed', 'waiting', 'declined', 'waiting']);
  });

  it('an answer that the page or nobody gave is none', async () => {
    const outcome = await expert.click('pay');
    await page.evaluate(() => {
      for (const type of ['proposal.answer', 'alongside-hello', 'alongside-recorder']) {
        document.dispatchEvent(
          new CustomEvent(type, { detail: JSON.stringify({ type: 'proposal.answer', yes: true }) }),
        );
      }
    });
    await expert.answer(outcome.requestId + 1, true);
    await expert.grant([]);
    await shared.wait('the end', (messages) => messages.find(({ type }) => type === 'proposal.over'));
    await expert.answer(outcome.requestId, true);
    expect(await said()).toBe('');
  });

  it.each([
    ['away', 'proposed'],
    ['blank', 'needs-hand'],
    ['mail', 'needs-hand'],
  ] as const)('#%s: %s', async (id, kind) => {
    expect(await expert.click(id)).toMatchObject({ kind });
    expect(page.url()).toContain('/plain');
  });

  it('follows a link of the same site', async () => {
    // The answer may be lost with the page that gave it.
    const pressed = expert.click('same').catch(() => null);
    await waitFor('the other page', async () => page.url().endsWith('/other') || null);
    void pressed;
  });

  it('the customer’s hand comes first, for a moment; Escape twice ends it', async () => {
    await page.mouse.move(100, 300);
    await page.mouse.move(200, 320);
    expect(await expert.click('go')).toMatchObject({ kind: 'refused', reason: 'busy-customer' });
    await shared.wait('rest', (messages) => messages.find((message) => message.type === 'preempted' && !message.on));
    expect(await expert.click('go')).toMatchObject({ kind: 'done' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await shared.wait('the end', (messages) =>
      messages.find((message) => message.type === 'pressed' && message.button === 'stop-control'),
    );
  });

  it('writes down everything, in words, and no value', async () => {
    await expert.type('free', 'abc');
    await expert.click('password');
    const log = (await shared.posted()).flatMap((message) => (message.type === 'log' ? [message.entry] : []));
    expect(log.map(({ what, label, detail }) => `${what} ${label} ${detail ?? ''}`.trim())).toEqual([
      'typed field 3',
      'refused  password',
    ]);
  });
});
