/** Keys that do something rather than insert something. A synthetic key has no effect of its own, so each is done here. */
import type { ControlKey } from '../protocol/cobrowse-control-messages.ts';
import { closest, deepActiveElement } from './composed.ts';
import { isList } from './control-choose.ts';
import { focusOn, isFocusable, type Modifiers } from './control-press.ts';
import { scrollFrom } from './control-scroll.ts';
import { applyEdits, editingHostOf, isTextField } from './control-type.ts';

export interface KeyDeps {
  /** Presses an element, through the same checks as a click. */
  readonly press: (element: Element) => void;
}

const KEY_CODES: Readonly<Record<ControlKey, readonly [key: string, code: string, keyCode: number]>> = {
  Enter: ['Enter', 'Enter', 13],
  Tab: ['Tab', 'Tab', 9],
  Escape: ['Escape', 'Escape', 27],
  ArrowUp: ['ArrowUp', 'ArrowUp', 38],
  ArrowDown: ['ArrowDown', 'ArrowDown', 40],
  ArrowLeft: ['ArrowLeft', 'ArrowLeft', 37],
  ArrowRight: ['ArrowRight', 'ArrowRight', 39],
  Home: ['Home', 'Home', 36],
  End: ['End', 'End', 35],
  PageUp: ['PageUp', 'PageUp', 33],
  PageDown: ['PageDown', 'PageDown', 34],
  Space: [' ', 'Space', 32],
};

/** Tells the page of the key and, unless the page takes it, does what a browser does. */
export function pressKey(element: Element, key: ControlKey, modifiers: Modifiers, deps: KeyDeps): void {
  const target = focusTarget(element);
  const isTaken = !fire(target, 'keydown', key, modifiers);
  if (!isTaken) DEFAULTS[key](target, modifiers, deps);
  const now = deepActiveElement(target.ownerDocument);
  fire(now ?? target, 'keyup', key, modifiers);
}

/** Keys go to what has the focus; when that is elsewhere, the element gets it first. */
function focusTarget(element: Element): Element {
  const wanted = closest(element, isFocusable) ?? element;
  const active = deepActiveElement(element.ownerDocument);
  if (active !== null && (active === wanted || wanted.contains(active))) return active;
  focusOn(wanted);
  return wanted;
}

function fire(target: Element, type: 'keydown' | 'keyup', name: ControlKey, modifiers: Modifiers): boolean {
  const [key, code, keyCode] = KEY_CODES[name];
  const event = new KeyboardEvent(type, {
    key,
    code,
    keyCode,
    which: keyCode,
    bubbles: true,
    cancelable: true,
    composed: true,
    shiftKey: modifiers.shift,
    ctrlKey: modifiers.ctrl,
    altKey: modifiers.alt,
    metaKey: modifiers.meta,
  });
  return target.dispatchEvent(event);
}

type Default = (target: Element, modifiers: Modifiers, deps: KeyDeps) => void;

const DEFAULTS: Readonly<Record<ControlKey, Default>> = {
  Enter(target, _, deps) {
    if (target.localName === 'textarea' || (!isTextField(target) && editingHostOf(target) !== null)) {
      applyEdits(target, [{ kind: 'insert', text: '\n' }]);
    } else if (/^(?:a|button|summary)$/.test(target.localName)) deps.press(target);
    else submitFrom(target, deps);
  },
  Space(target, _, deps) {
    if (isTextField(target) || editingHostOf(target) !== null) applyEdits(target, [{ kind: 'insert', text: ' ' }]);
    else if (target.matches('button,summary,input')) deps.press(target);
    else scrollFrom(target, 0, pageOf(target));
  },
  Tab: (target, { shift }) => moveOn(target, shift ? -1 : 1),
  Escape: (target) => close(target),
  ArrowUp: (target) => arrow(target, -1, 0, -40),
  ArrowDown: (target) => arrow(target, 1, 0, 40),
  ArrowLeft: (target) => arrow(target, -1, -40, 0),
  ArrowRight: (target) => arrow(target, 1, 40, 0),
  Home: (target) => jump(target, 'start'),
  End: (target) => jump(target, 'end'),
  PageUp: (target) => void scrollFrom(target, 0, -pageOf(target)),
  PageDown: (target) => void scrollFrom(target, 0, pageOf(target)),
};

