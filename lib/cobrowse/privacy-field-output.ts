import { isButtonType, isToggleType } from './masking-fields.ts';
import { maskValue, scrubLabel, scrubText, TEXT_MASK } from './masking-text.ts';
import { type Effect, isFieldShown, isTextMasked, type PageRules, type Place } from './privacy-effect.ts';
import { ancestorsOf, subtreeOf, textOf, type TreeNode } from './privacy-tree.ts';

type Value = string | number | true;

/** Form attributes that may tell what a person entered; undefined for all others. */
export function maskFieldAttribute(
  { node, effect }: Place,
  name: string,
  value: Value,
  rules: PageRules,
): Value | null | undefined {
  if (name === 'value') return maskValueAttribute(node, value, effect, rules);
  if (name === 'checked') return node.tag === 'input' && isToggleShown(node, effect) ? value : null;
  if (name === 'selected') return node.tag === 'option' && isChoiceShown(node, effect, rules) ? value : null;
  if (name === 'label' && (node.tag === 'option' || node.tag === 'optgroup')) {
    return typeof value === 'string' ? maskChoice(node, value, effect, rules) : null;
  }
  return undefined;
}

function maskValueAttribute(node: TreeNode, value: Value, effect: Effect, rules: PageRules): Value | null | undefined {
  const text = typeof value === 'string' ? value : String(value);
  if (node.tag === 'option') return optionName(node);
  if (node.tag === 'button' || node.tag === 'data' || node.tag === 'param') return null;
  return node.tag === 'input' || node.tag === 'textarea' || node.tag === 'select'
    ? maskFieldValue(node, text, effect, rules)
    : undefined;
}

/** What a field's content becomes. Tells the tree whether the other side has it as it is. */
export function maskFieldValue(node: TreeNode, text: string, effect: Effect, rules: PageRules): string | null {
  const type = node.attributes.type ?? '';
  if (node.tag === 'input' && isToggleType(type)) return null;
  if (node.tag === 'input' && isButtonType(type)) return isTextMasked(effect, rules) ? TEXT_MASK : scrubLabel(text);
  node.isShown = isFieldShown(node, effect, rules);
  if (node.tag === 'select') return node.isShown ? optionToken(node, text) : null;
  if (!node.isShown) return takesAnyText(node) ? maskValue(text) : null;
  return scrubText(text);
}

/** A browser would throw the mask out of these, and warn. */
const takesAnyText = (node: TreeNode): boolean =>
  node.tag !== 'input' ||
  !/^(?:hidden|file|number|range|color|date|time|month|week|datetime-local)$/i.test(node.attributes.type ?? '');

/** Marks of always-masked groups (sex, card type) stay at home; other marks are layout that one has to see. */
export const isToggleShown = (node: TreeNode, effect: Effect): boolean =>
  node.secret === null && effect.site !== 'mask' && !effect.isMaskedByPolicy;

/** As a browser makes the value of an option that has none. */
const wordsOf = (option: TreeNode): string => textOf(option, 400).trim().replaceAll(/\s+/g, ' ');

/**
 * Options are named by their node, because their values are the site's own keys; those without a value, too. An empty value
 * says that nothing has been chosen yet (`select:invalid`).
 */
export const optionName = ({ id, attributes }: TreeNode): string => (attributes.value === '' ? '' : `o${id}`);

function optionToken(select: TreeNode, value: string): string {
  for (const node of subtreeOf(select)) {
    if (node.tag === 'option' && (node.attributes.value ?? wordsOf(node)) === value) return optionName(node);
  }
  return '';
}

const selectOf = (option: TreeNode): TreeNode | undefined =>
  [...ancestorsOf(option)].find((ancestor) => ancestor.tag === 'select');

export function isChoiceShown(option: TreeNode, effect: Effect, rules: PageRules): boolean {
  const select = selectOf(option);
  return select !== undefined && isFieldShown(select, effect, rules);
}

/** The words of an option. */
export const maskChoice = (option: TreeNode, text: string, effect: Effect, rules: PageRules): string =>
  text.trim() === '' ? text : isChoiceShown(option, effect, rules) ? scrubLabel(text) : TEXT_MASK;
