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
});
