import { createLayer, htmlElement, type Layer } from './top-layer.ts';

export type StatusButton = 'stop-sharing' | 'stop-control' | 'hide-part';

/** What the person in the page is told about it. All texts are ready to be read, in their language. */
export interface PageStatus {
  /** Name of the region. */
  readonly label: string;
  readonly direction: 'ltr' | 'rtl';
  readonly language: string;
  /** Green while somebody sees the page, orange while somebody else's hand is in it. */
  readonly tone: 'seen' | 'controlled';
  readonly text: string;
  readonly buttons: readonly {
    readonly id: StatusButton;
    /** What stands on it, and its whole name, which begins with the same words. */
    readonly text: string;
    readonly label: string;
    readonly isMain: boolean;
  }[];
}

export interface StatusBar {
  show(status: PageStatus | null): void;
  raise(): void;
}

/** The border round the page and the pill with its buttons, which a person can press even while a modal dialog is open. */
export function createStatusBar(document: Document, onPress: (button: StatusButton) => void): StatusBar {
  let over = new AbortController();
  let layer: Layer | null = null;
  let shown: { readonly status: PageStatus; readonly text: Element } | null = null;

  const build = (status: PageStatus) => {
    layer ??= createLayer({ document, css: STATUS_CSS, pointer: 'press', signal: over.signal });
    const border = element(document, 'div', { class: `border ${status.tone}`, 'aria-hidden': 'true' });
    const region = element(document, 'section', {
      class: `pill ${status.tone}`,
      'aria-label': status.label,
      dir: status.direction,
      lang: status.language,
    });
    const text = element(document, 'p', { role: 'status' }, status.text);
    const buttons = status.buttons.map(({ id, text: word, label, isMain }) => {
      const button = element(document, 'button', { type: 'button', class: isMain ? 'main' : 'other' }, word);
      if (label !== word) button.setAttribute('aria-label', label);
      button.addEventListener('click', (event) => {
        event.stopPropagation();
        // A page can press everything that it can find; only a hand makes a trusted click.
        if (event.isTrusted) onPress(id);
      });
      return button;
    });
    region.append(element(document, 'span', { class: 'dot', 'aria-hidden': 'true' }), text, ...buttons);
    // What is pressed here is no business of the page.
    for (const type of [
      'pointerdown',
      'pointerup',
      'mousedown',
      'mouseup',
      'keydown',
      'keyup',
      'keypress',
      'focusin',
    ]) {
      region.addEventListener(type, (event) => event.stopPropagation());
    }
    layer.root.replaceChildren(border, region);
    shown = { status, text };
  };

  return {
    show(status) {
      if (status === null) {
        over.abort();
        over = new AbortController();
        layer = null;
        shown = null;
      } else if (shown !== null && isSameShape(shown.status, status)) {
        // Only the words changed: the buttons stay, with the focus that one of them may have.
        shown.text.textContent = status.text;
        shown = { ...shown, status };
      } else build(status);
    },
    raise: () => layer?.raise(),
  };
}

const isSameShape = (a: PageStatus, b: PageStatus): boolean =>
  JSON.stringify({ ...a, text: '' }) === JSON.stringify({ ...b, text: '' });

function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string>>,
  text?: string,
): HTMLElement {
  const made = htmlElement(document, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

const STATUS_CSS = `
.border{position:absolute;inset:0;border:4px solid #0b8577;pointer-events:none;box-sizing:border-box}
.border.controlled{border-color:#b8530a}
.pill{position:absolute;inset-block-start:12px;inset-inline:0;margin-inline:auto;width:fit-content;
max-width:calc(100vw - 24px);box-sizing:border-box;display:flex;flex-wrap:wrap;align-items:center;justify-content:center;gap:8px;
padding:6px 8px 6px 16px;border-radius:24px;background:#101418;color:#f3f5f7;box-shadow:0 2px 6px #0006,0 12px 32px #0007;
font:500 14px/1.35 system-ui,'Segoe UI','Noto Sans','Noto Sans Arabic',sans-serif;pointer-events:auto}
.pill[dir=rtl]{padding:6px 16px 6px 8px}
.pill p{margin:0}
.dot{flex:none;width:9px;height:9px;border-radius:50%;background:#2fb8a6}
.controlled .dot{background:#f08b3c;border-radius:2px}
button{font:600 14px/1 system-ui,'Segoe UI','Noto Sans','Noto Sans Arabic',sans-serif;min-height:36px;padding:0 14px;border:0;
border-radius:18px;color:#f3f5f7;background:#2a3138;cursor:pointer}
button.main{background:#d4303e;color:#fff}
button:hover{filter:brightness(1.15)}
button:focus-visible{outline:3px solid #5ad6c6;outline-offset:2px}
@media (forced-colors:active){.pill{border:2px solid CanvasText}button{border:1px solid ButtonText}}
`;
