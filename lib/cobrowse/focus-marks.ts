/** Marks on the element of a mirror that stands for the one that has the focus, and on what it is in. */
export const FOCUS_MARK = 'data-alongside-focus';
/** The page itself shows that it has the focus. */
export const FOCUS_VISIBLE_MARK = `${FOCUS_MARK}-visible`;
export const FOCUS_WITHIN_MARK = `${FOCUS_MARK}-within`;

/** Not in a name (`.dark\:focus`), and not of a pseudo-element. */
const PSEUDO_CLASS = /(?<![\\:]):focus(-within|-visible)?(?![\w-])/g;

/**
 * In a mirror nothing has the focus, which is the expert's own: style rules for what has it are made to match the marks,
 * too. A selector weighs as much as before, and a rule stays one.
 */
export const matchFocusMarks = (css: string): string =>
  css.includes(':focus') ? css.replace(PSEUDO_CLASS, `:is($&,[${FOCUS_MARK}$1])`) : css;
