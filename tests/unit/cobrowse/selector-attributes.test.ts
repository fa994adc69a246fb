import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSelectorAttributes } from '../../../lib/cobrowse/selector-attributes.ts';

const noted = (css: string) => {
  const selectors = createSelectorAttributes();
  selectors.note(css);
  return selectors;
};

describe('what style sheets ask of attributes', () => {
  test.each([
    ['[size=lg]{}', 'size', 'lg', 'lg'],
    ['[size="l g"]{}', 'size', 'l g', 'l g'],
    [`[ SIZE = 'lg' i ]{}`, 'size', 'lg', 'lg'],
    ['[size=lg]{}', 'size', 'sm', null],
    ['[size=lg]{}', 'other', 'lg', null],
    ['[size=""]{}', 'size', '', ''],
    [':host([open]) .a{}', 'open', '', ''],
    ['[open]{}', 'open', 'Ann', ''],
    ['[size=lg]{}', 'size', '', ''],
    ['[kind^=icon]{}', 'kind', 'icon-of-Ann', 'icon'],
    ['[kind$=end]{}', 'kind', 'Ann-end', 'end'],
    ['[kind*=mid]{}', 'kind', 'Ann-mid-Ann', 'mid'],
    ['[kind~=two]{}', 'kind', 'Ann two', 'two'],
    ['[kind|=en]{}', 'kind', 'en-Ann', 'en'],
    ['[kind|=en]{}', 'kind', 'english', null],
    ['[kind$=end],[kind~=two],[kind^=be]{}', 'kind', 'begin two end', 'be two end'],
    ['[kind^=""],[kind*=""]{}', 'kind', 'Ann', null],
    // What is masked in the style sheet itself is not in the open.
    ['[token="9f8e7d6c5b4a39281706f5e4d3c2b1a0"]{}', 'token', '9f8e7d6c5b4a39281706f5e4d3c2b1a0', null],
  ])('%s lets %s="%s" out as %j', (css, name, value, out) => {
    expect(noted(css).valueOf(name, value)).toBe(out);
  });

  test('nothing leaves that does not stand in the style sheet', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const sign = fc.constantFrom('', '^', '$', '*', '~', '|');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(sign, word), { maxLength: 5 }),
        fc.array(word, { maxLength: 4 }),
        (asked, words) => {
          const css = asked.map(([operator, value]) => `[a${operator}="${value}"]{}`).join('');
          const out = noted(css).valueOf('a', words.join(' '));
          const open = new Set(['', ...asked.map(([, value]) => value)]);
          for (const part of out?.split(' ') ?? []) expect(open).toContain(part);
        },
      ),
    );
  });

  test('news are names of which something new is asked', () => {
    const selectors = noted('[a=b],[c]{}');
    expect([...selectors.takeNews()]).toEqual(['a', 'c']);
    selectors.note('[a=b],[a=d],[c]{}');
    expect([...selectors.takeNews()]).toEqual(['a']);
    expect(selectors.takeNews().size).toBe(0);
  });
});
