import { describe, expect, test } from 'vitest';
import { matchFocusMarks } from '../../../lib/cobrowse/focus-marks.ts';

describe('rules for what has the focus', () => {
  test.each([
    ['a:focus{}', 'a:is(:focus,[data-alongside-focus]){}'],
    ['a:focus-visible,b{}', 'a:is(:focus-visible,[data-alongside-focus-visible]),b{}'],
    ['nav:focus-within>ul{}', 'nav:is(:focus-within,[data-alongside-focus-within])>ul{}'],
    ['a:not(:focus):hover{}', 'a:not(:is(:focus,[data-alongside-focus])):hover{}'],
    ['.x\\:focus:focus{}', '.x\\:focus:is(:focus,[data-alongside-focus]){}'],
  ])('%s matches the marks, too', (css, marked) => {
    expect(matchFocusMarks(css)).toBe(marked);
  });

  test.each([
    '.focus{}',
    '.dark\\:focus\\:ring{}',
    'a::focus-thing{}',
    'a:focused{}',
    'a:focus_{}',
    '--x:focus-withins;',
  ])('%s is none, and stays as it is', (css) => {
    expect(matchFocusMarks(css)).toBe(css);
  });
});
