const SVG = 'http://www.w3.org/2000/svg';
/** What draws, and what is drawn with. Nothing of it loads, runs or holds another language. */
const DRAWN: ReadonlySet<string> = new Set(
  (
    'svg g defs symbol path rect circle ellipse line polyline polygon use style ' +
    'linearGradient radialGradient stop clipPath mask pattern marker'
  ).split(' '),
);
/** Words, numbers and calls; no quote, no escape and no at-rule. */
const PLAIN = /^[\w\s.,#%()+\-:;{}>~*]*$/;
/** Functions that take an address. */
const NAMES_PLACE = /(?:url|src|image|set|rect|fade|element|attr|expression)\(/i;
const OWN_REFERENCE = /url\(#[\w-]+\)/g;
const MAX_DEPTH = 50;

const isPlain = (text: string): boolean => PLAIN.test(text) && !NAMES_PLACE.test(text.replace(OWN_REFERENCE, ''));

/**
 * A drawing of which other drawings use parts (`<use href="…#icon">`), built anew from what draws; null when it is none.
 * Where it is used so it is no picture: Firefox loads whatever its style sheets name, and asks no policy of the page (tried
 * with Firefox 153: `@import`, fonts, masks, cursors and backgrounds were asked for).
 */
export function toDrawingParts(text: string): string | null {
  const source = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (source.localName !== 'svg') return null;
  const target = document.implementation.createDocument(SVG, 'svg');
  fill(target.documentElement, source, 0);
  return new XMLSerializer().serializeToString(target);
}

function fill(target: Element, source: Element, depth: number): void {
  for (const { localName, name, value } of source.attributes) {
    const isOwnPart = localName === 'href' && /^#[\w-]+$/.test(value);
    if (isOwnPart) target.setAttribute('href', value);
    else if (!/^on|^href$|:/i.test(name) && isPlain(value)) target.setAttribute(name, value);
  }
  if (source.localName === 'style') {
    const css = source.textContent ?? '';
    if (isPlain(css)) target.textContent = css;
    return;
  }
  for (const child of source.children) {
    if (child.namespaceURI !== SVG || !DRAWN.has(child.localName) || depth > MAX_DEPTH) continue;
    const copy = target.ownerDocument.createElementNS(SVG, child.localName);
    fill(copy, child, depth + 1);
    target.append(copy);
  }
}
