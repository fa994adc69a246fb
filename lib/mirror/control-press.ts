/** A press as a hand makes it: everything that pages listen for, in order. reference/cobrowse.md §5.3. */
import { closest, composedAncestors, deepActiveElement } from './composed.ts';
import type { Spot } from './control-target.ts';

export interface Modifiers {
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

export const NO_MODIFIERS: Modifiers = { shift: false, ctrl: false, alt: false, meta: false };

/** Where the pointer of the other side is in this page. */
export interface RemotePointer {
  hover(spot: Spot): void;
  /** Presses `count` times. */
  press(spot: Spot, count: 1 | 2, modifiers: Modifiers): void;
  leave(): void;
}

export function createRemotePointer(): RemotePointer {
  let over: Element | null = null;

  const enter = (spot: Spot, modifiers: Modifiers) => {
    const init = initOf(spot, modifiers);
    if (over !== spot.hit) {
      const left = over;
      over = spot.hit;
      if (left?.isConnected) {
        fire(left, 'out', { ...init, relatedTarget: spot.hit });
        for (const at of outside(left, spot.hit))
          fire(at, 'leave', { ...init, relatedTarget: spot.hit, bubbles: false });
      }
      fire(spot.hit, 'over', { ...init, relatedTarget: left });
      for (const at of outside(spot.hit, left).reverse())
        fire(at, 'enter', { ...init, relatedTarget: left, bubbles: false });
    }
    fire(spot.hit, 'move', init);
  };

  return {
    hover: (spot) => enter(spot, NO_MODIFIERS),
    press(spot, count, modifiers) {
      enter(spot, modifiers);
      for (let detail = 1; detail <= count; detail += 1) pressOnce(spot, detail, modifiers);
      if (count === 2) spot.hit.dispatchEvent(new MouseEvent('dblclick', { ...initOf(spot, modifiers), detail: 2 }));
    },
    leave() {
      if (over?.isConnected) {
        const init = initOf({ x: -1, y: -1, hit: over }, NO_MODIFIERS);
        fire(over, 'out', init);
        for (const at of composedAncestors(over)) fire(at, 'leave', { ...init, bubbles: false });
      }
      over = null;
    },
  };
}

type Init = PointerEventInit & { readonly screenX: number };

const initOf = ({ x, y, hit }: Spot, { shift, ctrl, alt, meta }: Modifiers): Init => ({
  bubbles: true,
  cancelable: true,
  composed: true,
  view: hit.ownerDocument.defaultView,
  clientX: x,
  clientY: y,
  screenX: x + window.screenX,
  screenY: y + window.screenY,
  pointerId: 1,
  pointerType: 'mouse',
  isPrimary: true,
  button: -1,
  shiftKey: shift,
  ctrlKey: ctrl,
  altKey: alt,
  metaKey: meta,
});

/** A pointer event and the mouse event that goes with it. */
function fire(target: Element, name: 'over' | 'enter' | 'move' | 'out' | 'leave', init: PointerEventInit): void {
  target.dispatchEvent(new PointerEvent(`pointer${name}`, init));
  target.dispatchEvent(new MouseEvent(`mouse${name}`, { ...init, button: 0 }));
}

/** `from` and its ancestors that are not around `other`, innermost first. */
function outside(from: Element, other: Element | null): Element[] {
  const shared = new Set(other === null ? [] : composedAncestors(other));
  return [...composedAncestors(from)].filter((at) => !shared.has(at));
}

function pressOnce(spot: Spot, detail: number, modifiers: Modifiers): void {
  const { hit } = spot;
  const init = { ...initOf(spot, modifiers), button: 0, detail };
  const down = { ...init, buttons: 1, pressure: 0.5 };
  const isPointerTaken = !hit.dispatchEvent(new PointerEvent('pointerdown', { ...down, detail: 0 }));
  // A page that takes the pointer gets no mouse events for it, but its click all the same.
  const isMouseTaken = !isPointerTaken && !hit.dispatchEvent(new MouseEvent('mousedown', down));
  if (!isMouseTaken && !isPointerTaken) moveFocus(hit);
  const up = hit.isConnected ? hit : null;
  up?.dispatchEvent(new PointerEvent('pointerup', { ...init, buttons: 0, detail: 0 }));
  if (!isPointerTaken) up?.dispatchEvent(new MouseEvent('mouseup', { ...init, buttons: 0 }));
  up?.dispatchEvent(new PointerEvent('click', { ...init, buttons: 0 }));
}

const FOCUSABLE = 'a[href],area[href],button,input,select,textarea,summary,iframe,[tabindex],[contenteditable]';

export const isFocusable = (element: Element): boolean =>
  element.matches(FOCUSABLE) && !element.matches(':disabled') && element.getAttribute('contenteditable') !== 'false';

/** What a press does to the focus before anything else: the nearest that can have it gets it. */
export function moveFocus(hit: Element): void {
  const target = closest(hit, isFocusable);
  if (target !== null) return focusOn(target);
  const active = deepActiveElement(hit.ownerDocument);
  if (active !== null && 'blur' in active && typeof active.blur === 'function') active.blur();
}

export function focusOn(element: Element): void {
  if ('focus' in element && typeof element.focus === 'function') element.focus({ preventScroll: true });
}
