import { ancestorsOf, type TreeNode } from './privacy-tree.ts';

/** A compiled rule: whether an element of the tree is meant. */
export type Matcher = (node: TreeNode) => boolean;

interface Compound {
  readonly tag: string;
  readonly tests: readonly ((node: TreeNode) => boolean)[];
}

const PART =
  /([#.])((?:[\w-]|[\u0080-\u{10ffff}])+)|\[\s*([\w:-]+)\s*(?:([~^$*|]?=)\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*)?\]/gu;
const COMPOUND = /^(?:\*|[\w-]+)?(?:[#.](?:[\w-]|[\u0080-\u{10ffff}])+|\[[^\]]*\])*$/u;

/**
 * Compiles the selectors that rules may use: tag, `#id`, `.class`, `[attribute=value]` and their combinations, with
 * descendant and child combinators, separated by commas. Null when the text holds anything else.
 */
export function compileSelector(selector: string): Matcher | null {
  const matchers = selector.split(',').map((part) => compileComplex(part.trim()));
  return matchers.some((matcher) => matcher === null)
    ? null
    : (node) => node.kind === 'element' && matchers.some((matcher) => matcher?.(node) === true);
}

/** All rules that can be read; one that can't be read must not switch the others off. */
export function compileSelectors(selectors: readonly string[]): Matcher {
  const matchers = selectors.map(compileSelector).filter((matcher) => matcher !== null);
  return (node) => matchers.some((matcher) => matcher(node));
}

function compileComplex(text: string): Matcher | null {
  const tokens = text.replace(/\s*>\s*/g, ' > ').split(/\s+(?![^[]*\])/);
  const steps: { readonly compound: Compound; readonly isChild: boolean }[] = [];
  let isChild = false;
  for (const token of tokens) {
    if (token === '>') {
      if (isChild || steps.length === 0) return null;
      isChild = true;
      continue;
    }
    const compound = compileCompound(token);
    if (compound === null) return null;
    steps.push({ compound, isChild });
    isChild = false;
  }
  return steps.length === 0 || isChild ? null : (node) => matchesSteps(node, steps, steps.length - 1);
}

type Steps = readonly { readonly compound: Compound; readonly isChild: boolean }[];

function matchesSteps(node: TreeNode, steps: Steps, index: number): boolean {
  const step = steps[index];
  if (step === undefined || !matchesCompound(node, step.compound)) return false;
  if (index === 0) return true;
  for (const ancestor of ancestorsOf(node)) {
    if (ancestor.kind !== 'element') continue;
    if (matchesSteps(ancestor, steps, index - 1)) return true;
    if (step.isChild) return false;
  }
  return false;
}

const matchesCompound = (node: TreeNode, { tag, tests }: Compound): boolean =>
  node.kind === 'element' && (tag === '*' || node.tag === tag) && tests.every((test) => test(node));

function compileCompound(text: string): Compound | null {
  if (text === '' || !COMPOUND.test(text)) return null;
  const tag = /^[\w-]+/.exec(text)?.[0]?.toLowerCase() ?? '*';
  const tests = Array.from(text.matchAll(PART), ([, sign, name = '', attribute, operator, a, b, c]) => {
    if (sign === '#') return ({ attributes }: TreeNode) => attributes.id === name;
    if (sign === '.') return ({ attributes }: TreeNode) => (attributes.class ?? '').split(/\s+/).includes(name);
    return attributeTest(attribute?.toLowerCase() ?? '', operator, a ?? b ?? c ?? '');
  });
  return { tag, tests };
}

function attributeTest(name: string, operator: string | undefined, wanted: string): (node: TreeNode) => boolean {
  return ({ attributes }) => {
    const value = attributes[name];
    if (value === undefined) return false;
    if (operator === undefined) return true;
    if (operator === '=') return value === wanted;
    if (wanted === '') return false;
    if (operator === '~=') return value.split(/\s+/).includes(wanted);
    if (operator === '^=') return value.startsWith(wanted);
    if (operator === '$=') return value.endsWith(wanted);
    if (operator === '*=') return value.includes(wanted);
    return value === wanted || value.startsWith(`${wanted}-`);
  };
}
