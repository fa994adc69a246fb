import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, farFrame, MAIN, pageWithFrames, untilSnapshot } from './lab/framed-page.ts';
import { type Lab, openLab, openPair, readPage, sameAs, sameLook, share, type SourceOptions } from './lab/lab.ts';

/** Steps between two looks. */
const STRIDE = 250;
const STEPS = 1_000;
const IN_FRAME = 60;
/** Another one goes another way through the same rules. */
const SEED = Number(process.env['MIRROR_SEED'] ?? 11);

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

type Browser = 'chrome' | 'firefox';

const pair = (from: Browser, to: Browser, body: string, options?: SourceOptions) =>
  openPair(lab, { from, to }, body, options);

describe.each([
  { from: 'chrome', to: 'chrome', skewMs: 0, jitterMs: 0, seed: SEED + 1 },
  { from: 'firefox', to: 'firefox', skewMs: 60_000, jitterMs: 0, seed: SEED + 5 },
  { from: 'chrome', to: 'firefox', skewMs: -60_000, jitterMs: 40, seed: SEED + 15 },
  { from: 'firefox', to: 'chrome', skewMs: 60_000, jitterMs: 40, seed: SEED + 24 },
] as const)('a page in $from and its mirror in $to (clock $skewMs ms off, jitter $jitterMs ms)', (way) => {
  test(`are equal after ${STEPS} random changes`, async () => {
    const { from, to, skewMs, jitterMs } = way;
    const { source, stage, close } = await pair(from, to, pageWithFrames(lab), { skewMs });
    const far = await farFrame(lab, source);
    await source.evaluate((jitterMs) => Object.assign(globalThis.lab.faults, { jitterMs }), jitterMs);
    for (const [frame, seed] of [
      [source.mainFrame(), way.seed],
      [far, way.seed + 1],
    ] as const) {
      await frame.evaluate((seed) => {
        globalThis.activity = globalThis.lab.createActivity(seed, document.querySelector<HTMLElement>('#root')!);
      }, seed);
    }
    await share(source, stage);
    for (let done = 0; done < STEPS; done += STRIDE) {
      await Promise.all([
        source.evaluate((steps) => globalThis.activity.run(steps), STRIDE),
        far.evaluate((steps) => globalThis.activity.run(steps), IN_FRAME),
      ]);
      await sameAs(source, stage);
    }
    // Nothing had to be asked for again.
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });
});

test('whoever joins a page that goes on waits for the snapshot that is on its way', async () => {
  const stage = await lab.stage('chrome');
  const heard = await stage.evaluate(async () => {
    const text = (id: number) => ({ type: 3, id, textContent: 'here' });
    const body = { type: 2, id: 3, tagName: 'body', attributes: {}, childNodes: [text(4)] };
    const root = { type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [body] };
    const node = { type: 0, id: 1, childNodes: [root] };
    const change = { source: 0, adds: [], removes: [], attributes: [], texts: [{ id: 4, value: 'changed' }] };
    globalThis.stage.feed('events', 1, [{ type: 3, timestamp: 0, data: change }]);
    globalThis.stage.feed('snapshot', 2, [
      { type: 2, timestamp: 0, data: { node, initialOffset: { top: 0, left: 0 } } },
    ]);
    while (!globalThis.stage.heard.some((message) => message.type === 'shown' && message.nodeCount > 0))
      await new Promise(requestAnimationFrame);
    return globalThis.stage.heard.map(({ type }) => type);
  });
  expect(heard).not.toContain('resync');
  await stage.close();
});

test.each([
  ['firefox', 'chrome'],
  ['chrome', 'firefox'],
] as const)('a page in %s has as much room in %s as where it is, beside a scroll bar or without', async (from, to) => {
  const body = '<div id="middle" style="margin:0 auto;width:50%;height:40px"></div><p id="text"></p>';
  const { source, stage, close } = await pair(from, to, body);
  await share(source, stage);
  await sameAs(source, stage);
  const placesOf = (document: Document) =>
    ['#middle', '#text'].map((id) => {
      const { x, width } = document.querySelector(id)!.getBoundingClientRect();
      return [x, width];
    });
  await sameLook(source, stage, placesOf);
  for (const height of ['5000px', '']) {
    await source.evaluate((height) => void (document.body.style.height = height), height);
    await sameLook(source, stage, placesOf);
  }
  await close();
});

