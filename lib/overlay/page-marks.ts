import { createLayer, type Layer } from './top-layer.ts';

export interface Question {
  readonly key: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** Marks of co-browsing over a page: cursors, pulses, tints, questions, and the picking of a part. */
export interface PageMarks {
  point(name: string, element: Element, fx: number, fy: number): void;
  pulse(element: Element, text: string): void;
  ask(question: Question, answer: (yes: boolean) => void): void;
  unask(key: string): void;
  tint(elements: readonly Element[]): void;
  pickPart(text: string, onPicked: (element: Element | null) => void): void;
  cancelPick(): void;
  clear(): void;
}

const CURSOR_STAYS_MS = 3_000;
const PULSE_STAYS_MS = 8_000;

const CSS = `
  .cursor,.box,.hint{position:fixed;box-sizing:border-box;font:600 13px/1.3 system-ui,sans-serif}
  .cursor{width:14px;height:14px;margin:-3px 0 0 -3px;border-radius:2px 50% 50% 50%;background:#c2410c;border:2px solid #fff;transition:left 80ms linear,top 80ms linear}
  .cursor span,.box span{position:absolute;left:12px;top:12px;padding:1px 6px;border-radius:6px;background:#c2410c;color:#fff;white-space:nowrap}
  .box{border-radius:6px}
  .tint{background:#b91c1c29;border:1px solid #b91c1c66}
  .pulse{border:3px solid #c2410c;box-shadow:0 0 0 2px #fff;animation:p 1.1s ease-in-out infinite}
  .pick{border:3px solid #1d4ed8;background:#1d4ed822;box-shadow:0 0 0 2px #fff}
  @keyframes p{50%{opacity:.35}}
  @media (prefers-reduced-motion:reduce){.pulse{animation:none}.cursor{transition:none}}
  .hint,.ask{left:50%;top:16px;transform:translateX(-50%);padding:10px 14px;border-radius:10px;background:#1f2937;color:#fff;box-shadow:0 4px 18px #0006}
  .ask{position:fixed;pointer-events:auto;max-width:min(440px,90vw);font:14px/1.4 system-ui,sans-serif}
  .ask p{margin:0 0 10px}
  .ask div{display:flex;gap:8px;justify-content:flex-end}
  button{font:600 14px/1 system-ui,sans-serif;padding:9px 14px;border:2px solid #fff6;border-radius:8px;background:transparent;color:#fff;cursor:pointer}
  button:focus-visible{outline:3px solid #fbbf24;outline-offset:2px}
  button.yes{background:#c2410c;border-color:#c2410c}
`;

/** Costs nothing, and leaves nothing in the page, while nothing is marked. */
export function createPageMarks(document: Document): PageMarks {
  const view = document.defaultView ?? window;
  let layer: { readonly through: Layer; readonly over: AbortController } | null = null;
  let asks: { readonly layer: Layer; readonly over: AbortController } | null = null;
  let picking: AbortController | null = null;
  const marks = new Map<HTMLElement, { place(): void; readonly timer: ReturnType<typeof setTimeout> | undefined }>();
  const questions = new Map<string, HTMLElement>();

  const create = (className: string, text = ''): HTMLElement => {
    const element = document.createElement('div');
    element.className = className;
    if (text !== '') element.append(Object.assign(document.createElement('span'), { textContent: text }));
    return element;
  };
  const follow = () => {
    for (const { place } of marks.values()) place();
  };
  const root = (): ShadowRoot => {
    if (layer === null) {
      const over = new AbortController();
      layer = { over, through: createLayer({ document, css: CSS, pointer: 'through', signal: over.signal }) };
      for (const type of ['scroll', 'resize'])
        view.addEventListener(type, follow, { capture: true, passive: true, signal: over.signal });
    }
    return layer.through.root;
  };
  const add = (element: HTMLElement, place: () => void, staysMs?: number) => {
    const timer = staysMs === undefined ? undefined : setTimeout(() => remove(element), staysMs);
    marks.set(element, { place, timer });
    root().append(element);
    place();
  };
  const remove = (element: HTMLElement) => {
    clearTimeout(marks.get(element)?.timer);
    marks.delete(element);
    element.remove();
    if (marks.size > 0) return;
    layer?.over.abort();
    layer = null;
  };
  const frame = (mark: HTMLElement, target: Element) => () => {
    const box = topBox(target);
    Object.assign(mark.style, {
      left: `${box.x}px`,
      top: `${box.y}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
  };

  let cursor: { readonly mark: HTMLElement; readonly name: string } | null = null;
  let tints: HTMLElement[] = [];

  const unask = (key: string) => {
    questions.get(key)?.remove();
    questions.delete(key);
    if (questions.size > 0) return;
    asks?.over.abort();
    asks = null;
  };
  const cancelPick = () => {
    picking?.abort();
    picking = null;
  };

  return {
    cancelPick,
    unask,
    point(name, element, fx, fy) {
      if (cursor !== null) remove(cursor.mark);
      const mark = create('cursor', name);
      cursor = { mark, name };
      add(
        mark,
        () => {
          const box = topBox(element);
          Object.assign(mark.style, { left: `${box.x + box.width * fx}px`, top: `${box.y + box.height * fy}px` });
        },
        CURSOR_STAYS_MS,
      );
    },
    pulse(element, text) {
      const mark = create('box pulse', text);
      element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      add(mark, frame(mark, element), PULSE_STAYS_MS);
      element.addEventListener('click', ({ isTrusted }) => isTrusted && remove(mark), { once: true, capture: true });
    },
    tint(elements) {
      for (const mark of tints) remove(mark);
      tints = elements.map((element) => {
        const mark = create('box tint');
        add(mark, frame(mark, element));
        return mark;
      });
    },
    ask({ key, text, yes, no }, answer) {
      if (asks === null) {
        const over = new AbortController();
        asks = { over, layer: createLayer({ document, css: CSS, pointer: 'press', signal: over.signal }) };
      }
      const box = create('ask');
      box.setAttribute('role', 'alertdialog');
      box.setAttribute('aria-label', text);
      const button = (label: string, className: string, value: boolean) => {
        const made = Object.assign(document.createElement('button'), { type: 'button', textContent: label, className });
        // A page can press all that it can find; only a hand makes a trusted click.
        made.addEventListener('click', ({ isTrusted }) => {
          if (!isTrusted) return;
          unask(key);
          answer(value);
        });
        return made;
      };
      const buttons = document.createElement('div');
      buttons.append(button(no, 'no', false), button(yes, 'yes', true));
      box.append(Object.assign(document.createElement('p'), { textContent: text }), buttons);
      questions.get(key)?.remove();
      questions.set(key, box);
      asks.layer.root.append(box);
      asks.layer.raise();
    },
    pickPart(text, onPicked) {
      cancelPick();
      const over = new AbortController();
      picking = over;
      const hint = Object.assign(create('hint'), { textContent: text });
      add(hint, () => undefined);
      let outlined: { readonly mark: HTMLElement; readonly element: Element } | null = null;
      const end = (element: Element | null) => {
        cancelPick();
        onPicked(element);
      };
      const options = { capture: true, signal: over.signal };
      view.addEventListener('pointerover', (event) => outline(targetOf(event)), options);
      view.addEventListener('click', (event) => choose(event), options);
      for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup'] as const) {
        view.addEventListener(type, (event) => event.isTrusted && swallow(event), options);
      }
      view.addEventListener(
        'keydown',
        (event) => {
          if (!event.isTrusted || event.key !== 'Escape') return;
          swallow(event);
          end(null);
        },
        options,
      );
      over.signal.addEventListener('abort', () => {
        remove(hint);
        if (outlined !== null) remove(outlined.mark);
      });
      const outline = (element: Element | null) => {
        if (element === null || element === outlined?.element) return;
        if (outlined !== null) remove(outlined.mark);
        const mark = create('box pick');
        outlined = { mark, element };
        add(mark, frame(mark, element));
      };
      const choose = (event: MouseEvent) => {
        const element = targetOf(event);
        if (!event.isTrusted || element === null) return;
        swallow(event);
        end(element);
      };
    },
    clear() {
      cancelPick();
      for (const key of [...questions.keys()]) unask(key);
      for (const mark of [...marks.keys()]) remove(mark);
      tints = [];
      cursor = null;
    },
  };
}

const swallow = (event: Event): void => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** What is under the pointer, through open shadow roots; our own layers and the whole page are no part of it. */
function targetOf(event: Event): Element | null {
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || target.closest('[data-alongside-layer]') !== null) return null;
  return target === target.ownerDocument.documentElement || target === target.ownerDocument.body ? null : target;
}

/** An element's box in the top frame that can be reached. */
function topBox(element: Element): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = element.getBoundingClientRect();
  let left = x;
  let top = y;
  for (let at: Element = element; ;) {
    const frame = frameOf(at.ownerDocument);
    if (frame === null) return { x: left, y: top, width, height };
    const outer = frame.getBoundingClientRect();
    left += outer.x + frame.clientLeft;
    top += outer.y + frame.clientTop;
    at = frame;
  }
}

function frameOf(document: Document): Element | null {
  try {
    return document.defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}
