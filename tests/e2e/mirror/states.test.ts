import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab, openPair, sameAs, sameLook, share } from './lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

/** How each element with an id looks, in shadow roots too. Runs in both pages. */
const looksOf = (document: Document): Record<string, string> => {
  const looks: Record<string, string> = {};
  const note = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll('[id]')) {
      const { color, visibility, fontSize } = document.defaultView!.getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      looks[element.id] = [color, visibility, fontSize, Math.round(width), Math.round(height)].join(' ');
      if (element.shadowRoot !== null) note(element.shadowRoot);
    }
  };
  note(document);
  return looks;
};

describe.each(['chrome', 'firefox'] as const)('what style sheets tell apart, in %s', (name) => {
  const pair = (body: string) => openPair(lab, { from: name, to: name }, body);

  test('custom elements: not yet defined, defined later, in a frame too', async () => {
    const styles = '<style>:not(:defined){visibility:hidden} x-a:defined,x-b:defined{font-size:30px}</style>';
    const { source, stage, close } = await pair(
      `${styles}<x-a id="a">A</x-a><x-b id="b">B</x-b><x-never id="c">C</x-never><iframe id="frame"></iframe>`,
    );
    const define = (names: string[]) => {
      const frame = document.querySelector('iframe')!.contentWindow!;
      for (const each of names) {
        for (const view of [window, frame as Window & typeof globalThis]) {
          view.customElements.define(each, class extends view.HTMLElement {});
        }
      }
    };
    await source.evaluate((styles) => {
      document.querySelector('iframe')!.contentDocument!.body.innerHTML = `${styles}<x-a>A</x-a><x-b id="b">B</x-b>`;
    }, styles);
    await source.evaluate(define, ['x-a']);
    await share(source, stage);
    const inFrame = (document: Document) => {
      const inner = document.querySelector('iframe')?.contentDocument;
      const elements = [...(inner?.querySelectorAll('x-a,x-b') ?? [])];
      return elements.map((element) => inner?.defaultView?.getComputedStyle(element).visibility);
    };
    await sameLook(source, stage, looksOf);
    await sameLook(source, stage, inFrame);
    await source.evaluate(define, ['x-b']);
    await sameLook(source, stage, looksOf);
    await sameLook(source, stage, inFrame);
    await close();
  });

  test('attributes of the page’s own, and slots by name, in shadow roots that adopt their sheets', async () => {
    const { source, stage, close } = await pair(
      `<style>[plan]{color:rgb(1,1,1)} [plan=gold]{font-size:30px} [plan^="gold-"]{font-size:40px}</style>
      <p id="a" plan="gold">A</p><p id="b" plan="Ann">B</p><p id="c" plan="gold-Ann">C</p>
      <x-card id="card" big tone="calm"><b id="title" slot="title">Title</b><i id="other">Other</i></x-card>`,
    );
    await source.evaluate(() => {
      const card = document.querySelector('#card')!;
      const root = card.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(':host([big]){font-size:30px} :host([tone="calm"]){color:rgb(2,2,2)} [name=title]{color:red}');
      root.adoptedStyleSheets = [sheet];
      root.innerHTML = '<h2 id="head"><slot name="title" id="slot"></slot></h2><slot></slot>';
    });
    await share(source, stage);
    await sameLook(source, stage, looksOf);
    const told = (document: Document) =>
      [...document.querySelectorAll('[plan]')].map((each) => each.getAttribute('plan'));
    expect(await stage.evaluate(`(${told.toString()})(stage.mirror().contentDocument)`)).toEqual(['gold', '', 'gold-']);
    for (const change of [
      () => document.querySelector('#a')!.setAttribute('plan', 'none'),
      () => document.querySelector('#card')!.removeAttribute('big'),
      () => document.querySelector('#other')!.setAttribute('slot', 'title'),
      // A sheet that asks for what nobody asked for before.
      () => {
        document.querySelector('#b')!.setAttribute('state', 'on');
        document.querySelector('style')!.sheet!.insertRule('[state=on]{font-size:50px}');
      },
    ]) {
      await source.evaluate(change);
      await sameLook(source, stage, looksOf);
    }
    await close();
  });

  test('the part that the address names, a checkbox that is neither on nor off', async () => {
    const { source, stage, close } = await pair(
      `<style>:target{color:rgb(1,1,1);font-size:30px} input:indeterminate{width:90px} .one:first-child{color:rgb(2,2,2)}
      li:nth-child(even){color:rgb(3,3,3)} p + p{font-size:20px}</style>
      <div><template><i></i></template><p id="not-first" class="one">A</p><script>0</script><p id="apart">B</p></div>
      <ul><li id="odd">1</li><script type="text/plain">x</script><li id="still-odd">2</li></ul>
      <a href="#there">There</a><h2 id="there">There</h2><h2 id="elsewhere">Elsewhere</h2>
      <input type="checkbox" id="all"><input type="checkbox" id="other">`,
    );
    await source.evaluate(() => {
      document.querySelector<HTMLInputElement>('#all')!.indeterminate = true;
    });
    await share(source, stage);
    await sameLook(source, stage, looksOf);
    for (const change of [
      () => document.querySelector('a')!.click(),
      () => {
        location.hash = 'elsewhere';
      },
      () => document.querySelector<HTMLElement>('#all')!.click(),
      () => {
        document.querySelector('#other')!.addEventListener('change', () => {
          document.querySelector<HTMLInputElement>('#all')!.indeterminate = true;
        });
        document.querySelector<HTMLElement>('#other')!.click();
      },
      () => document.querySelector('template')!.remove(),
      () => document.querySelector('ul')!.prepend(document.createElement('script')),
    ]) {
      await source.evaluate(change);
      await sameLook(source, stage, looksOf);
    }
    await close();
  });

  test('formulas, and pages in the manner of old', async () => {
    const { source, stage, close } = await pair(
      `<math id="formula" display="block"><mfrac id="half"><mn id="one">1</mn><msqrt id="root"><mi id="x">x</mi></msqrt></mfrac></math>
      <table id="table" border="5" cellpadding="9"><tr><td id="cell" nowrap>Cell</td></tr></table>
      <iframe id="plain" frameborder="0" scrolling="no"></iframe><iframe id="framed"></iframe>`,
    );
    await source.evaluate(() => {
      document.body.setAttribute('text', '#010203');
      document.body.setAttribute('leftmargin', '40');
      document.body.id = 'body';
    });
    await share(source, stage);
    await sameLook(source, stage, looksOf);
    await close();
  });

  test('a dialog or a popover that opens leaves the focus to the expert', async () => {
    const { source, stage, close } = await pair(
      `<dialog id="dialog"><input><button>Close</button></dialog><div popover id="popover"><input autofocus></div>`,
    );
    await share(source, stage);
    await sameAs(source, stage);
    await stage.bringToFront();
    await stage.evaluate(() => {
      const field = document.createElement('input');
      document.body.append(field);
      field.focus();
    });
    for (const change of [
      () => document.querySelector('dialog')!.showModal(),
      () => document.querySelector('dialog')!.close(),
      () => document.querySelector('dialog')!.show(),
      () => document.querySelector<HTMLElement>('#popover')!.showPopover(),
    ]) {
      await source.evaluate(change);
      await sameAs(source, stage);
      await stage.keyboard.type('a');
    }
    expect(await stage.evaluate(() => document.querySelector('input')!.value)).toBe('aaaa');
    await close();
  });

  test('files that another program shows keep their room, and it is said there that they aren’t seen', async () => {
    const { source, stage, close } = await pair(
      `<style>.paper{width:200px;height:90px}</style><embed src="/drawing.svg" width="80" height="40">
      <object data="/drawing.svg" class="paper" width="300" height="100"><p>instead</p></object>`,
    );
    const boxes = (document: Document) =>
      [...document.querySelectorAll('embed,object,iframe')].map((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join(' ');
      });
    await stage.evaluate(() =>
      globalThis.stage.post({ type: 'words', customer: 'Carla', barred: 'Elsewhere', file: 'A file' }),
    );
    await share(source, stage);
    expect(await sameLook(source, stage, boxes)).toHaveLength(2);
    await source.evaluate(() => {
      const late = Object.assign(document.createElement('embed'), { src: '/drawing.svg', className: 'paper' });
      document.body.prepend(late);
    });
    // Firefox gives it room once it is there.
    await source.waitForFunction(() => document.querySelector('embed')!.clientWidth === 200);
    expect(await sameLook(source, stage, boxes)).toHaveLength(3);
    await source.evaluate(() => document.querySelector('object')!.setAttribute('style', 'width:70px'));
    await sameLook(source, stage, boxes);
    await sameAs(source, stage);
    const words = () =>
      stage.evaluate(() =>
        [...(globalThis.stage.mirror()?.contentDocument?.querySelectorAll('iframe') ?? [])].map(
          ({ contentDocument }) => contentDocument?.body.textContent,
        ),
      );
    await expect.poll(words).toEqual(['A file', 'A file', 'A file']);
    await close();
  });
});
