import { scrubLabel } from '../cobrowse/masking-text.ts';
import { closest } from './composed.ts';

const MAX_NAME_CHARS = 60;
const FIELD = /^(?:input|textarea|select)$/;

/** The words on or beside an element, without what anybody entered. */
export function nameOf(element: Element): string {
  const labelled = element.getAttribute('aria-label') ?? '';
  if (labelled.trim() !== '') return clean(labelled);
  if (FIELD.test(element.localName)) {
    const type = element.getAttribute('type')?.toLowerCase() ?? '';
    if (/^(?:submit|button|reset)$/.test(type)) return clean(element.getAttribute('value') ?? type);
    return clean(labelText(element) || (element.getAttribute('placeholder') ?? element.getAttribute('name') ?? ''));
  }
  if (element.hasAttribute('contenteditable')) return '';
  return clean(textOf(element) || (element.getAttribute('title') ?? element.getAttribute('alt') ?? ''));
}

function labelText(element: Element): string {
  if ('labels' in element && element.labels !== null) {
    const labels = element.labels as NodeListOf<Element>; // what form fields have under that name
    return Array.from(labels, (label) => label.textContent ?? '').join(' ');
  }
  return closest(element, (at) => at.localName === 'label')?.textContent ?? '';
}

/** A button's words; of a whole region only the beginning is taken. */
const textOf = (element: Element): string => (element.textContent ?? '').slice(0, 400);

const clean = (text: string): string => scrubLabel(text.replace(/\s+/g, ' ').trim()).slice(0, MAX_NAME_CHARS);

const ROLES: Readonly<Record<string, string>> = {
  a: 'link',
  button: 'button',
  select: 'list',
  textarea: 'field',
  summary: 'disclosure',
  option: 'option',
  label: 'label',
  img: 'picture',
  video: 'video',
};

export function roleOf(element: Element): string {
  const role = element.getAttribute('role')?.trim().split(/\s+/, 1)[0] ?? '';
  if (/^[a-z]{2,20}$/.test(role)) return role;
  if (element.localName !== 'input') return ROLES[element.localName] ?? 'element';
  const type = element.getAttribute('type')?.toLowerCase() ?? 'text';
  if (/^(?:submit|button|reset|image)$/.test(type)) return 'button';
  return /^(?:checkbox|radio)$/.test(type) ? type : 'field';
}

/** For the log and the other side: `button “Continue”`. A masked element is told by its role alone. */
export function labelOf(element: Element, isMasked: boolean): string {
  const name = isMasked ? '' : nameOf(element);
  return name === '' ? roleOf(element) : `${roleOf(element)} “${name}”`;
}
