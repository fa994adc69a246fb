import type { Box } from '../protocol/player-messages.ts';
import type { PickerKind } from '../protocol/cobrowse-messages.ts';

/**
 * What lies over the mirrored page, outside its iframe: the customer's cursor, the ring round the focused element, the
 * highlight, and boxes for pickers that can't be mirrored. Plain elements; texts are set as text.
 */
export interface MirrorOverlay {
  cursor(at: { readonly x: number; readonly y: number; readonly pressed: boolean } | null): void;
  name(customer: string): void;
  focus(box: Box | null): void;
  highlight(box: Box | null): void;
  pickers(boxes: readonly { readonly box: Box; readonly kind: PickerKind; readonly lines: readonly string[] }[]): void;
  /** A click of the customer. */
  ripple(x: number, y: number): void;
}

export function createMirrorOverlay(root: HTMLElement): MirrorOverlay {
  const add = (className: string): HTMLElement => {
    const element = document.createElement('div');
    element.className = className;
    element.hidden = true;
    root.append(element);
    return element;
  };
  const ring = add('focus-ring');
  const glow = add('highlight');
  const pickerRoot = add('pickers');
  const cursor = add('customer-cursor');
  const label = document.createElement('span');
  cursor.append(label);

  const put = (element: HTMLElement, box: Box | null) => {
    element.hidden = box === null;
    if (box === null) return;
    element.style.transform = `translate(${box.x}px, ${box.y}px)`;
    element.style.width = `${box.width}px`;
    element.style.height = `${box.height}px`;
  };

  return {
    cursor(at) {
      cursor.hidden = at === null;
      if (at === null) return;
      cursor.style.transform = `translate(${at.x}px, ${at.y}px)`;
      cursor.classList.toggle('pressed', at.pressed);
    },
    name(customer) {
      label.textContent = customer;
    },
    focus: (box) => put(ring, box),
    highlight: (box) => put(glow, box),
    pickers(boxes) {
      pickerRoot.hidden = boxes.length === 0;
      pickerRoot.replaceChildren(
        ...boxes.map(({ box, kind, lines }) => {
          const element = document.createElement('div');
          element.className = `picker picker-${kind}`;
          element.style.transform = `translate(${box.x}px, ${box.y + box.height}px)`;
          element.style.minWidth = `${box.width}px`;
          for (const line of lines) {
            const item = document.createElement('div');
            item.textContent = line;
            element.append(item);
          }
          return element;
        }),
      );
    },
    ripple(x, y) {
      const dot = document.createElement('div');
      dot.className = 'ripple';
      dot.style.transform = `translate(${x}px, ${y}px)`;
      dot.addEventListener('animationend', () => dot.remove());
      root.append(dot);
    },
  };
}
