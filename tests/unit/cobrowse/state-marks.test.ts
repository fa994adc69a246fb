import { describe, expect, test } from 'vitest';
import { matchStateMarks } from '../../../lib/cobrowse/state-marks.ts';

describe('rules for what has the focus, or is named by the address', () => {
  test.each([
    ['a:focus{}', 'a:is(:focus,[data-alongside-focus]){}'],
    ['a:focus-visible,b{}', 'a:is(:focus-visible,[data-alongside-focus-visible]),b{}'],
    ['nav:focus-within>ul{}', 'nav:is(:focus-within,[data-alongside-focus-within])>ul{}'],
    ['a:not(:focus):hover{}', 'a:not(:is(:focus,[data-alongside-focus])):hover{}'],
    ['h2:target::before{}', 'h2:is(:target,[data-alongside-layer="target"])::before{}'],
    ['.x\\:focus:focus{}', '.x\\:focus:is(:focus,[data-alongside-focus]){}'],
  ])('%s matches the marks, too', (css, marked) => {
    expect(matchStateMarks(css)).toBe(marked);
  });

  test.each([
    '.focus{}',
    '.dark\\:focus\\:ring{}',
    'a::focus-thing{}',
    'a:focused{}',
    'a:focus_{}',
    'a::target-text{}',
    'a:target-within{}',
    '--x:focus-withins;',
  ])('%s is none, and stays as it is', (css) => {
    expect(matchStateMarks(css)).toBe(css);
  });
});
