/**
 * Attributes as they may leave: an allow-list of what lays out or styles; labels of buttons go through the text mask;
 * everything else leaves only as far as the page's style sheets ask for it (selector-attributes.ts). Form values, `src` and style sheets are handled by their own rules.
 */
import { FORMULA } from './formula.ts';
import { safeAddress } from './masking-address.ts';
import { type CssMasking, maskCss, maskId } from './masking-css.ts';
import { isTelling, scrubText } from './masking-text.ts';
import type { SelectorAttributes } from './selector-attributes.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Layout and state in HTML; what else tells a state is known by the style sheets that ask for it. */
const PLAIN = new Set(
  words(`dir lang role type colspan rowspan span scope align valign width height hidden open disabled readonly required
  checked selected multiple size rows cols wrap tabindex contenteditable draggable popover inert start reversed
  border cellpadding cellspacing bgcolor color face nowrap hspace vspace compact clear slot part exportparts
  frameborder scrolling min max step low high optimum controls loop muted playsinline shape coords noshade frame rules
  char media rr_width rr_height rr_scrollleft rr_scrolltop rr_open_mode`),
);
/** Geometry and paint in SVG and MathML. */
const DRAWING = new Set(
  words(`d viewbox preserveaspectratio x y x1 x2 y1 y2 cx cy r rx ry fx fy fr points transform gradientunits
  gradienttransform spreadmethod patternunits patterncontentunits patterntransform clippathunits maskunits
  maskcontentunits markerwidth markerheight markerunits refx refy orient offset stop-color stop-opacity fill fill-opacity
  fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit
  stroke-opacity opacity clip-path clip-rule mask filter marker-start marker-mid marker-end marker display visibility
  overflow color-interpolation color-interpolation-filters vector-effect paint-order shape-rendering text-rendering
  image-rendering pointer-events font-size font-family font-weight font-style font-stretch font-variant text-anchor
  text-decoration dominant-baseline alignment-baseline baseline-shift letter-spacing word-spacing writing-mode dx dy
  rotate textlength lengthadjust startoffset pathlength in in2 result stddeviation mode operator k1 k2 k3 k4 values
  tablevalues slope intercept amplitude exponent radius scale xchannelselector ychannelselector basefrequency numoctaves
  seed stitchtiles flood-color flood-opacity lighting-color surfacescale specularconstant specularexponent
  diffuseconstant azimuth elevation z kernelmatrix order bias edgemode primitiveunits filterunits attributename
  attributetype begin dur end from to by repeatcount repeatdur keytimes keysplines keypoints calcmode additive
  accumulate version xml:space mathvariant mathsize mathcolor mathbackground displaystyle scriptlevel stretchy fence
  separator lspace rspace columnalign rowalign columnspacing rowspacing
  linethickness depth voffset accent accentunder movablelimits largeop symmetric minsize maxsize`),
);
/** Colours and margins of an old page. */
const OF_BODY = /^(?:text|[av]?link|margin(?:width|height)|(?:top|right|bottom|left)margin)$/;
/** A length with as many decimals as there are is no number of anything. */
const FRACTION = /^-?\d{1,7}\.\d+/;
const MAX_CHARS = 400;
const MAX_DRAWING_CHARS = 500_000;

export interface AttributeMasking extends CssMasking {
  readonly selectors: Pick<SelectorAttributes, 'valueOf' | 'note'>;
}

export interface AttributePlace {
  /** Lower-case. */
  readonly tag: string;
  readonly isSvg: boolean;
}

/** The attribute's value as it may leave, or null when it may not. `value` as rrweb gives it. */
export function maskAttribute(
  { tag, isSvg }: AttributePlace,
  rawName: string,
  value: string | number | true,
  masking: AttributeMasking,
): string | number | true | null {
  const name = rawName.toLowerCase();
  if (typeof value === 'number') return name.startsWith('rr_scroll') && Number.isFinite(value) ? value : null;
  if (value === true) return PLAIN.has(name) ? true : null;
  if (tag === 'meta') return maskMeta(name, value);
  const own = Object.hasOwn(OWN_RULES, name) ? OWN_RULES[name] : undefined;
  if (own !== undefined) return own({ tag, isSvg }, value, masking);
  if (PLAIN.has(name) || (tag === 'body' && OF_BODY.test(name)))
    return value.length <= MAX_CHARS && !isTelling(value.replace(FRACTION, '')) ? value : null;
  if ((isSvg || FORMULA.test(tag)) && DRAWING.has(name))
    return value.length <= MAX_DRAWING_CHARS ? maskDrawing(value, masking) : null;
  if (value === '' && /^(?:data-|_ng)/.test(name)) return value;
  return NEVER.test(name) ? null : masking.selectors.valueOf(name, value);
}

type OwnRule = (place: AttributePlace, value: string, masking: AttributeMasking) => string | null;

const OWN_RULES: Readonly<Record<string, OwnRule>> = {
  class: (_, value) => maskTokens(value),
  style: (_, value, masking) => maskCss(value, masking),
  id: (_, value, masking) => maskId(value, masking),
  href: maskReference,
  'xlink:href': maskReference,
  name: ({ tag }, value, { ownName, selectors }) => {
    // Radio buttons of one name are one group, and so are `details`.
    if (tag === 'details' || tag === 'input') return ownName(value);
    // Content goes to the slot of its name.
    if (tag === 'slot') return isTelling(value) ? null : value;
    return selectors.valueOf('name', value);
  },
  value: ({ tag }, value) => (/^(?:li|progress|meter)$/.test(tag) && /^-?[\d.]{1,12}$/.test(value) ? value : null),
  // :placeholder-shown needs one; its words are nobody's business.
  placeholder: (_, value) => (value === '' ? '' : ' '),
};

/** What runs, and what rrweb has a meaning for. */
const NEVER = /^(?:on|rr_|src(?:doc)?$)/;

/** Whether an attribute of this name (lower case) leaves only as far as style sheets ask for it. */
export const isAskedFor = (name: string): boolean =>
  name === 'name' || !(PLAIN.has(name) || Object.hasOwn(OWN_RULES, name) || NEVER.test(name));

/** Of all that a page says about itself in `meta`, what it looks like. */
export const isColourScheme = (name: string): boolean => name.toLowerCase() === 'color-scheme';

const COLOUR_SCHEMES = /^(?:only|light|dark|normal|\s){1,9}$/i;

function maskMeta(name: string, value: string): string | null {
  const isKept = name === 'content' ? COLOUR_SCHEMES.test(value) : name === 'name' && isColourScheme(value);
  return isKept ? value : null;
}

/** Class names may be hashes of their style sheet; only what can be nothing but a secret goes. */
const maskTokens = (value: string): string =>
  value
    .split(/\s+/)
    .filter((token) => scrubText(token) === token && !/^(?:[a-f\d]{32,}|eyJ[\w-]{10,}.*)$/i.test(token))
    .join(' ');

const maskDrawing = (value: string, masking: AttributeMasking): string =>
  value.includes('url(') ? maskCss(value, masking) : value;

function maskReference({ tag }: AttributePlace, value: string, masking: AttributeMasking): string | null {
  const isLink = tag === 'a' || tag === 'area';
  if (value.startsWith('#')) return isLink ? '#' : `#${maskId(value.slice(1), masking)}`;
  return isLink ? safeAddress(value, masking.base) : null;
}
