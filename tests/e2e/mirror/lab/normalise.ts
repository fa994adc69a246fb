/**
 * A document as a plain tree that can be compared: the same for a page and for its mirror when they show the same. What
 * the mirror leaves out on purpose (scripts, comments, addresses) is left out on both sides.
 */
export type Normalised =
  | string
  | {
      readonly tag: string;
      readonly attributes: Record<string, string>;
      readonly children: Normalised[];
      readonly shadow?: Normalised[];
      readonly content?: Normalised | null;
      readonly state?: Record<string, unknown>;
    };

const GONE = /^(?:title|script|noscript|base|template|source|track|alongside-inert)$/;
const LEFT_OUT =
  /^(?:on|data-|aria-label$|rr_|rrweb)|^(?:title|translate|src|srcset|href|xlink:href|action|formaction|srcdoc|rel|target|nonce|integrity|crossorigin|autocomplete|autofocus|tabindex|content|charset|http-equiv|loading|sizes|poster|background|xmlns|name|form|popovertarget|method|enctype|frameborder|data|media|type|_csstext|value|checked|selected|open|popover)$/i;

/** Closed shadow roots of this page by their hosts: nobody but their maker can tell. */
export const closedRoots = new WeakMap<Element, ShadowRoot>();

export function normaliseDocument(document: Document, side: 'page' | 'mirror'): Normalised {
  return normaliseElement(document.documentElement, side);
}

/** A short name for a tree: the same for equal ones. */
export async function digestOf(tree: Normalised | null): Promise<string> {
  const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
  const text = JSON.stringify(tree, (_, value: unknown) =>
    isRecord(value) && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value,
  );
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return bytes.join(' ');
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

function normaliseElement(element: Element, side: 'page' | 'mirror'): Normalised {
  const attributes: Record<string, string> = {};
  for (const { name, value } of element.attributes) {
    if (LEFT_OUT.test(name)) continue;
    attributes[name.toLowerCase()] = name === 'style' ? styleOf(element) : name === 'class' ? classesOf(value) : value;
  }
  if (attributes.class === '') delete attributes.class;
  if (attributes.style === '') delete attributes.style;
  const tag =
    element.localName.toLowerCase() === 'link' && isStyleSheet(element) ? 'style' : element.localName.toLowerCase();
  // A frame in the mirror, with our own words in it.
  const isFile = /^(?:embed|object)$/.test(tag) || element.hasAttribute('data-alongside-file');
  const root = element.shadowRoot ?? closedRoots.get(element) ?? null;
  const children = tag === 'style' ? [rulesOf(element)] : tag === 'textarea' || isFile ? [] : childrenOf(element, side);
  return {
    tag: isFile ? 'iframe' : tag,
    attributes: tag === 'style' ? {} : attributes,
    children,
    ...(root !== null && { shadow: [...childrenOf(root, side), adopted(root)] }),
    ...(element.localName === 'iframe' && !isFile && { content: contentOf(element as HTMLIFrameElement, side) }),
    ...(stateOf(element) && { state: stateOf(element)! }),
    ...(tag === 'html' && { state: { sheets: adopted(element.ownerDocument) } }),
  };
}

const isStyleSheet = (element: Element): boolean =>
  (element.getAttribute('rel') ?? '').includes('stylesheet') && (element as HTMLLinkElement).sheet !== null;

const classesOf = (value: string): string =>
  value
    .split(/\s+/)
    .filter((name) => name !== '' && name !== ':hover' && !name.startsWith('rrweb'))
    .join(' ');

const styleOf = (element: Element): string => ('style' in element ? cssText((element as HTMLElement).style) : '');

/** Properties in order of name: browsers keep an order that depends on how a declaration came about. */
const cssText = (style: CSSStyleDeclaration): string =>
  [...style]
    .map((property) => `${property}:${style.getPropertyValue(property)}${style.getPropertyPriority(property)}`)
    .map((line) => line.replace(/url\([^)]*\)|var\(--alongside[^)]*\)/g, 'none'))
    .sort()
    .join(';');

function contentOf(frame: HTMLIFrameElement, side: 'page' | 'mirror'): Normalised | null {
  const inner = frame.contentDocument;
  return inner?.documentElement ? normaliseDocument(inner, side) : null;
}

function childrenOf(parent: ParentNode & Node, side: 'page' | 'mirror'): Normalised[] {
  const children: Normalised[] = [];
  for (const child of parent.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      const text = child.nodeValue ?? '';
      const last = children.at(-1);
      if (text === '') continue;
      if (typeof last === 'string') children[children.length - 1] = last + text;
      else children.push(text);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const element = child as Element;
      if (isLeftOut(element)) continue;
      children.push(normaliseElement(element, side));
    }
  }
  // The recorder drops white space in the head.
  return parent.nodeName === 'HEAD' || parent.nodeName === 'HTML'
    ? children.filter((child) => typeof child !== 'string' || child.trim() !== '')
    : children;
}

function isLeftOut(element: Element): boolean {
  const tag = element.localName.toLowerCase();
  if (GONE.test(tag) || tag === 'meta' || (tag === 'link' && !isStyleSheet(element))) return true;
  if (element.hasAttribute('data-alongside-assets') || element.hasAttribute('data-alongside-shown')) return true;
  // rrweb's own rules for a mirror.
  return tag === 'style' && rulesOf(element).includes('alongside-inert');
}

function rulesOf(style: Element): string {
  const { sheet } = style as HTMLStyleElement;
  if (sheet === null) return '';
  return sheet.disabled ? 'off' : sheetText(sheet);
}

function sheetText(sheet: CSSStyleSheet): string {
  return [...sheet.cssRules].map(ruleText).join('\n');
}

function ruleText(rule: CSSRule): string {
  const inner = 'cssRules' in rule ? [...(rule as CSSGroupingRule).cssRules].map(ruleText).join('\n') : '';
  const style = 'style' in rule ? cssText(rule.style as CSSStyleDeclaration) : '';
  // The replayer adds a class beside each :hover, and the sanitiser a mark beside each :focus.
  const head = rule.cssText
    .slice(0, rule.cssText.indexOf('{'))
    .replace(/:is\((:(?:focus[\w-]*|target)), \[data-alongside-[^\]]+\]\)/g, '$1')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !part.includes('.\\:hover'))
    .join(', ');
  return `${head}{${style}${inner}}`;
}

const adopted = (root: Document | ShadowRoot): string => root.adoptedStyleSheets.map(sheetText).join('\n---\n');

function stateOf(element: Element): Record<string, unknown> | null {
  const tag = element.localName;
  if (tag === 'input') {
    const { value, checked, type } = element as HTMLInputElement;
    if (/^(?:file|hidden|password|x-password)$/.test(element.getAttribute('type') ?? type)) return null;
    return /^(?:checkbox|radio|submit|button|reset)$/.test(type) ? { checked } : { value };
  }
  if (tag === 'textarea') return { value: (element as HTMLTextAreaElement).value };
  // Options have other values in the mirror.
  if (tag === 'select') {
    const { multiple, options, selectedIndex } = element as HTMLSelectElement;
    return { chosen: multiple ? [...options].map(({ selected }) => selected) : selectedIndex };
  }
  if (tag === 'dialog') {
    const dialog = element as HTMLDialogElement;
    return { open: dialog.open, modal: dialog.open && dialog.matches(':modal') };
  }
  if (element.hasAttribute('popover')) return { shown: element.matches(':popover-open') };
  if (tag === 'details') return { open: (element as HTMLDetailsElement).open };
  return null;
}
