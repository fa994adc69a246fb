import { type AttributeMasking } from './masking-attributes.ts';
import { maskCss } from './masking-css.ts';
import { holdsSecretNumber, maskText, NUMBER_MASK, scrubText } from './masking-text.ts';
import { type Effect, isFieldShown, isTextMasked, type PageRules } from './privacy-effect.ts';
import { maskChoice } from './privacy-field-output.ts';
import { subtreeOf, textOf, type TreeNode } from './privacy-tree.ts';

export interface TextContext {
  readonly rules: PageRules;
  readonly masking: AttributeMasking;
}

/** A text node's text as it may leave. Tells the tree whether the other side has it as it is. */
export function maskTextNode(node: TreeNode, text: string, effect: Effect, { rules, masking }: TextContext): string {
  const parent = node.parent;
  node.isShown = false;
  if (parent?.tag === 'style') {
    masking.selectors.note(text);
    return maskCss(text, masking);
  }
  if (parent?.tag === 'textarea') return isFieldShown(parent, effect, rules) ? scrubText(text) : '';
  if (parent?.tag === 'option') return maskChoice(parent, text, effect, rules);
  if (isTextMasked(effect, rules)) return maskText(text);
  if (isPartOfNumber(node)) return NUMBER_MASK;
  node.isShown = true;
  return scrubText(text);
}

const NUMBER_PART = /^[\s\dA-Z.\-–·]{1,24}$/;
/** Cells and lines stand for themselves: a row of numbers is not one number. */
const BOUNDARY = /^(?:td|th|li|dd|dt|p|pre|section|article|main|body|form|fieldset)$/;
/** Room for a card number or an IBAN, each group in an element of its own. */
const MAX_JOINED_CHARS = 80;

const isNumberPart = (text: string): boolean => NUMBER_PART.test(text) && /\d/.test(text);

/** Whether a text is a group of a card number or IBAN whose other groups stand in the elements beside it. */
export function isPartOfNumber(node: TreeNode): boolean {
  return isNumberPart(node.text) && splitNumberAround(node) !== null;
}

/** The closest ancestor that holds little more than the number of which this text is a part. */
export function splitNumberAround(node: TreeNode): TreeNode | null {
  let at = node.parent;
  for (let hops = 0; hops < 3 && at !== null; hops += 1, at = at.parent) {
    const text = textOf(at, MAX_JOINED_CHARS + 1);
    if (text.length > MAX_JOINED_CHARS) return null;
    if (holdsSecretNumber(text.replace(/\s+/g, ''))) return at;
    if (BOUNDARY.test(at.tag)) return null;
  }
  return null;
}

/** Groups of the same number that were sent before it was one. */
export function* numberPartsShown(node: TreeNode): Generator<TreeNode> {
  if (!isNumberPart(node.text)) return;
  const around = splitNumberAround(node);
  if (around === null) return;
  for (const inner of subtreeOf(around))
    if (inner.kind === 'text' && inner.isShown && isNumberPart(inner.text)) yield inner;
}
