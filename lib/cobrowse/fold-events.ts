/**
 * Events that are too old to be looked at one by one become part of the snapshot they follow, so that the past which is
 * kept stays as large as a page and not as long as a session. The events given are not changed.
 */
import type { SafeElement, SafeEvent, SafeIncremental, SafeMutation, SafeNode, SafeStyle } from './mirror-events.ts';

type Snapshot = SafeEvent & { type: 2 };
type Parent = SafeNode & { childNodes: SafeNode[] };

/** Rules that were changed, and elements that were defined, one by one; a page that does little else keeps no longer past. */
const MAX_RULE_CHANGES = 20_000;

const SHEET_OWNERS: ReadonlySet<string> = new Set(['style', 'link']);

/** A snapshot and what happened to it. */
export interface Fold {
  /** Makes an event that follows part of it; false when too much is left over. */
  add(event: SafeEvent): boolean;
  /**
   * A snapshot and a few events that show the same, all with the time of the last event. No copies: what is added later
   * changes them.
   */
  events(): SafeEvent[];
}

/** What folding leaves beside the tree: state that a snapshot has no place for. */
interface Residue {
  readonly documents: Map<number, SafeNode>;
  readonly styles: Map<number, SafeStyle>;
  readonly inputs: Map<number, SafeIncremental>;
  readonly scrolls: Map<number, SafeIncremental>;
  readonly adoptions: Map<number, SafeIncremental & { source: 15 }>;
  readonly definitions: SafeIncremental[];
  rules: RuleChange[];
  size: { readonly width: number; readonly height: number } | null;
}

type RuleChange = SafeIncremental & { source: 8 | 13 };

interface Folded {
  readonly root: SafeNode;
  readonly tree: Tree;
  readonly residue: Residue;
}

export function createFold(snapshot: Snapshot): Fold {
  let at = snapshot.timestamp;
  // A page that stays as it is needs no copy.
  let folded: Folded | null = null;
  return {
    add(event) {
      at = event.timestamp;
      if (event.type !== 3) return true;
      folded ??= startFolding(snapshot);
      const { tree, residue } = folded;
      fold(event.data, tree, residue);
      return residue.rules.length + residue.definitions.length <= MAX_RULE_CHANGES;
    },
    events() {
      if (folded === null) return [{ ...snapshot, timestamp: at }];
      const { root, tree, residue } = folded;
      const asEvent = (data: SafeIncremental): SafeEvent => ({ type: 3, timestamp: at, data });
      const page = { ...snapshot, timestamp: at, data: { ...snapshot.data, node: root } };
      return [page, ...[...leftover(tree, residue)].map(asEvent)];
    },
  };
}

function startFolding(snapshot: Snapshot): Folded {
  const root = structuredClone(snapshot.data.node);
  return {
    root,
    tree: createTree(root),
    residue: {
      documents: new Map(),
      styles: new Map(),
      inputs: new Map(),
      scrolls: new Map(),
      adoptions: new Map(),
      definitions: [],
      rules: [],
      size: null,
    },
  };
}

interface Tree {
  readonly nodes: Map<number, SafeNode>;
  readonly parents: Map<number, number>;
  add(node: SafeNode, parentId: number): void;
  forget(node: SafeNode, residue: Residue): void;
}

function createTree(root: SafeNode): Tree {
  const nodes = new Map<number, SafeNode>();
  const parents = new Map<number, number>();
  const add = (node: SafeNode, parentId: number) => {
    nodes.set(node.id, node);
    parents.set(node.id, parentId);
    if ('childNodes' in node) for (const child of node.childNodes) add(child, node.id);
  };
  const forget = (node: SafeNode, residue: Residue) => {
    nodes.delete(node.id);
    parents.delete(node.id);
    for (const map of [residue.styles, residue.inputs, residue.scrolls, residue.adoptions]) map.delete(node.id);
    if (isElement(node) && SHEET_OWNERS.has(node.tagName)) forgetRules(node.id, residue);
    const inner = residue.documents.get(node.id);
    residue.documents.delete(node.id);
    if (inner !== undefined) forget(inner, residue);
    if ('childNodes' in node) for (const child of node.childNodes) forget(child, residue);
  };
  add(root, 0);
  return { nodes, parents, add, forget };
}

