/** Typing as edits at the caret, so that a field's value never travels. reference/cobrowse.md §5.3. */
import type { TypingEdit } from '../protocol/cobrowse-control-messages.ts';
import { closest, deepActiveElement } from './composed.ts';
import { focusOn } from './control-press.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;

export const isTextField = (element: Element): element is TextField =>
  element.localName === 'textarea' ||
  (element.localName === 'input' &&
    'type' in element &&
    /^(?:text|search|url|tel|email|number)$/.test(String(element.type)));

/** The editing host that an element belongs to. */
export const editingHostOf = (element: Element): HTMLElement | null => {
  const host = closest(element, (at) => 'isContentEditable' in at && at.isContentEditable === true);
  if (host === null) return null;
  let outermost = host;
  for (let at = host.parentElement; at?.isContentEditable; at = at.parentElement) outermost = at;
  return outermost as HTMLElement; // it has isContentEditable
};

/** Whether an element takes typed text now. */
export const canType = (element: Element): boolean =>
  isTextField(element) ? !element.disabled && !element.readOnly : editingHostOf(element) !== null;

/** Applies edits in order. False when the page let none of them in. */
export function applyEdits(element: Element, edits: readonly TypingEdit[]): boolean {
  const field = isTextField(element) ? element : editingHostOf(element);
  if (field === null) return false;
  if (deepActiveElement(document) !== field) focusOn(field);
  return edits.map((edit) => applyEdit(field, edit)).some(Boolean);
}

function applyEdit(field: TextField | HTMLElement, edit: TypingEdit): boolean {
  switch (edit.kind) {
    case 'insert':
      return insert(field, edit.text);
    case 'delete-backward':
      return repeat(edit.count, () => erase(field, 'Backspace'));
    case 'delete-forward':
      return repeat(edit.count, () => erase(field, 'Delete'));
    case 'select':
      return isTextField(field) ? select(field, edit.start, edit.end) : selectIn(field, edit.start, edit.end);
  }
}

function repeat(count: number, step: () => boolean): boolean {
  let isDone = false;
  for (let i = 0; i < count && step(); i += 1) isDone = true;
  return isDone;
}

/** Key events go with single characters, because suggestion lists live on them; a paste has none. */
function insert(field: TextField | HTMLElement, text: string): boolean {
  const isKey = [...text].length === 1;
  if (isKey && !fireKey(field, 'keydown', text)) return true;
  const isIn = text.includes('\n') && !isTextField(field) ? insertLines(field, text) : edit(field, 'insertText', text);
  if (isKey) fireKey(field, 'keyup', text);
  return isIn;
}

function insertLines(field: HTMLElement, text: string): boolean {
  return text
    .split('\n')
    .map(
      (line, index) =>
        (index > 0 && edit(field, 'insertParagraph', '')) || (line !== '' && edit(field, 'insertText', line)),
    )
    .some(Boolean);
}

function erase(field: TextField | HTMLElement, key: 'Backspace' | 'Delete'): boolean {
  if (!fireKey(field, 'keydown', key)) return true;
  const isIn = edit(field, key === 'Backspace' ? 'delete' : 'forwardDelete', '');
  fireKey(field, 'keyup', key);
  return isIn;
}

const fireKey = (target: Element, type: 'keydown' | 'keyup', key: string): boolean =>
  target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true, composed: true }));

type Command = 'insertText' | 'insertParagraph' | 'delete' | 'forwardDelete';

/**
 * The browser's own editing: its input events are trusted, undo works, and frameworks and editors take it for typing.
 * Where it does nothing, the value is changed through the native setter, which frameworks notice too.
 */
function edit(field: TextField | HTMLElement, command: Command, text: string): boolean {
  const before = contentOf(field);
  let heard = false;
  const listen = () => {
    heard = true;
  };
  field.addEventListener('input', listen);
  // Deprecated, and still the only way to edit as a person does; both browsers keep it.
  field.ownerDocument.execCommand(command, false, text);
  field.removeEventListener('input', listen);
  if (heard || contentOf(field) !== before) return true;
  return isTextField(field) && editByValue(field, command, text);
}

const contentOf = (field: TextField | HTMLElement): string =>
  isTextField(field) ? field.value : (field.textContent ?? '');

function editByValue(field: TextField, command: Command, text: string): boolean {
  const { value } = field;
  const start = field.selectionStart ?? value.length;
  const end = field.selectionEnd ?? value.length;
  const from = start === end && command === 'delete' ? Math.max(0, start - 1) : start;
  const to = start === end && command === 'forwardDelete' ? end + 1 : end;
  const next = value.slice(0, from) + text + value.slice(to);
  if (next === value) return false;
  const inputType =
    command === 'delete'
      ? 'deleteContentBackward'
      : command === 'forwardDelete'
        ? 'deleteContentForward'
        : 'insertText';
  const init = { bubbles: true, composed: true, inputType, data: text === '' ? null : text };
  if (!field.dispatchEvent(new InputEvent('beforeinput', { ...init, cancelable: true }))) return false;
  field.value = next;
  if (field.selectionStart !== null) select(field, from + text.length, from + text.length);
  field.dispatchEvent(new InputEvent('input', init));
  return true;
}

function select(field: TextField, start: number, end: number): boolean {
  try {
    field.setSelectionRange(Math.min(start, field.value.length), Math.min(end, field.value.length));
  } catch {
    // Numbers and e-mail addresses have no caret that a script may move.
    field.select();
  }
  return true;
}

/** Offsets into the text of an editing host. */
function selectIn(host: HTMLElement, start: number, end: number): boolean {
  const range = host.ownerDocument.createRange();
  range.selectNodeContents(host);
  const walker = host.ownerDocument.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (start >= at && start <= at + length) range.setStart(node, start - at);
    if (end >= at && end <= at + length) range.setEnd(node, end - at);
    at += length;
  }
  const selection = host.ownerDocument.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  return selection !== null;
}
