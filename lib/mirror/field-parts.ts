/**
 * What decides on masking must be known before anything that it decides on is told: parts of a page that hold fields, or
 * what may name them, are told whole.
 */
const FIELD_PARTS = 'input,textarea,select,option,label,form,fieldset,[contenteditable],[role=textbox]';

export type IsHost = (element: Element) => boolean;

/** Elements of a page's own may have fields in their shadow roots. */
const mayHold = (element: Element, isHost: IsHost): boolean => element.localName.includes('-') || isHost(element);

/** Whether `node` or something below it may be a field, or name one. */
export function holdsFieldPart(node: Node, isHost: IsHost): boolean {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  const element = node as Element; // by its nodeType
  if (element.matches(FIELD_PARTS) || mayHold(element, isHost) || element.querySelector(FIELD_PARTS) !== null)
    return true;
  const all = element.getElementsByTagName('*');
  for (let at = 0; at < all.length; at += 1) {
    const inner = all[at];
    if (inner !== undefined && mayHold(inner, isHost)) return true;
  }
  return false;
}

/** Everything below `root` that holds such a part, `root` included. */
export function withFieldParts(root: Element, isHost: IsHost): Set<Node> {
  const found = new Set<Node>();
  const add = (element: Element) => {
    for (let at: Node | null = element; at !== null && !found.has(at); at = at.parentNode) {
      found.add(at);
      if (at === root) return;
    }
  };
  for (const element of namesOfFields(root.ownerDocument)) if (root.contains(element)) add(element);
  for (const element of root.querySelectorAll(FIELD_PARTS)) add(element);
  if (root.matches(FIELD_PARTS) || mayHold(root, isHost)) add(root);
  // Not by its iterator, which takes several times as long.
  const all = root.getElementsByTagName('*');
  for (let at = 0; at < all.length; at += 1) {
    const element = all[at];
    if (element !== undefined && mayHold(element, isHost)) add(element);
  }
  return found;
}

function* namesOfFields(document: Document): Generator<Element> {
  for (const field of document.querySelectorAll('[aria-labelledby]')) {
    for (const id of field.getAttribute('aria-labelledby')?.split(/\s+/) ?? []) {
      const element = document.getElementById(id);
      if (element !== null) yield element;
    }
  }
}
