/**
 * How a large page is cut: an element with more below it than one slice takes is told first without its children, and they
 * come group by group, the last ones first, because an addition names the node that it stands before.
 */
export interface SlicePlan {
  /** Elements that are told without their children at first. Nested ones too. */
  readonly large: ReadonlySet<Node>;
  /** What comes next: children of `parent`, in their order; null when all has been told. Looks at the page as it is now. */
  next(): { readonly parent: Node; readonly nodes: readonly Node[] } | null;
}

/** Nodes in a slice. To tell, filter and pack one took some 50 µs. */
export const SLICE_NODES = 400;

/**
 * What decides on masking must be known before anything that it decides on is told: parts of a page that hold fields, or
 * what may name them, are never cut.
 */
export interface SliceRules {
  readonly sliceNodes?: number;
  /** Whether an element has a shadow root, of whatever kind. */
  readonly isHost: (element: Element) => boolean;
}

const FIELD_PARTS: ReadonlySet<string> = new Set([
  'input',
  'textarea',
  'select',
  'option',
  'label',
  'form',
  'fieldset',
]);

export function planSlices(body: HTMLElement, { sliceNodes = SLICE_NODES, isHost }: SliceRules): SlicePlan {
  const named = namedElements(body.ownerDocument);
  const whole = new Set<Node>();
  const large = new Set<Node>();
  const isFieldPart = (node: Node): boolean => {
    if (node.nodeType !== Node.ELEMENT_NODE) return false;
    const element = node as Element; // by its nodeType
    const { localName } = element;
    const isField = FIELD_PARTS.has(localName) || localName.includes('-') || element.hasAttribute('contenteditable');
    return isField || named.has(element) || element.getAttribute('role') === 'textbox' || isHost(element);
  };
  const measure = (node: Node): number => {
    let size = 1;
    let isWhole = isFieldPart(node);
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      size += measure(child);
      isWhole ||= whole.has(child);
    }
    if (isWhole) whole.add(node);
    else if (size > sliceNodes) large.add(node);
    return size;
  };
  measure(body);
  const told = new WeakSet<Node>();
  const waiting = [...large].filter((node) => node.parentNode === null || !large.has(node.parentNode)).reverse();

  const groupOf = (parent: Node): Node[] => {
    const group: Node[] = [];
    let size = 0;
    for (let child = parent.lastChild; child !== null && size < sliceNodes; child = child.previousSibling) {
      if (told.has(child)) continue;
      told.add(child);
      group.push(child);
      // A large one comes without its children, and they next.
      size += large.has(child) ? 1 : sizeOf(child, sliceNodes);
      if (large.has(child)) waiting.push(child);
    }
    return group.reverse();
  };

  return {
    large,
    next() {
      for (let parent = waiting.at(-1); parent !== undefined; parent = waiting.at(-1)) {
        const at = waiting.length - 1;
        const nodes = parent.isConnected ? groupOf(parent) : [];
        if (nodes.length > 0) return { parent, nodes };
        waiting.splice(at, 1);
      }
      return null;
    },
  };
}

/** Nodes in `node`, counted no further than `max`. */
function sizeOf(node: Node, max: number): number {
  let size = 1;
  for (let child = node.firstChild; child !== null && size < max; child = child.nextSibling) size += sizeOf(child, max);
  return size;
}

/** Elements that fields are named by. */
function namedElements(document: Document): Set<Element> {
  const named = new Set<Element>();
  for (const field of document.querySelectorAll('[aria-labelledby]')) {
    for (const id of field.getAttribute('aria-labelledby')?.split(/\s+/) ?? []) {
      const element = document.getElementById(id);
      if (element !== null) named.add(element);
    }
  }
  return named;
}
