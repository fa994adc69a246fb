import { eachDocument } from './reachable-documents.ts';

/** A script that reads through all rules of a page changes none of them. */
const MAX_AT_ONCE = 100;

interface Before {
  readonly text: string;
  readonly names: readonly string[];
}

/**
 * Lets the recorder see styles of rules that a page sets as properties (`rule.style.color = 'red'`), of which nothing
 * tells: what a task has changed is set once more by the methods that the recorder listens to. Returns what ends it.
 */
export function watchRuleStyles(document: Document): () => void {
  const over = new AbortController();
  const given = new Map<CSSStyleDeclaration, Before>();
  const look = () => {
    for (const [style, { text, names }] of given) if (style.cssText !== text) setAgain(style, names);
    given.clear();
  };
  const note = (style: CSSStyleDeclaration) => {
    if (given.size >= MAX_AT_ONCE || given.has(style)) return;
    if (given.size === 0) queueMicrotask(look);
    given.set(style, { text: style.cssText, names: [...style] });
  };
  eachDocument(document, ({ defaultView: view }) => noteStyles(view, note, over.signal), over.signal);
  return () => over.abort();
}

function noteStyles(view: Window | null, note: (style: CSSStyleDeclaration) => void, signal: AbortSignal): void {
  const prototype = (view as (Window & typeof globalThis) | null)?.CSSStyleRule.prototype;
  const native = prototype && Object.getOwnPropertyDescriptor(prototype, 'style');
  const { get, set } = native ?? {};
  if (prototype === undefined || native === undefined || get === undefined) return;
  const noted = {
    ...native,
    get(this: CSSStyleRule): unknown {
      const style = Reflect.apply(get, this, []) as CSSStyleDeclaration; // the browser's own getter
      note(style);
      return style;
    },
    set(this: CSSStyleRule, text: unknown): void {
      note(Reflect.apply(get, this, []) as CSSStyleDeclaration);
      if (set !== undefined) Reflect.apply(set, this, [text]);
    },
  };
  Reflect.defineProperty(prototype, 'style', noted);
  signal.addEventListener('abort', () => {
    if (Object.getOwnPropertyDescriptor(prototype, 'style')?.get === noted.get)
      Reflect.defineProperty(prototype, 'style', native);
  });
}

/** `before`: names of the properties that it had. */
function setAgain(style: CSSStyleDeclaration, before: readonly string[]): void {
  const names = [...style];
  for (const name of before) if (!names.includes(name)) style.removeProperty(name);
  for (const name of names) {
    // Parts of a shorthand that is made of variables have none; setting that would end it.
    const value = style.getPropertyValue(name);
    if (value !== '') style.setProperty(name, value, style.getPropertyPriority(name));
  }
}
