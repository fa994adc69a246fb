import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { createOverlayStage, inkIsOn, noInk, type OverlayStage, seeInk } from './overlay-stage.ts';

const html = (css: string, body: string): string =>
  `<!doctype html><meta charset="utf-8"><style nonce="page">body{margin:0;background:#eef;font:16px sans-serif}${css}</style>${body}`;
const FILLER = '<p>Filler</p>'.repeat(60);
const BOX = '#box{width:120px;height:60px;margin:200px 0 0 300px;background:#cde}';
const PLAIN = html(BOX, `<div id="box">Here</div>${FILLER}`);

const mark = (page: Page, selector: string): Promise<void> =>
  page.evaluate((selector) => overlayTest.markMiddle(selector), selector);

describe.each(['chrome', 'firefox'] as const)('ink in a page, %s', (browser) => {
  let stage: OverlayStage;
  beforeAll(async () => {
    stage = await createOverlayStage(browser);
  });
  afterAll(() => stage.close());

  it('is painted on its element under a strict policy, and leaves no trace', async () => {
    const page = await stage.open(PLAIN);
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await mark(page, '#box');
    await inkIsOn(page, '#box');
    expect(await page.evaluate(() => overlayTest.painted)).toEqual(['expert:1']);
    await page.evaluate(() => overlayTest.stop());
    await noInk(page);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });

  it('follows its element when the page scrolls', async () => {
    const page = await stage.open(PLAIN);
    await mark(page, '#box');
    await page.evaluate(() => scrollTo(0, 137));
    await inkIsOn(page, '#box');
  });

  it('stays with the document where no element can carry it', async () => {
    const page = await stage.open(html('body{height:3000px}', ''));
    await page.evaluate(() => overlayTest.mark(400, 300));
    await page.evaluate(() => scrollTo(0, 100));
    await waitFor('the ink 100 px higher', async () => {
      const ink = await seeInk(page);
      return (ink !== null && Math.hypot(ink.x - 400, ink.y - 200) <= 2) || null;
    });
  });

  it('stays on what is fixed', async () => {
    const page = await stage.open(
      html(
        '#box{position:fixed;left:50px;top:90px;width:120px;height:60px;background:#cde}',
        `<div id="box"></div>${FILLER}`,
      ),
    );
    await mark(page, '#box');
    await page.evaluate(() => scrollTo(0, 300));
    await inkIsOn(page, '#box');
  });

  it('follows in nested scrolled containers, and is cut by them', async () => {
    const css = `#outer,#inner{overflow:auto;background:#dde}#outer{width:500px;height:400px;margin:80px}#inner{width:400px;height:300px;margin:60px}
      #box{width:120px;height:60px;margin:150px;background:#cde}.tall{height:1200px}`;
    const page = await stage.open(
      html(
        css,
        '<div id="outer"><div id="inner"><div id="box"></div><div class="tall"></div></div><div class="tall"></div></div>',
      ),
    );
    await mark(page, '#box');
    await page.evaluate(() => {
      document.querySelector('#inner')?.scrollBy(0, 60);
      document.querySelector('#outer')?.scrollBy(0, 40);
    });
    await inkIsOn(page, '#box');
    await page.evaluate(() => document.querySelector('#inner')?.scrollTo(0, 600));
    await noInk(page);
    await page.evaluate(() => document.querySelector('#inner')?.scrollTo(0, 60));
    await inkIsOn(page, '#box');
  });

  it('follows what pushes its element away, without a scroll', async () => {
    const page = await stage.open(PLAIN);
    await mark(page, '#box');
    await page.evaluate(() => {
      const banner = document.createElement('div');
      banner.textContent = 'News';
      banner.style.height = '83px';
      document.body.prepend(banner);
    });
    await inkIsOn(page, '#box');
  });

  it('follows an element that moves by a style sheet alone', async () => {
    const page = await stage.open(PLAIN);
    await mark(page, '#box');
    await inkIsOn(page, '#box');
    await page.evaluate(() => {
      document.styleSheets[0]?.insertRule('#box{transform:translate(150px,40px)}');
    });
    await inkIsOn(page, '#box');
    await page.evaluate(() => {
      document.styleSheets[0]?.insertRule('#box{margin-left:333px!important}');
    });
    await inkIsOn(page, '#box');
  });

  it('finds its element again when the page renders it anew', async () => {
    const page = await stage.open(
      html(`${BOX} .late{margin-top:260px!important}`, '<div id="app"><div id="box">Row 7</div></div>'),
    );
    await mark(page, '#box');
    await page.evaluate(() => {
      const box = document.createElement('div');
      box.id = 'box';
      box.className = 'late';
      box.textContent = 'Row 7';
      document.querySelector('#app')?.replaceChildren(box);
    });
    await inkIsOn(page, '#box');
  });

  it('goes with its element, and is not left where that was', async () => {
    const page = await stage.open(PLAIN);
    await mark(page, '#box');
    await page.evaluate(() => document.querySelector('#box')?.remove());
    await noInk(page);
  });

  it('is hidden with its element', async () => {
    const page = await stage.open(PLAIN);
    await mark(page, '#box');
    await page.evaluate(() => document.querySelector<HTMLElement>('#box')?.style.setProperty('display', 'none'));
    await noInk(page);
    await page.evaluate(() => document.querySelector<HTMLElement>('#box')?.style.removeProperty('display'));
    await inkIsOn(page, '#box');
  });

  it('ties to elements inside open shadow roots', async () => {
    const page = await stage.open(html('#host{display:block;height:300px}', '<div id="host"></div>'));
    await page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
      const inner = document.createElement('div');
      inner.style.cssText = 'width:120px;height:60px;margin:100px;background:#cde';
      root?.append(inner);
      overlayTest.mark(160, 130);
      inner.style.marginLeft = '180px';
    });
    await waitFor('the ink 80 px to the right', async () => {
      const ink = await seeInk(page);
      return (ink !== null && Math.hypot(ink.x - 240, ink.y - 130) <= 2) || null;
    });
  });

  it.each([
    ['a modal dialog', '<dialog id="later"><p>Modal</p></dialog>', `document.querySelector('#later').showModal()`],
    ['a popover', '<div id="later" popover>Popover</div>', `document.querySelector('#later').showPopover()`],
  ])('stays on top of %s that opens later', async (_, element, open) => {
    const css =
      '#later{position:fixed;inset:0;width:100vw;height:100vh;max-width:none;max-height:none;margin:0;border:0;padding:0;background:#dfd}';
    const page = await stage.open(html(BOX + css, `<div id="box">Here</div>${element}`));
    await mark(page, '#box');
    await inkIsOn(page, '#box');
    await page.evaluate(`${open};true`);
    await inkIsOn(page, '#box');
  });

  it('stays on top of a fullscreen element', async () => {
    const page = await stage.open(
      html(
        '#full{background:#dfd}#box{width:120px;height:60px;margin:200px;background:#cde}',
        '<div id="full"><button>Full</button><div id="box">Here</div></div>',
      ),
      { csp: null },
    );
    await page.evaluate(() => {
      document
        .querySelector('button')
        ?.addEventListener('click', () => void document.querySelector('#full')?.requestFullscreen());
    });
    await page.click('button');
    await waitFor('fullscreen', () => page.evaluate(() => document.fullscreenElement?.id ?? null));
    await mark(page, '#box');
    await inkIsOn(page, '#box');
    await page.evaluate(() => document.exitFullscreen());
    await waitFor('the window again', () => page.evaluate(() => document.fullscreenElement === null || null));
    await inkIsOn(page, '#box');
    await page.click('button');
    await waitFor('fullscreen again', () => page.evaluate(() => document.fullscreenElement?.id ?? null));
    await inkIsOn(page, '#box');
  });

  it.each([
    [50, 1],
    [80, 1],
    [125, 1],
    [150, 2],
    [200, 1],
    [300, 1],
    [100, 2],
    [100, 3],
    [67, 3],
  ])('is on its element at %i % zoom, device pixel ratio %i, and after the zoom changes', async (zoom, ratio) => {
    const page = await stage.open(PLAIN);
    // Browser zoom is this: fewer and larger CSS pixels in the same window.
    const zoomTo = (percent: number) =>
      page.setViewport({
        width: Math.round(120_000 / percent),
        height: Math.round(90_000 / percent),
        deviceScaleFactor: (ratio * percent) / 100,
      });
    await zoomTo(zoom);
    await page.evaluate(() => scrollTo(0, 150));
    await mark(page, '#box');
    await inkIsOn(page, '#box');
    await zoomTo(100);
    await inkIsOn(page, '#box');
  });

  it('follows while the page scrolls by itself, and ends where the element ends', async () => {
    const page = await stage.open(PLAIN);
    await mark(page, '#box');
    await page.evaluate(() => scrollTo({ top: 160, behavior: 'smooth' }));
    await waitFor('the end of the scroll', () => page.evaluate(() => scrollY === 160 || null));
    await inkIsOn(page, '#box');
  });

  it('survives a page that throws out what it does not know, and one that tries to hide it', async () => {
    const page = await stage.open(
      html(`${BOX} div[popover]{display:none!important;opacity:0!important}`, '<div id="box">Here</div>'),
    );
    await mark(page, '#box');
    await inkIsOn(page, '#box');
    await page.evaluate(() => {
      for (const child of document.documentElement.children) if (child.localName === 'div') child.remove();
    });
    await inkIsOn(page, '#box');
    await page.evaluate(() => {
      const host = [...document.documentElement.children].find(({ localName }) => localName === 'div');
      if (host instanceof HTMLElement) host.style.setProperty('display', 'none', 'important');
    });
    await inkIsOn(page, '#box');
  });

  it('lets every press through', async () => {
    const page = await stage.open(html(BOX, '<button id="box">Press</button>'), { csp: null });
    await mark(page, '#box');
    await page.evaluate(() => {
      document
        .querySelector('#box')
        ?.addEventListener('click', ({ isTrusted }) => (document.title = `pressed ${isTrusted}`));
    });
    await page.click('#box');
    expect(await page.title()).toBe('pressed true');
  });
});
