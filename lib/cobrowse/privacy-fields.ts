import { type FieldFacts, type FieldSecret, isCardNumberField, secretOfField } from './masking-fields.ts';
import { ancestorsOf, subtreeOf, textOf, type TreeNode } from './privacy-tree.ts';

const FIELD_TAGS: ReadonlySet<string> = new Set(['input', 'textarea', 'select']);
export const isField = (node: TreeNode): boolean => FIELD_TAGS.has(node.tag);

/** Where labels and card fields are, so that a field's facts are found without a walk through the page. */
export interface FieldIndex {
  add(node: TreeNode): void;
  /** Decides again what a field is; once a secret, always one. */
  judge(node: TreeNode): FieldSecret | null;
}

const MAX_LABEL_CHARS = 120;

export function createFieldIndex(isKnown: (node: TreeNode) => boolean): FieldIndex {
  const labelsFor = new Map<string, Set<TreeNode>>();
  const byId = new Map<string, TreeNode>();
  const cardFields = new Set<TreeNode>();

  const labelOf = (node: TreeNode): string => {
    const { id, 'aria-labelledby': labelledBy } = node.attributes;
    const labels = id === undefined ? [] : [...(labelsFor.get(id) ?? [])].filter(isKnown);
    const named = labelledBy?.split(/\s+/).flatMap((name) => byId.get(name) ?? []) ?? [];
    const around = [...ancestorsOf(node)].find((ancestor) => ancestor.tag === 'label');
    const nodes = [...labels, ...named, ...(around === undefined ? [] : [around])];
    const text = nodes.map((label) => textOf(label, MAX_LABEL_CHARS, 'option')).join(' ');
    return text.trim() === '' ? precedingText(node) : text;
  };

  const isNearCard = (node: TreeNode): boolean => {
    const groups = new Set([...ancestorsOf(node)].filter(isGroup));
    for (const card of cardFields) {
      if (isKnown(card) && card !== node && [...ancestorsOf(card)].some((group) => groups.has(group))) return true;
    }
    return false;
  };

  return {
    add(node) {
      if (node.attributes.id !== undefined) byId.set(node.attributes.id, node);
      const target = node.tag === 'label' ? node.attributes.for : undefined;
      if (target !== undefined) labelsFor.set(target, (labelsFor.get(target) ?? new Set()).add(node));
    },
    judge(node) {
      const facts = factsOf(node, labelOf(node));
      if (isCardNumberField(facts)) cardFields.add(node);
      node.secret ??= secretOfField(facts.maxLength === '' ? facts : { ...facts, isNearCard: isNearCard(node) });
      if (node.secret === null && node.tag === 'input' && 'data-rr-is-password' in node.attributes) {
        node.secret = 'password';
      }
      return node.secret;
    },
  };
}

const isGroup = (node: TreeNode): boolean => /^(?:form|fieldset|section|article|dialog|body)$/.test(node.tag);

function factsOf({ tag, attributes }: TreeNode, label: string): FieldFacts {
  const of = (name: string) => attributes[name] ?? '';
  return {
    tag,
    type: of('type'),
    name: of('name'),
    id: of('id'),
    autocomplete: of('autocomplete'),
    placeholder: of('placeholder'),
    ariaLabel: of('aria-label'),
    title: of('title'),
    inputMode: of('inputmode'),
    maxLength: of('maxlength'),
    label,
    isNearCard: false,
  };
}

/** What stands before a field that has no label: in its own cell or row, the one before it, or that one's neighbour. */
function precedingText(node: TreeNode): string {
  let at: TreeNode | null = node;
  for (let hops = 0; hops < 3 && at !== null && !isGroup(at); hops += 1) {
    for (let before: TreeNode | null = at.previous; before !== null; before = before.previous) {
      if (hasField(before)) return '';
      const text = textOf(before, MAX_LABEL_CHARS).trim();
      if (text !== '') return text.length < MAX_LABEL_CHARS ? text : '';
    }
    at = at.parent;
  }
  return '';
}

function hasField(node: TreeNode): boolean {
  let seen = 0;
  for (const inner of subtreeOf(node)) {
    if (isField(inner)) return true;
    seen += 1;
    if (seen > 200) return true;
  }
  return false;
}
