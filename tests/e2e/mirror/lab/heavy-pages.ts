/**
 * Large pages of the kinds that people share, made up so that they are the same everywhere. `stir` runs in the page and
 * does what its visitors do; it resolves when it is done.
 */
export interface HeavyPage {
  readonly name: string;
  readonly head?: string;
  readonly body: string;
  /** A bundle of tests/fixtures that draws the page. */
  readonly script?: string;
  stir(): Promise<void>;
}

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

const documentation: HeavyPage = {
  name: 'a documentation page',
  head: '<style>nav{position:sticky;top:0} pre{overflow:auto} .k{color:#a0a} .s{color:#080} details[open]>summary{font-weight:700}</style>',
  body:
    `<nav><ul>${many(400, (i) => `<li><a href="#s${i}">Section ${i}</a></li>`)}</ul></nav><article>` +
    many(
      400,
      (i) =>
        `<section id="s${i}"><h2>Section ${i}</h2><p>Some <em>words</em> about <code>thing${i}</code>, and <a href="/x">more</a>.</p>` +
        `<pre><code><span class="k">const</span> thing${i} = <span class="s">'${i}'</span>;\n<span class="k">return</span> thing${i};\n</code></pre>` +
        `<details><summary>More</summary><table><tbody><tr><td>a</td><td>${i}</td></tr></tbody></table></details></section>`,
    ) +
    '</article>',
  async stir() {
    for (const section of [...document.querySelectorAll('section')].slice(0, 120)) {
      section.querySelector('details')!.open = true;
      section.scrollIntoView();
      section.querySelector('h2')!.insertAdjacentHTML('beforeend', '<mark>found</mark>');
      await new Promise((done) => setTimeout(done, 2));
    }
    document.documentElement.dataset['theme'] = 'dark';
    document.querySelector('nav')!.replaceWith(document.querySelector('nav')!.cloneNode(true));
  },
};

const shop: HeavyPage = {
  name: 'a shop of 600 products in React',
  head: '<style>.grid{display:grid;grid-template-columns:repeat(auto-fill,12rem)} .card{border:1px solid}</style>',
  body: '<div id="app"></div>',
  script: 'heavy/shop.ts',
  async stir() {
    const press = async (selector: string) => {
      document.querySelector<HTMLElement>(selector)!.click();
      await new Promise((done) => setTimeout(done, 20));
    };
    for (const selector of ['#by-price', '#lamps', '.card button', '.card:nth-child(3) button', '#every'])
      await press(selector);
  },
};

const table: HeavyPage = {
  name: 'a table of 20,000 cells',
  head: '<style>td{border:1px solid} .hot{background:gold}</style>',
  body: `<table><tbody>${many(1_000, (row) => `<tr>${many(20, (cell) => `<td>${row}:${cell}</td>`)}</tr>`)}</tbody></table>`,
  async stir() {
    const body = document.querySelector('tbody')!;
    for (const cell of [...body.querySelectorAll('td')].filter((_, index) => index % 7 === 0))
      cell.classList.add('hot');
    await new Promise((done) => setTimeout(done, 20));
    body.append(...[...body.children].reverse());
    await new Promise((done) => setTimeout(done, 20));
    for (let row = 0; row < 300; row += 1) body.rows[row * 2]?.insertCell(0).append(`new ${row}`);
    body.lastElementChild?.remove();
  },
};

const charts: HeavyPage = {
  name: 'charts in SVG and on a canvas',
  body:
    `<svg viewBox="0 0 1000 400"><defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>` +
    `<g id="bars">${many(2_000, (i) => `<rect x="${i / 2}" y="${i % 400}" width="0.4" height="9" fill="url(#g)"/>`)}</g>` +
    `<g id="axis">${many(200, (i) => `<text x="${i * 5}" y="390">${i}</text>`)}</g><path id="line"/></svg>` +
    '<canvas width="600" height="200"></canvas>',
  async stir() {
    const context = document.querySelector('canvas')!.getContext('2d')!;
    const bars = [...document.querySelectorAll('#bars rect')];
    for (let frame = 0; frame < 40; frame += 1) {
      bars.forEach((bar, index) => {
        if (index % 4 === frame % 4) bar.setAttribute('height', String((index * frame) % 200));
      });
      const points = Array.from({ length: 500 }, (_, x) => `${x * 2} ${(x * frame) % 400}`);
      document.querySelector('#line')!.setAttribute('d', `M${points.join('L')}`);
      context.fillRect(frame * 15, 0, 8, frame * 4);
      await new Promise((done) => requestAnimationFrame(done));
    }
  },
};

const editor: HeavyPage = {
  name: 'an editor (ProseMirror)',
  body: '<div id="app"></div><output id="state"></output>',
  script: 'frameworks/editor.ts',
  async stir() {
    const place = document.querySelector<HTMLElement>('#editor')!;
    place.focus();
    for (let line = 0; line < 60; line += 1) {
      document.execCommand('insertText', false, `Line ${line} of a text that somebody writes.`);
      place.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }));
      await new Promise((done) => setTimeout(done, 2));
    }
  },
};

const rules: HeavyPage = {
  name: '50,000 rules of CSS',
  head: `<style id="sheet">${many(50_000, (i) => `.r${i}>b{color:#${(i % 4096).toString(16).padStart(3, '0')};margin:${i % 9}px}\n`)}</style>`,
  body: many(300, (i) => `<p class="r${i}"><b>${i}</b></p>`),
  async stir() {
    const { sheet } = document.querySelector<HTMLStyleElement>('#sheet')!;
    for (let index = 0; index < 500; index += 1) sheet!.insertRule(`.n${index}{top:${index}px}`, index);
    for (let index = 0; index < 200; index += 1) sheet!.deleteRule(index * 2);
    const adopted = new CSSStyleSheet();
    adopted.replaceSync(Array.from({ length: 5_000 }, (_, index) => `.a${index}{left:${index}px}`).join(''));
    document.adoptedStyleSheets = [adopted];
    document.querySelectorAll('p').forEach((each, index) => each.classList.add(`n${index}`));
  },
};

export const HEAVY_PAGES: readonly HeavyPage[] = [documentation, shop, table, charts, editor, rules];
