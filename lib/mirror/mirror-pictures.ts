import type { SafeMutation } from '../cobrowse/mirror-events.ts';
import { isHtmlElement, type MirrorNodes } from './mirror-nodes.ts';

/** Sets a picture that has come after its element. A canvas can't be painted without scripts: it gets a child. */
export function setPicture(element: Element, attribute: string, address: string): void {
  element.setAttribute(attribute, address);
  if (attribute === 'data-alongside-picture') showCanvasPicture(element);
}

/** Shows what `data-alongside-picture` of a canvas says. */
export function showCanvasPicture(canvas: Element): void {
  const address = canvas.getAttribute('data-alongside-picture');
  const shown = canvas.querySelector(':scope > img[data-alongside-shown]');
  if (address === null) {
    shown?.remove();
    return;
  }
  const image = shown ?? canvas.ownerDocument.createElement('img');
  image.setAttribute('src', address);
  if (shown !== null) return;
  image.setAttribute('data-alongside-shown', '');
  // As large as the canvas would be: its bitmap, where no style sheet says otherwise.
  const width = Number(canvas.getAttribute('width') ?? 300);
  if (isHtmlElement(image) && Number.isFinite(width)) image.setAttribute('width', String(width));
  canvas.append(image);
}

/** An element was built: a canvas among them has its picture from the start. */
export function showBuiltPicture(node: Node): void {
  if (node.nodeName === 'CANVAS') showCanvasPicture(node as Element); // by its name
}

/** Attributes have changed: so have the pictures of canvases. */
export function showChangedPictures(changes: SafeMutation['attributes'], nodes: MirrorNodes): void {
  for (const { id, attributes } of changes) {
    const node = 'data-alongside-picture' in attributes ? nodes.getNode(id) : null;
    if (node !== null) showBuiltPicture(node);
  }
}
