/**
 * What decides on masking must be known before anything that it decides on is told: parts of a page that hold fields, or
 * what may name them, are told whole.
 */
const FIELD_PARTS: ReadonlySet<string> = new Set([
  'input',
  'textarea',
  'select',
  'option',
  'label',
  'form',
  'fieldset',
]);

export type IsHost = (element: Element) => boolean;

/** Whether an element may be a field, or hide one in its shadow root. */
function isFieldPart(element: Element, isHost: IsHost): boolean {
  const { localName } = element;
  return (
    FIELD_PARTS.has(localName) ||
    localName.includes('-') ||
    element.hasAttribute('contenteditable') ||
    element.getAttribute('role') === 'textbox' ||
    isHost(element)
  );
}

/** Whether `node` or something below it may be a field, or name one. */
export function holdsFieldPart(node: Node, isHost: IsHost): boolean {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  const element = node as Element; // by its nodeType
  if (isFieldPart(element, isHost)) return true;
  for (const inner of element.getElementsByTagName('*')) if (isFieldPart(inner, isHost)) return true;
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
  if (isFieldPart(root, isHost)) add(root);
  for (const element of root.getElementsByTagName('*')) if (isFieldPart(element, isHost)) add(element);
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