function fold(data: SafeIncremental, tree: Tree, residue: Residue): void {
  switch (data.source) {
    case 0:
      return foldMutation(data, tree, residue);
    case 3:
      return void residue.scrolls.set(data.id, data);
    case 4:
      residue.size = { width: data.width, height: data.height };
      return undefined;
    case 5:
      return void residue.inputs.set(data.id, data);
    case 8:
      // A whole new text: what was done to the rules of the old one is gone with it.
      if (data.replace !== undefined || data.replaceSync !== undefined)
        residue.rules = residue.rules.filter(({ styleId }) => styleId === undefined || styleId !== data.styleId);
      return void residue.rules.push(data);
    case 13:
      return void residue.rules.push(data);
    case 15: {
      const before = residue.adoptions.get(data.id)?.styles ?? [];
      const styles = [...before, ...(data.styles ?? [])].filter(({ styleId }) => data.styleIds.includes(styleId));
      return void residue.adoptions.set(data.id, { ...data, styles });
    }
    case 16:
      return void residue.definitions.push(data);
    default:
      return undefined;
  }
}

function foldMutation({ removes, adds, texts, attributes }: SafeMutation, tree: Tree, residue: Residue): void {
  for (const { id, parentId } of removes) {
    const node = tree.nodes.get(id);
    const parent = childrenOf(tree.nodes.get(parentId));
    if (node === undefined || parent === null) continue;
    parent.splice(parent.indexOf(node), parent.includes(node) ? 1 : 0);
    tree.forget(node, residue);
  }
  for (const { parentId, nextId, node } of adds) {
    const copy = structuredClone(node);
    const parent = tree.nodes.get(parentId);
    if (parent === undefined) continue;
    if (copy.type === 0) {
      const before = residue.documents.get(parentId);
      if (before !== undefined) tree.forget(before, residue);
      residue.documents.set(parentId, copy);
    } else {
      const siblings = childrenOf(parent) ?? [];
      const next = nextId === null ? undefined : tree.nodes.get(nextId);
      const at = next === undefined ? -1 : siblings.indexOf(next);
      siblings.splice(at < 0 ? siblings.length : at, 0, copy);
      if (copy.type === 3 && isElement(parent) && parent.tagName === 'style') delete parent.attributes._cssText;
    }
    tree.add(copy, parentId);
  }
  for (const { id, value } of texts) {
    const node = tree.nodes.get(id);
    if (node === undefined || !('textContent' in node)) continue;
    node.textContent = value ?? '';
    // A new text makes a new sheet: what was done to the rules of the old one is gone with it.
    const parent = tree.nodes.get(tree.parents.get(id) ?? 0);
    if (!isElement(parent) || parent.tagName !== 'style') continue;
    delete parent.attributes._cssText;
    forgetRules(parent.id, residue);
  }
  for (const change of attributes) foldAttributes(change, tree, residue);
}

function foldAttributes({ id, attributes }: SafeMutation['attributes'][number], tree: Tree, residue: Residue): void {
  const node = tree.nodes.get(id);
  if (!isElement(node)) return;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) delete node.attributes[name];
    else if (typeof value === 'string') node.attributes[name] = value;
    else residue.styles.set(id, { ...residue.styles.get(id), ...value });
    if (name === 'style' && typeof value !== 'object') residue.styles.delete(id);
    if (name === '_cssText') forgetRules(id, residue);
  }
}

/** What was done to a style element's rules goes with its text, and with the element. */
function forgetRules(id: number, residue: Residue): void {
  if (residue.rules.length > 0) residue.rules = residue.rules.filter((rule) => rule.id !== id);
}

function* leftover(tree: Tree, residue: Residue): Generator<SafeIncremental> {
  if (residue.size !== null) yield { source: 4, ...residue.size };
  for (const [parentId, node] of residue.documents) {
    yield {
      source: 0,
      adds: [{ parentId, nextId: null, node }],
      removes: [],
      texts: [],
      attributes: [],
      isAttachIframe: true,
    };
  }
  const styles = [...residue.styles].filter(([id]) => tree.nodes.has(id));
  if (styles.length > 0) {
    const attributes = styles.map(([id, style]) => ({ id, attributes: { style } }));
    yield { source: 0, adds: [], removes: [], texts: [], attributes };
  }
  yield* residue.definitions;
  yield* residue.adoptions.values();
  yield* residue.rules;
  yield* residue.inputs.values();
  yield* residue.scrolls.values();
}

const isElement = (node: SafeNode | undefined): node is SafeElement => node?.type === 2;
const childrenOf = (node: SafeNode | undefined): SafeNode[] | null =>
  node !== undefined && 'childNodes' in node ? (node satisfies Parent).childNodes : null;
