import type { PickerKind } from '../protocol/cobrowse-messages.ts';
import { type Hit, VALUE_INPUTS } from '../protocol/player-messages.ts';
import type { MirrorNodes } from './mirror-nodes.ts';

const MAX_LINES = 12;
const MAX_OPTIONS = 500;

/** The lines of a stand-in for a select's list; empty for pickers whose content nobody can know. */
export function pickerLines(element: Element, kind: PickerKind): string[] {
  if (kind !== 'select' || element.localName !== 'select') return [];
  const select = element as HTMLSelectElement; // by its name
  return [...select.options]
    .slice(0, MAX_LINES)
    .map((option) => (option.selected ? '✓ ' : '') + option.label.slice(0, 200));
}

/** A select's choices, for the expert's own list. */
export function optionsOf(element: Element, toNodeId: (node: Node) => number | null): NonNullable<Hit['options']> {
  if (element.localName !== 'select') return [];
  const select = element as HTMLSelectElement; // by its name
  return [...select.options].slice(0, MAX_OPTIONS).flatMap((option) => {
    const nodeId = toNodeId(option);
    return nodeId === null ? [] : [{ nodeId, label: option.label.slice(0, 200), chosen: option.selected }];
  });
}

/** The type of an input whose value is picked; null for all other elements. */
export function valueInputOf(element: Element): NonNullable<Hit['input']> | null {
  if (element.localName !== 'input') return null;
  const type = (element.getAttribute('type') ?? '').toLowerCase();
  return VALUE_INPUTS.find((each) => each === type) ?? null;
}

/** How keyboard and pointer treat an element. */
export function targetKind(element: Element, nodes: MirrorNodes): Hit['target'] {
  const field = element.closest('input, textarea, select, [contenteditable]');
  if (field === null || nodes.getId(field) < 0) return 'other';
  if (field.localName === 'select') return 'select';
  if (field.localName === 'textarea') return 'text';
  if (field.localName !== 'input') return field.getAttribute('contenteditable') === 'false' ? 'other' : 'editable';
  const type = (field.getAttribute('type') ?? 'text').toLowerCase();
  if (valueInputOf(field) !== null) return 'value';
  return /^(?:checkbox|radio|button|submit|reset|image|file|hidden)$/.test(type) ? 'other' : 'text';
}
