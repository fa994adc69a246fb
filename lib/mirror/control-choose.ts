/** Fields without a caret: lists, dates, colours, ranges. */

const PICKED = /^(?:date|time|month|week|datetime-local|color|range|number)$/;

export const isPicked = (element: Element): element is HTMLInputElement =>
  element.localName === 'input' && 'type' in element && PICKED.test(String(element.type));

export const isList = (element: Element): element is HTMLSelectElement => element.localName === 'select';

/** Chooses these options and no others. False when nothing can be chosen. */
export function chooseOptions(list: HTMLSelectElement, chosen: ReadonlySet<Element>): boolean {
  const options = [...list.options];
  if (list.disabled || !options.some((option) => chosen.has(option) && !option.disabled)) return false;
  if (list.multiple) for (const option of options) option.selected = chosen.has(option) && !option.disabled;
  else list.selectedIndex = options.findIndex((option) => chosen.has(option) && !option.disabled);
  announce(list);
  return true;
}

/** Puts a value into a field that has a picker; false when the field refuses it. */
export function pickValue(field: HTMLInputElement, value: string): boolean {
  if (field.disabled || field.readOnly) return false;
  const before = field.value;
  field.value = value;
  // A value of the wrong shape empties the field.
  if (value !== '' && field.value === '') {
    field.value = before;
    return false;
  }
  announce(field);
  return true;
}

/** The browser does both when a person chooses; frameworks listen to the one or the other. */
function announce(field: HTMLElement): void {
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
