import type { Tool } from '../protocol/ink-messages.ts';

/** The key that chooses a tool while drawing. */
export const TOOL_KEYS: Readonly<Record<Tool, string>> = {
  pen: 'p',
  laser: 'l',
  arrow: 'a',
  'numbered-arrow': 'n',
  rectangle: 'r',
  ellipse: 'e',
  text: 't',
};

/** Warm first; all of them read on light and dark with the white under-stroke. Names are i18n keys. */
export const INK_COLOURS = [
  { name: 'colourRed', value: '#e5484d' },
  { name: 'colourOrange', value: '#e2711d' },
  { name: 'colourYellow', value: '#c99700' },
  { name: 'colourGreen', value: '#1d8a5c' },
  { name: 'colourTeal', value: '#0b7f8c' },
  { name: 'colourBlue', value: '#2f6fde' },
  { name: 'colourViolet', value: '#8347c9' },
  { name: 'colourBlack', value: '#14181d' },
] as const;

/** Thousandths of the picture's short side. Names are i18n keys. */
export const INK_WIDTHS = [
  { name: 'widthThin', value: 5 },
  { name: 'widthMedium', value: 9 },
  { name: 'widthThick', value: 16 },
] as const;

/** A colour of one's own, so that two people who never chose one still differ. `seat` is the place in the roster. */
export const colourOfSeat = (seat: number): string => {
  const order = [0, 5, 3, 6] as const;
  return INK_COLOURS[order[Math.abs(Math.trunc(seat)) % order.length] ?? 0].value;
};
