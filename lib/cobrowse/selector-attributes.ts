import { isTelling } from './masking-text.ts';

/**
 * What the page's own style sheets ask of attributes. What stands in them is in the open already: an attribute may leave
 * as far as it matches them, and no further.
 */
export interface SelectorAttributes {
  /** `css`: a sheet, or any part of one. */
  note(css: string): void;
  /** A value that matches what the attribute's value matches now; null when nothing asks for it. `name` in lower case. */
  valueOf(name: string, value: string): string | null;
  /** Names of which something new is asked; asking forgets them. */
  takeNews(): ReadonlySet<string>;
}

interface Asked {
  /** Values that are asked for as a whole. */
  readonly whole: Set<string>;
  /** `^=`, `~=` and their like: the operator's sign with the value. */
  readonly parts: Set<string>;
  isAlone: boolean;
}

/** A page's style sheets name a few hundred states; more would only be a way to fill memory. */
const MAX_ASKED = 20_000;
const SELECTOR = /\[\s*([a-z][\w-]*)\s*(?:([~|^$*]?)=\s*(?:"([^"\\]*)"|'([^'\\]*)'|([\w-]+))\s*[is]?\s*)?\]/gi;

export function createSelectorAttributes(): SelectorAttributes {
  const asked = new Map<string, Asked>();
  let count = 0;
  let news = new Set<string>();

  const add = (name: string, sign: string | undefined, value: string) => {
    const known = asked.get(name) ?? { whole: new Set(), parts: new Set(), isAlone: false };
    const size = known.whole.size + known.parts.size + Number(known.isAlone);
    if (sign === undefined) known.isAlone = true;
    else if (sign === '') known.whole.add(value);
    else if (value !== '') known.parts.add(sign + value);
    if (known.whole.size + known.parts.size + Number(known.isAlone) === size) return;
    asked.set(name, known);
    news.add(name);
    count += 1;
  };

  return {
    note(css) {
      if (!css.includes('[')) return;
      for (const [, name = '', sign, a, b, c] of css.matchAll(SELECTOR)) {
        const value = a ?? b ?? c ?? '';
        if (count < MAX_ASKED && !isTelling(value)) add(name.toLowerCase(), sign, value);
      }
    },
    valueOf(name, value) {
      const known = asked.get(name);
      if (known === undefined) return null;
      if (known.whole.has(value)) return value;
      const matched = [...known.parts].filter((part) => matches(part, value));
      if (matched.length > 0)
        return matched
          .sort(byPlace)
          .map((part) => part.slice(1))
          .join(' ');
      return known.isAlone || value === '' ? '' : null;
    },
    takeNews() {
      const taken = news;
      news = new Set();
      return taken;
    },
  };
}

function matches(part: string, value: string): boolean {
  const wanted = part.slice(1);
  switch (part[0]) {
    case '^':
      return value.startsWith(wanted);
    case '$':
      return value.endsWith(wanted);
    case '*':
      return value.includes(wanted);
    case '~':
      return value.split(/\s+/).includes(wanted);
    default:
      return value === wanted || value.startsWith(`${wanted}-`);
  }
}

/** What a value begins with comes first, and what it ends with last. */
const PLACES = '|^~*$';
const byPlace = (a: string, b: string): number => PLACES.indexOf(a[0] ?? '') - PLACES.indexOf(b[0] ?? '');