const pageOf = (target: Element): number => target.ownerDocument.documentElement.clientHeight * 0.9;

/** Return in a field of a form presses its first submit button; without one it submits, if that is the only field. */
function submitFrom(target: Element, deps: KeyDeps): void {
  const form = 'form' in target && target.form !== null ? (target.form as HTMLFormElement) : null; // of a form field
  if (form === null || !isTextField(target)) return;
  const button = [...form.elements].find((field) => field.matches('button:not([type]),[type=submit],[type=image]'));
  if (button !== undefined) deps.press(button);
  else if ([...form.elements].filter(isTextField).length === 1) form.requestSubmit();
}

/** The next element that has the focus by Tab, in document order (positive tab orders are rare and left alone). */
function moveOn(target: Element, step: 1 | -1): void {
  const root = target.getRootNode() as Document | ShadowRoot; // it is connected
  const scope = target.closest('dialog') ?? root;
  const stops = [...scope.querySelectorAll('*')].filter(
    (element) => isFocusable(element) && element.getAttribute('tabindex') !== '-1' && element.checkVisibility(),
  );
  const at = stops.indexOf(target);
  const next = stops[(at + step + stops.length) % stops.length];
  if (next !== undefined) focusOn(next);
}

function close(target: Element): void {
  const layer = closest(target, (at) => at.matches('dialog[open],:popover-open'));
  const open = layer ?? [...target.ownerDocument.querySelectorAll('dialog:modal,[popover=auto]:popover-open')].at(-1);
  if (open == null) return;
  if (open.localName !== 'dialog') return (open as HTMLElement).hidePopover(); // only HTML has popovers
  const dialog = open as HTMLDialogElement; // by its name
  if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) dialog.close();
}

function arrow(target: Element, step: 1 | -1, dx: number, dy: number): void {
  if (isTextField(target)) return moveCaret(target, dy === 0 ? step : step * target.value.length);
  if (isList(target)) {
    const index = Math.min(Math.max(0, target.selectedIndex + step), target.options.length - 1);
    if (index === target.selectedIndex) return;
    target.selectedIndex = index;
    announce(target);
  } else if (target.matches('[type=range],[type=number]')) {
    const field = target as HTMLInputElement; // by its type
    if ((dy === 0 ? step : -step) > 0) field.stepUp();
    else field.stepDown();
    announce(field);
  } else if (target.matches('[type=radio]')) nextRadio(target as HTMLInputElement, step); // by its type
  else scrollFrom(target, dx, dy);
}

function announce(field: Element): void {
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function nextRadio(radio: HTMLInputElement, step: 1 | -1): void {
  const root = radio.form ?? radio.ownerDocument;
  const group = [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
    (each) => each.name === radio.name && !each.disabled,
  );
  const next = group[(group.indexOf(radio) + step + group.length) % group.length];
  if (next === undefined) return;
  focusOn(next);
  next.click();
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

function moveCaret(field: TextField, by: number): void {
  const { selectionStart, value } = field;
  if (selectionStart === null) return;
  const place = Math.min(Math.max(0, selectionStart + by), value.length);
  field.setSelectionRange(place, place);
}

function jump(target: Element, to: 'start' | 'end'): void {
  if (isTextField(target)) return moveCaret(target, to === 'start' ? -target.value.length : target.value.length);
  const box = target.ownerDocument.scrollingElement;
  box?.scrollTo({ top: to === 'start' ? 0 : box.scrollHeight, behavior: 'instant' });
}
