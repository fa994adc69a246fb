/**
 * A host element that stays on top of a page that is not ours: above later dialogs, popovers and fullscreen elements,
 * whatever the page's styles and content policy say.
 */

export interface LayerOptions {
  readonly document: Document;
  /** Style rules of the shadow tree. */
  readonly css: string;
  /**
   * `through`: presses go to the page. `press`: its contents take presses, so while a modal dialog or a fullscreen element
   * makes everything else inert, the host moves into that.
   */
  readonly pointer: 'through' | 'press';
  readonly signal: AbortSignal;
}

export interface Layer {
  /** Closed: the page can't look or reach in. */
  readonly root: ShadowRoot;
  /** On top of everything, now. */
  raise(): void;
}

/** Set as important inline properties, which no style sheet of the page can beat. */
const HOST_STYLE: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  inset: '0',
  width: '100vw',
  height: '100vh',
  margin: '0',
  padding: '0',
  border: '0',
  outline: '0',
  background: 'transparent',
  overflow: 'hidden',
  'pointer-events': 'none',
  'user-select': 'none',
  'z-index': '2147483647',
  'color-scheme': 'normal',
};

/** A page that throws us out again and again wins: this often is enough to survive a framework's first rendering. */
const MAX_RETURNS = 20;

export function createLayer({ document, css, pointer, signal }: LayerOptions): Layer {
  const host = htmlElement(document, 'div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new (document.defaultView ?? globalThis).CSSStyleSheet();
  sheet.replaceSync(`:host::backdrop{display:none!important}${css}`);
  root.adoptedStyleSheets = [sheet];
  const holders = createHolders(document);
  let returns = 0;

  const home = (): Element => (pointer === 'press' ? holders.top() : undefined) ?? document.documentElement;
  const raise = () => {
    // A document that is being written anew has no root for a moment; its coming back is noticed below.
    if (signal.aborted || document.documentElement === null) return;
    const parent = home();
    dress(host, pointer, parent);
    if (host.parentNode !== parent) parent.append(host);
    if (host.matches(':popover-open')) host.hidePopover();
    host.showPopover();
    watchPresence(parent);
  };

  // `toggle` does not bubble, but capturing listeners on the document see it, for dialogs and popovers alike.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (target === host || !(target instanceof Element)) return;
      // Ink and buttons would take turns on top for ever; the buttons belong there.
      if (pointer === 'through' && target.hasAttribute('data-alongside-layer')) return;
      if (isDialog(target)) holders.note(target);
      if (isDialog(target) || target.matches(':popover-open')) raise();
    },
    { capture: true, signal },
  );
  document.addEventListener(
    'fullscreenchange',
    () => {
      if (document.fullscreenElement !== null) holders.note(document.fullscreenElement);
      raise();
    },
    { capture: true, signal },
  );
  // For browsers that send no `toggle` for dialogs.
  const dialogs = new MutationObserver((records) => {
    const changed = records.map(({ target }) => target).filter(isDialog);
    for (const dialog of changed) holders.note(dialog);
    if (changed.length > 0) raise();
  });
  dialogs.observe(document, { subtree: true, attributes: true, attributeFilter: ['open'] });

  // Pages that render their whole document take us out, alone or with the dialog that we were in; some try to hide us.
  const presence = new MutationObserver((records) => {
    const wasTouched = records.some(({ target }) => target === host);
    if ((host.isConnected && !wasTouched) || returns >= MAX_RETURNS) return;
    returns += 1;
    raise();
  });
  function watchPresence(parent: Element): void {
    presence.disconnect();
    presence.observe(document, { childList: true, subtree: parent !== document.documentElement });
    if (parent === document.documentElement) presence.observe(parent, { childList: true });
    presence.observe(host, { attributes: true });
  }

  signal.addEventListener(
    'abort',
    () => {
      dialogs.disconnect();
      presence.disconnect();
      host.remove();
    },
    { once: true },
  );
  raise();
  return { root, raise };
}

function dress(host: HTMLElement, pointer: LayerOptions['pointer'], parent: Element): void {
  host.removeAttribute('hidden');
  host.removeAttribute('inert');
  // Keeps it out of recordings of the page; ours removes it by this mark too.
  host.className = 'rr-block';
  host.setAttribute('data-alongside-layer', '');
  host.setAttribute('popover', 'manual');
  if (pointer === 'through') host.setAttribute('aria-hidden', 'true');
  const wanted = htmlElement(host.ownerDocument, 'div').style;
  for (const [name, value] of Object.entries(HOST_STYLE)) wanted.setProperty(name, value, 'important');
  // A page that is zoomed by its own style would have us larger, and out of its window.
  wanted.setProperty('zoom', String(1 / (parent.currentCSSZoom || 1)), 'important');
  // Whoever watches the page sees one change, or none, and not one for each property.
  if (host.style.cssText !== wanted.cssText) host.style.cssText = wanted.cssText;
}

/** Also where the document is of another kind: a drawing, or XML. */
export const htmlElement = (document: Document, name: string): HTMLElement =>
  document.createElementNS('http://www.w3.org/1999/xhtml', name);

const isDialog = (node: unknown): node is HTMLDialogElement => node instanceof Element && node.localName === 'dialog';

/** What can show nothing inside itself. Over a fullscreen one the bar is seen, but only the toolbar can be pressed. */
const CHILDLESS = new Set([
  'video',
  'audio',
  'img',
  'canvas',
  'iframe',
  'object',
  'embed',
  'input',
  'textarea',
  'select',
]);

/**
 * Modal dialogs and fullscreen elements, which make all outside of them inert, in the order in which they came; those that
 * were there before count in document order.
 */
function createHolders(document: Document) {
  const isHolding = (element: Element) => element.isConnected && element.matches(':modal, :fullscreen');
  let list = [...document.querySelectorAll('dialog:modal, :fullscreen')];
  return {
    note(element: Element): void {
      list = [...list.filter((known) => known !== element), element].filter(isHolding);
    },
    top(): Element | undefined {
      list = list.filter(isHolding);
      const top = list.at(-1);
      return top === undefined || CHILDLESS.has(top.localName) ? undefined : top;
    },
  };
}
