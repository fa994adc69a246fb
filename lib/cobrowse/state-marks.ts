/** Marks on the element of a mirror that stands for the one that has the focus, and on what it is in. */
export const FOCUS_MARK = 'data-alongside-focus';
/** The page itself shows that it has the focus. */
export const FOCUS_VISIBLE_MARK = `${FOCUS_MARK}-visible`;
export const FOCUS_WITHIN_MARK = `${FOCUS_MARK}-within`;
/** On what is open above the page, and on other elements with a state that is in no attribute; its value is the kind. */
export const LAYER_MARK = 'data-alongside-layer';

/** Not in a name (`.dark\:focus`), and not of a pseudo-element. */
const PSEUDO_CLASS = /(?<![\\:]):(?:focus(-within|-visible)?|target)(?![\w-])/g;

/**
 * In a mirror nothing has the focus, which is the expert's own, and no address names a part of it: style rules for what
 * does are made to match the marks, too. A selector weighs as much as before, and a rule stays one.
 */
export const matchStateMarks = (css: string): string =>
  /:focus|:target/.test(css)
    ? css.replace(PSEUDO_CLASS, (state: string, rest: string | undefined) => {
        const mark = state === ':target' ? `${LAYER_MARK}="target"` : FOCUS_MARK + (rest ?? '');
        return `:is(${state},[${mark}])`;
      })
    : css;
