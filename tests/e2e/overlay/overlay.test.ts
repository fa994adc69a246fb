import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOverlayStage, inkIsOn, noInk, type OverlayStage, seeInk, twoFrames } from './overlay-stage.ts';

const style = (css: string): string => `<style nonce="page">body{margin:0;background:#eef}${css}</style>`;
const FILLER = '<p>Filler</p>'.repeat(60);
const BOX = '#box{position:relative;width:120px;height:60px;margin:200px 0 0 300px;background:#cde}';

describe.each(['chrome', 'firefox'] as const)('the overlay in %s', (browser) => {
  let stage: OverlayStage;
  beforeAll(async () => {
    stage = await createOverlayStage(browser);
  });
  afterAll(() => stage.close());

  it('paints where the element is, on a page with a strict policy, and leaves no trace', async () => {
    const page = await stage.open(`<!doctype html>${style(BOX)}<div id="box">Here</div>`);
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await page.evaluate(() => overlayTest.markMiddle('#box'));
    await inkIsOn(page, '#box');
    expect(await page.evaluate(() => overlayTest.painted)).toEqual(['expert:1']);
    await page.evaluate(() => overlayTest.stop());
    await noInk(page);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
    await page.close();
  });
});
