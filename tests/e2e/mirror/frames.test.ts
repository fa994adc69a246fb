import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/deadline.ts';
import { asked, farFrame, MAIN, pageWithFrames, untilSnapshot } from './lab/framed-page.ts';
import { type Lab, openLab, openPair, readPage, sameAs, share } from './lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

describe.each(['chrome', 'firefox'] as const)('in %s', (name) => {
  const pair = (body: string) => openPair(lab, { from: name, to: name }, body);

  test('a frame of another site is shown inside one of the same site, whenever it comes', async () => {
    const far = lab.otherOrigin + lab.serve('<main id="root"><p>Another site</p></main>');
    const near = lab.serve(`<p>The same site</p><iframe id="far" src="${far}"></iframe>`);
    const { source, stage, close } = await pair(`${MAIN}<iframe id="near" src="${near}"></iframe>`);
    await waitFor('the frames', async () => source.frames().length === 3 || null);
    await share(source, stage);
    await sameAs(source, stage);
    await source.evaluate(
      (late) => {
        document.body.insertAdjacentHTML('beforeend', `<iframe id="late" src="${late}"></iframe>`);
      },
      lab.serve(`<iframe id="far-late" src="${far}"></iframe>`),
    );
    await waitFor('the frames', async () => source.frames().length === 5 || null);
    await sameAs(source, stage);
    for (const frame of source.frames().filter((frame) => frame.url() === far)) {
      await frame.evaluate(() => document.querySelector('#root')!.append('changed'));
    }
    await sameAs(source, stage);
    expect(JSON.stringify(await readPage(source)).split('Another site')).toHaveLength(3);
    await close();
  });

  test('what moves between the page, a shadow root and a frame goes on being told of', async () => {
    const { source, stage, close } = await pair(`<x-card id="host"></x-card>${pageWithFrames(lab)}`);
    await source.evaluate(() => {
      document.querySelector('#host')!.attachShadow({ mode: 'open' }).innerHTML = '<p><b id="traveller"></b></p>';
    });
    await farFrame(lab, source);
    await share(source, stage);
    await sameAs(source, stage);
    for (const [from, to] of [
      ['shadow', 'page'],
      ['page', 'frame'],
      ['frame', 'shadow'],
      ['shadow', 'frame'],
      ['frame', 'page'],
      ['page', 'shadow'],
    ] as const) {
      const traveller = await source.evaluateHandle(
        (from, to) => {
          const places: Readonly<Record<string, ParentNode>> = {
            page: document.querySelector('#root')!,
            shadow: document.querySelector('#host')!.shadowRoot!,
            frame: document.querySelector<HTMLIFrameElement>('#near')!.contentDocument!.body,
          };
          const traveller = places[from]!.querySelector('#traveller')!;
          places[to]!.append(traveller);
          return traveller;
        },
        from,
        to,
      );
      await sameAs(source, stage);
      await traveller.evaluate((node, to) => {
        node.className = `in-${to}`;
        node.append(to);
      }, to);
      await sameAs(source, stage);
    }
    await close();
  });

  test('a frame that moves, goes and comes again is equal in the end', async () => {
    const { source, stage, close } = await pair(`<div id="a"></div><div id="b"></div>${pageWithFrames(lab)}`);
    await farFrame(lab, source);
    await share(source, stage);
    await sameAs(source, stage);
    for (const place of ['#a', '#b']) {
      await source.evaluate((place) => {
        for (const id of ['#near', '#far']) document.querySelector(place)!.append(document.querySelector(id)!);
      }, place);
      await waitFor('the frames to load again', async () =>
        source.frames().filter((frame) => frame.url().includes('/source-')).length === 3 ? true : null,
      );
      await sameAs(source, stage);
    }
    await source.evaluate(() => document.querySelector('#far')!.remove());
    await sameAs(source, stage);
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });

  test('a frame that is written anew or goes elsewhere is followed, also after another snapshot', async () => {
    const near = lab.serve('<p>The same site</p>');
    const { source, stage, close } = await pair(`${MAIN}<iframe id="near" src="${near}"></iframe>`);
    await share(source, stage);
    await sameAs(source, stage);
    const change = (text: string) =>
      source.evaluate((text) => {
        document.querySelector<HTMLIFrameElement>('#near')!.contentDocument!.body.append(text);
      }, text);
    await source.evaluate(() => {
      const { contentDocument } = document.querySelector<HTMLIFrameElement>('#near')!;
      contentDocument!.open();
      contentDocument!.write('<p>Written anew</p>');
      contentDocument!.close();
    });
    await sameAs(source, stage);
    await change('and changed');
    await sameAs(source, stage);
    await untilSnapshot(source, () => source.evaluate(() => globalThis.lab.renew()));
    await sameAs(source, stage);
    const second = lab.serve('<p>Another page</p>');
    await source.evaluate((second) => {
      document.querySelector<HTMLIFrameElement>('#near')!.src = second;
    }, second);
    await waitFor('the page', async () => source.frames().some((frame) => frame.url().endsWith(second)) || null);
    await sameAs(source, stage);
    await change('and changed');
    await sameAs(source, stage);
    expect((await asked(stage)).filter((what) => what !== 'want')).toEqual([]);
    await close();
  });

  test('closed roots in frames of the same site are shown, and what is typed in them', async () => {
    const host = `<div class="host"></div><script>{
      const host = document.querySelector('.host');
      const root = host.attachShadow({ mode: 'closed' });
      root.innerHTML = '<p>deep</p><input>';
      top.lab.closedRoots.set(host, root);
    }</script>`;
    const inner = lab.serve(`${host}<iframe id="nested" src="${lab.serve(host)}"></iframe>`);
    const { source, stage, close } = await pair(`${MAIN}<iframe id="near" src="${inner}"></iframe>`);
    await waitFor('the frames', async () => source.frames().length === 3 || null);
    await share(source, stage);
    await sameAs(source, stage);
    // A frame that comes later, with a root that it has from the start; and a root that comes later.
    await source.evaluate((inner) => {
      document.body.insertAdjacentHTML('beforeend', `<iframe id="late" src="${inner}"></iframe>`);
    }, inner);
    await waitFor('the frames', async () => source.frames().length === 5 || null);
    await sameAs(source, stage);
    const rootsOf = (id: string) => {
      const outer = document.querySelector<HTMLIFrameElement>(id)!.contentDocument!;
      const nested = outer.querySelector<HTMLIFrameElement>('#nested')!.contentDocument!;
      for (const { body } of [outer, nested]) {
        const host = body.appendChild(body.ownerDocument.createElement('x-late'));
        const root = host.attachShadow({ mode: 'closed' });
        root.innerHTML = '<b>deep, too</b>';
        globalThis.lab.closedRoots.set(host, root);
        const early = globalThis.lab.closedRoots.get(body.querySelector('.host')!)!;
        early.querySelector('p')!.textContent = 'changed';
        const field = early.querySelector('input')!;
        field.value = 'typed';
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
    };
    for (const id of ['#near', '#late']) {
      await source.evaluate(rootsOf, id);
      await sameAs(source, stage);
    }
    const text = JSON.stringify(await readPage(source));
    for (const word of ['changed', 'deep, too', '"value":"typed"']) expect(text.split(word)).toHaveLength(5);
    await close();
  });
});