describe.each(['chrome', 'firefox'] as const)('in %s', (name) => {
  test('closed shadow roots are shown, whether they were there before or come later', async () => {
    const { source, stage, close } = await pair(name, name, '<div id="early"></div><x-late></x-late>');
    const fill = (id: string) => {
      const host = document.querySelector(id)!;
      const root = host.attachShadow({ mode: 'closed' });
      root.innerHTML = '<style>p{color:green}</style><p>deep</p><section></section>';
      globalThis.lab.closedRoots.set(host, root);
      const inner = root.querySelector('section')!.attachShadow({ mode: 'closed' });
      inner.innerHTML = '<b>deeper</b><input>';
      globalThis.lab.closedRoots.set(root.querySelector('section')!, inner);
    };
    await source.evaluate(fill, '#early');
    await source.evaluate(() => {
      const added: string[] = [];
      Object.assign(globalThis, { added });
      new MutationObserver((records) => {
        for (const { addedNodes } of records) added.push(...[...addedNodes].map(({ nodeName }) => nodeName));
      }).observe(document, { subtree: true, childList: true });
    });
    await share(source, stage);
    await sameAs(source, stage);
    await source.evaluate(fill, 'x-late');
    await sameAs(source, stage);
    await source.evaluate(() => {
      const { closedRoots } = globalThis.lab;
      const root = closedRoots.get(document.querySelector('#early')!)!;
      root.querySelector('p')!.textContent = 'changed';
      const field = closedRoots.get(root.querySelector('section')!)!.querySelector('input')!;
      field.value = 'typed';
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('p{margin:3px}');
      root.adoptedStyleSheets = [sheet];
    });
    await sameAs(source, stage);
    const text = JSON.stringify(await readPage(source));
    for (const word of ['changed', 'deeper', 'margin-top:3px', '"value":"typed"']) expect(text).toContain(word);
    // The page can't tell: what it had is as it was.
    expect(
      await source.evaluate(() => [
        document.querySelector('#early')!.shadowRoot,
        document.documentElement.lastChild?.nodeName,
        // A comment goes from root to root; rrweb used to put frames in to look through.
        (globalThis as typeof globalThis & { added: string[] }).added.filter((name) => name !== '#comment'),
      ]),
    ).toEqual([null, 'BODY', []]);
    await close();
  });

  test('popovers are open wherever they are: in a closed root, in a frame, in a root that came later', async () => {
    const { source, stage, close } = await pair(name, name, `<div id="early"></div>${pageWithFrames(lab)}`);
    await farFrame(lab, source);
    const host = (id: string) => {
      const element = document.querySelector(id)!;
      const root = element.attachShadow({ mode: id === '#early' ? 'closed' : 'open' });
      root.innerHTML = '<div popover="manual">of the root</div>';
      globalThis.lab.closedRoots.set(element, root);
    };
    const toggle = (id: string) => {
      const element = document.querySelector(id)!;
      const inside =
        element.localName === 'iframe'
          ? (element as HTMLIFrameElement).contentDocument!.body
          : globalThis.lab.closedRoots.get(element)!;
      inside.querySelector<HTMLElement>('[popover]')!.togglePopover();
    };
    await source.evaluate(host, '#early');
    await source.evaluate(() => {
      const { body } = document.querySelector<HTMLIFrameElement>('#near')!.contentDocument!;
      body.insertAdjacentHTML('beforeend', '<div popover>of the frame</div>');
    });
    await share(source, stage);
    await source.evaluate(() => document.querySelector('#root')!.insertAdjacentHTML('beforeend', '<x-late></x-late>'));
    await source.evaluate(host, 'x-late');
    await sameAs(source, stage);
    for (const id of ['#early', '#near', 'x-late']) {
      await source.evaluate(toggle, id);
      await sameAs(source, stage);
    }
    expect(JSON.stringify(await readPage(source)).match(/"shown":true/g)).toHaveLength(3);
    // They are open again after other snapshots, which follow what is lost: the first at once, the second after a while.
    for (const word of ['first', 'second']) {
      const lose = (word: string) => {
        globalThis.lab.faults.drop = 1;
        document.querySelector('#root')!.append(word);
        setTimeout(() => document.querySelector('#root')!.append('next'), 50);
      };
      await untilSnapshot(source, () => source.evaluate(lose, word));
      await sameAs(source, stage);
    }
    for (const id of ['x-late', '#early', '#near']) {
      await source.evaluate(toggle, id);
      await sameAs(source, stage);
    }
    expect(JSON.stringify(await readPage(source))).not.toContain('"shown":true');
    await close();
  });

  test('what was lost, damaged or denied is there again by itself', async () => {
    // A page each: in a row the pace is slowed on purpose.
    for (const fault of ['drop', 'damage', 'lie'] as const) {
      const { source, stage, close } = await pair(name, name, pageWithFrames(lab));
      await farFrame(lab, source);
      await share(source, stage);
      await sameAs(source, stage);
      const hurt = (fault: 'drop' | 'damage' | 'lie') => {
        const root = document.querySelector('#root')!;
        if (fault !== 'lie') globalThis.lab.faults[fault] = 1;
        root.append(`lost by ${fault}`, document.createElement('hr'));
        if (fault === 'lie') globalThis.lab.lie();
        setTimeout(() => root.append('next'), 50);
      };
      await untilSnapshot(source, () => source.evaluate(hurt, fault));
      await sameAs(source, stage);
      expect((await asked(stage)).join()).toMatch(fault === 'lie' ? 'resync hash' : /resync (?:gap|corrupt)/);
      await close();
    }
  });

  test('radio buttons of one name are a group in each form', async () => {
    const form = '<form><input type="radio" name="size" checked><input type="radio" name="size"></form>';
    const { source, stage, close } = await pair(name, name, `<main id="root">${form}${form}</main>`);
    await share(source, stage);
    await sameAs(source, stage);
    for (const last of [true, false, true]) {
      await source.evaluate((last) => {
        for (const { elements } of document.forms) (elements[last ? 1 : 0] as HTMLInputElement).checked = true;
      }, last);
      await sameAs(source, stage);
    }
    await close();
  });

  test('a tab that is hidden on either side is equal all the same', async () => {
    const { source, stage, close } = await pair(name, name, MAIN);
    await share(source, stage);
    for (const [index, side] of [stage, source].entries()) {
      const other = await side.browser().newPage();
      await other.bringToFront();
      expect(await side.evaluate(() => document.visibilityState)).toBe('hidden');
      await source.evaluate(
        async (seed) => {
          await globalThis.lab.createActivity(seed, document.querySelector<HTMLElement>('#root')!).run(60);
        },
        SEED + 2 + index,
      );
      await sameAs(source, stage);
      await other.close();
    }
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });
});
