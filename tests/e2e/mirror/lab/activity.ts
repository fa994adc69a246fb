import { closedRoots } from './normalise.ts';

/** A page that does what pages do, at random but the same for the same seed. */
export interface Activity {
  /** Does `count` steps, in tasks of a few steps each. Resolves when the page has settled. */
  run(count: number): Promise<void>;
}

const SVG = 'http://www.w3.org/2000/svg';
const TAGS = ['div', 'p', 'span', 'ul', 'li', 'section', 'b', 'x-card', 'table', 'tr', 'td', 'button', 'a', 'label'];
const STEPS_PER_TASK = 12;
const MAX_ELEMENTS = 1_500;

const settle = (): Promise<void> => new Promise((next) => setTimeout(next, 0));

function holdsFrame(node: Node): boolean {
  if (node.nodeName === 'IFRAME') return true;
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  const element = node as Element;
  return [...element.childNodes, ...(shadowOf(element)?.childNodes ?? [])].some(holdsFrame);
}

const shadowOf = (element: Element): ShadowRoot | null => element.shadowRoot ?? closedRoots.get(element) ?? null;

/** The same steps for the same seed and the same page. */
export function createActivity(seed: number, root: HTMLElement): Activity {
  let state = seed >>> 0 || 1;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (max: number): number => Math.floor(random() * max);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  /** None of them is a word for a secret. */
  const word = (): string =>
    String(Math.floor(random() * 1e5)).replaceAll(/\d/g, (digit) => 'bdfghklmst'[Number(digit)]!);

  const rootsOf = (): (Document | ShadowRoot)[] => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (let i = 0; i < roots.length; i += 1) {
      for (const element of roots[i]!.querySelectorAll('*')) {
        const shadow = shadowOf(element);
        if (shadow) roots.push(shadow);
        const inner = element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
        if (inner?.body) roots.push(inner);
      }
    }
    return roots;
  };
  /** Any container: in the page, in a shadow root, in a frame. */
  const containers = (): Element[] =>
    rootsOf().flatMap((at) => {
      if (at === document) return [root, ...root.querySelectorAll('div,section,ul,p,x-card,dialog,td')];
      const inner = at.nodeType === 9 ? (at as Document).body : null;
      return [...(inner ? [inner] : []), ...at.querySelectorAll('div,section,ul,p,td')];
    });
  const parent = (): Element => pick(containers());
  const any = (selector: string): Element | null => {
    const all = rootsOf()
      .flatMap((at) => [...(at === document ? root : at).querySelectorAll(selector)])
      .filter((element) => !/^(?:html|head|body)$/.test(element.localName));
    return all.length === 0 ? null : pick(all);
  };
  const spot = (within: Element): Node | null =>
    within.childNodes.length === 0 || random() < 0.4 ? null : pick([...within.childNodes]);
  const make = (within: Element, depth = 0): Element => {
    const element = within.ownerDocument.createElement(pick(TAGS));
    if (random() < 0.5) element.className = `c${below(20)}`;
    if (random() < 0.3) element.setAttribute(`data-${word()}`, word());
    if (random() < 0.7) element.append(word());
    while (depth < 3 && random() < 0.45) element.append(make(within, depth + 1), word());
    return element;
  };

  /** A frame that moves loads anew; what its page did meanwhile would be lost on both sides. */
  const canMove = (node: Node): boolean => !holdsFrame(node);

  const steps: readonly (() => void)[] = [
    () => {
      const within = parent();
      within.insertBefore(make(within), spot(within));
    },
    () => {
      const within = parent();
      within.insertBefore(within.ownerDocument.createTextNode(word()), spot(within));
    },
    () => any('*')?.remove(),
    () => {
      const within = parent();
      const moved = any('li,b,span,tr,button');
      if (moved && !moved.contains(within) && canMove(moved)) {
        within.insertBefore(moved, spot(within));
      }
    },
    () => {
      const within = parent();
      const children = [...within.childNodes].filter(canMove);
      within.append(...children.sort(() => random() - 0.5));
    },
    () => any('*')?.setAttribute(pick(['title', 'data-a', 'aria-label', 'class', 'id', 'lang', 'hidden']), word()),
    () => any('*')?.removeAttribute(pick(['title', 'data-a', 'class', 'hidden'])),
    () =>
      (any('div,p,span') as HTMLElement | null)?.style.setProperty(
        pick(['color', 'width', '--v']),
        pick(['red', '3px']),
      ),
    () => (any('div,p,span') as HTMLElement | null)?.style.removeProperty(pick(['color', 'width'])),
    () => any('div,p,span')?.setAttribute('style', `margin:${below(9)}px;color:blue`),
    () => {
      const text = any('p,span,b')?.firstChild;
      if (text?.nodeType === 3) text.nodeValue = word();
    },
    () => {
      const within = parent();
      if (within.children.length < 6) within.innerHTML = `<div class="i">${word()}<p>x</p></div><span>${word()}</span>`;
    },
    () => {
      const within = parent();
      const type = pick(['text', 'checkbox', 'radio', 'number', 'password', 'search']);
      const input = within.ownerDocument.createElement('input');
      input.type = type;
      within.append(input);
    },
    () => {
      const input = any('input') as HTMLInputElement | null;
      if (!input) return;
      if (input.type === 'checkbox' || input.type === 'radio') input.checked = random() < 0.5;
      else input.value = input.type === 'number' ? String(below(99)) : word();
    },
    () => {
      const within = parent();
      const area = within.ownerDocument.createElement('textarea');
      area.value = word();
      within.append(area);
    },
    () => {
      const area = any('textarea') as HTMLTextAreaElement | null;
      if (area) area.value = word();
    },
    () => {
      const within = parent();
      const select = within.ownerDocument.createElement('select');
      select.innerHTML =
        '<option value="1">a</option><optgroup label="o"><option value="2">b</option></optgroup><option>c</option>';
      select.multiple = random() < 0.3;
      within.append(select);
    },
    () => {
      const select = any('select[multiple]') as HTMLSelectElement | null;
      for (const option of select?.options ?? []) option.selected = random() < 0.5;
    },
    () => {
      const select = any('select') as HTMLSelectElement | null;
      if (select && select.options.length > 0) select.selectedIndex = below(select.options.length);
    },
    () => {
      const within = parent();
      const dialog = within.ownerDocument.createElement('dialog');
      dialog.append(word());
      within.append(dialog);
      if (random() < 0.3) dialog.showModal();
    },
    () => {
      const dialog = any('dialog') as HTMLDialogElement | null;
      if (dialog?.open) dialog.close();
      else if (dialog?.isConnected) dialog.show();
    },
    () => {
      const within = parent();
      const layer = within.ownerDocument.createElement('div');
      layer.popover = 'manual';
      layer.append(word());
      within.append(layer);
    },
    () => {
      const layer = any('[popover]') as HTMLElement | null;
      if (layer?.checkVisibility() === false && !layer.matches(':popover-open')) layer.showPopover();
      else if (layer?.matches(':popover-open')) layer.hidePopover();
    },
    () => {
      const details = any('details') as HTMLDetailsElement | null;
      if (details) details.open = !details.open;
      else parent().append(Object.assign(document.createElement('details'), { innerHTML: '<summary>s</summary>t' }));
    },
    () => {
      const host = any('div,section,x-card');
      // What a frame has made attaches roots by the frame's own means; closed ones are not seen there (docs/site-owners.md).
      if (!(host instanceof Element) || shadowOf(host) || host.ownerDocument !== document) return;
      const shadow = host.attachShadow({ mode: random() < 0.4 ? 'closed' : 'open' });
      if (shadow.mode === 'closed') closedRoots.set(host, shadow);
      shadow.innerHTML = `<style>p{color:green}</style><p>${word()}</p><div><slot></slot></div>`;
    },
    () => {
      const host = any('x-card,div,section');
      const shadow = host && shadowOf(host);
      if (!shadow) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`div{margin:${below(9)}px}`);
      shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets.slice(-2), sheet];
    },
    () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.c${below(20)}{padding:${below(9)}px}`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets.slice(-3), sheet];
    },
    () => {
      if (random() < 0.3) document.adoptedStyleSheets = [];
      else if (random() < 0.5) document.adoptedStyleSheets.pop();
      else {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`.c${below(20)}{margin:${below(9)}px}`);
        document.adoptedStyleSheets.push(sheet);
      }
    },
    () => document.adoptedStyleSheets.at(-1)?.insertRule(`.c${below(20)}{border:${below(4)}px solid}`),
    () => {
      const style = document.createElement('style');
      style.textContent = `.c${below(20)}{color:rgb(${below(255)},0,0)} .c1:hover{top:${below(5)}px}`;
      pick([document.head, root]).append(style);
    },
    () => {
      const style = pick([...document.querySelectorAll('style')]);
      if (style?.sheet)
        style.sheet.insertRule(`.c${below(20)}{left:${below(9)}px}`, below(style.sheet.cssRules.length + 1));
    },
    () => {
      const sheet = pick([...document.querySelectorAll('style')])?.sheet;
      if (sheet && sheet.cssRules.length > 1) sheet.deleteRule(below(sheet.cssRules.length));
    },
    () => {
      const sheet = pick([...document.querySelectorAll('style')])?.sheet;
      const rule = sheet?.cssRules[0];
      if (rule && 'style' in rule) (rule.style as CSSStyleDeclaration).setProperty('margin-left', `${below(9)}px`);
    },
    () => {
      const style = pick([...document.querySelectorAll('style')]);
      if (style?.firstChild) style.firstChild.nodeValue = `.c2{order:${below(99_999)}}`;
    },
    () => {
      const style = pick([...document.querySelectorAll('style')]);
      if (style) style.disabled = !style.disabled;
    },
    () => {
      const within = parent();
      const svg = within.ownerDocument.createElementNS(SVG, 'svg');
      svg.setAttribute('viewBox', '0 0 10 10');
      svg.innerHTML = '<defs><linearGradient id="g"/></defs><path d="M0 0L5 5" fill="url(#g)"/><text>t</text>';
      within.append(svg);
    },
    () => any('path')?.setAttribute('d', `M0 0L${below(9)} ${below(9)}`),
    () => {
      if (document.querySelectorAll('iframe').length >= 4) return;
      const frame = document.createElement('iframe');
      if (random() < 0.5) frame.srcdoc = `<p>${word()}</p><div>${word()}</div>`;
      (containers().find((at) => at.ownerDocument === document && random() < 0.3) ?? root).append(frame);
      const inner = frame.contentDocument;
      if (inner && frame.srcdoc === '') inner.body.innerHTML = `<div>${word()}</div><p>${word()}</p>`;
    },
    () => {
      // A frame that moves loads anew.
      const frame = root.querySelector('iframe');
      if (frame) root.insertBefore(frame, spot(root));
    },
    () => {
      const frames = [...document.querySelectorAll('iframe')].filter(({ srcdoc }) => srcdoc !== '');
      if (frames.length > 0) pick(frames).srcdoc = `<p>${word()}</p>`;
    },
    () => {
      const inner = pick([...document.querySelectorAll('iframe')])?.contentDocument;
      if (!inner) return;
      inner.open();
      inner.write(`<p>${word()}</p>`);
      inner.close();
    },
    () => {
      const fragment = document.createDocumentFragment();
      for (let i = 0; i < 5; i += 1) fragment.append(make(root));
      root.insertBefore(fragment, spot(root));
    },
    () => {
      const table = document.createElement('table');
      table.innerHTML = '<tbody><tr><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></tbody>';
      root.append(table);
    },
    () => {
      const body = any('tbody');
      if (body) body.append(...[...body.children].filter(canMove).reverse());
    },
    () => {
      const element = any('div,section');
      if (element && element !== root) element.replaceWith(make(element));
    },
  ];

  return {
    async run(count) {
      for (let done = 0; done < count; done += STEPS_PER_TASK) {
        for (let i = 0; i < STEPS_PER_TASK; i += 1) {
          const step = pick(steps);
          try {
            step();
          } catch (error) {
            if (!(error instanceof DOMException)) throw error; // a move that makes a circle, a rule out of range
          }
        }
        while (root.querySelectorAll('*').length > MAX_ELEMENTS) root.lastElementChild?.remove();
        await settle();
      }
      await new Promise((next) => setTimeout(next, 50));
    },
  };
}
