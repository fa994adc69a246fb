/**
 * Attributes of a hostile stream's elements. A name is passed if it is known to hold only words, or if its value can't
 * name an address, a script or a style function; whatever loads becomes a `blob:` or `data:` picture or goes.
 */
import { MAX_ATTRIBUTE_CHARS } from '../protocol/cobrowse-limits.ts';
import { type AssetBook, assetHashOf, assetPartOf, isDataPicture } from './asset-ref.ts';
import { sanitiseCss, sanitiseCssValue } from './css-sanitise.ts';
import {
  ANIMATION_TAGS,
  DROPPED_ATTRIBUTES,
  INERT_TAG,
  isAnimatable,
  META_NAMES,
  REFERENCE_ATTRIBUTES,
  TEXT_ATTRIBUTES,
} from './sanitise-tables.ts';

/** What an attribute becomes: its new name and value, `value: null` to take it away, or nothing at all. */
export type SafeAttribute = { readonly name: string; readonly value: string } | null;

export interface AttributeContext {
  readonly assets: AssetBook;
  /** Members of elements: in a form, a field of that id would stand in for the form's own. */
  readonly reserved: ReadonlySet<string>;
}

export interface AttributeTarget {
  readonly nodeId: number;
  /** As in the mirror: lower-case, inert where not allowed. */
  readonly tagName: string;
  readonly isSvg: boolean;
}

const ATTRIBUTE_NAME = /^[a-zA-Z_:][\w:.-]*$/;
/** No colon: no scheme. No backslash or double slash: no host. */
const INERT_VALUE = /^(?!\s*\/\/)[^:\\<>]*$/;

export function sanitiseAttribute(
  target: AttributeTarget,
  rawName: string,
  value: string,
  context: AttributeContext,
): SafeAttribute {
  if (!ATTRIBUTE_NAME.test(rawName)) return null;
  const name = rawName.toLowerCase();
  if (value.length > MAX_ATTRIBUTE_CHARS && name !== '_csstext') return null;
  if (name.startsWith('on') || name.startsWith('data-alongside') || target.tagName === INERT_TAG) return null;
  const special = Object.hasOwn(SPECIAL, name) ? SPECIAL[name] : undefined;
  if (special !== undefined) return special(target, value, context);
  // What else rrweb has names of its own for plays media.
  if (target.tagName === 'meta' || name.startsWith('rr_')) return null;
  if (REFERENCE_ATTRIBUTES.has(name)) return reference(target, rawName, value, context);
  if (DROPPED_ATTRIBUTES.has(name)) return null;
  if (target.tagName === 'link' && !/^(?:media|class|disabled)$/.test(name)) return null;
  if (ANIMATION_TAGS.has(target.tagName)) return animation(name, rawName, value, context);
  if (TEXT_ATTRIBUTES.has(name) || /^(?:data|aria)-/.test(name)) return { name: rawName, value };
  const safe = sanitiseCssValue(value, context.assets);
  return INERT_VALUE.test(safe) || safe.startsWith('url("blob:') ? { name: rawName, value: safe } : null;
}

/** Marks the frame that stands for a file, of which nothing is seen. */
export const FILE = 'data-alongside-file';
/** What a form gives by its id. */
const FORM_PARTS = /^(?:button|fieldset|img|input|output|select|textarea|object)$/;

type Special = (target: AttributeTarget, value: string, context: AttributeContext) => SafeAttribute;

const SPECIAL: Readonly<Record<string, Special>> = {
  style: (_, value, { assets }) => ({ name: 'style', value: sanitiseCssValue(value, assets) }),
  id: ({ tagName }, value, { reserved }) => ({
    name: 'id',
    value: FORM_PARTS.test(tagName) && reserved.has(value) ? `x-${value}` : value,
  }),
  // Names group radio buttons and call slots, and do nothing else here.
  name: ({ tagName }, value) => {
    if (tagName === 'meta') return META_NAMES.has(value.toLowerCase()) ? { name: 'name', value } : null;
    if (tagName === 'slot') return { name: 'name', value };
    return tagName === 'input' ? { name: 'name', value: `x-${value}` } : null;
  },
  content: ({ tagName }, value) => (tagName === 'meta' && !/[:/\\]/.test(value) ? { name: 'content', value } : null),
  type: ({ tagName }, value) => {
    if (tagName !== 'input') return INERT_VALUE.test(value) ? { name: 'type', value } : null;
    // A real password field would wake the expert's password manager; style sheets of the mirror mask `x-password`.
    return { name: 'type', value: /^\s*password\s*$/i.test(value) ? 'x-password' : value };
  },
  src: (target, value, context) =>
    target.tagName === 'img' || target.tagName === 'input' ? picture(target, 'src', value, context) : null,
  poster: (target, value, context) => (target.tagName === 'video' ? picture(target, 'poster', value, context) : null),
  background: (target, value, context) =>
    /^(?:body|table|thead|tbody|tfoot|tr|td|th)$/.test(target.tagName)
      ? picture(target, 'background', value, context)
      : null,
  rr_dataurl: (target, value, context) => {
    if (target.tagName === 'img') return picture(target, 'src', value, context);
    if (target.tagName === 'video') return movingPicture(target, 'poster', value, context);
    return target.tagName === 'canvas' ? movingPicture(target, 'data-alongside-picture', value, context) : null;
  },
  rr_width: (_, value) => length('rr_width', value),
  rr_height: (_, value) => length('rr_height', value),
  rr_open_mode: ({ tagName }, value) =>
    tagName === 'dialog' && (value === 'modal' || value === 'non-modal') ? { name: 'rr_open_mode', value } : null,
  rr_src: () => null,
  rr_file: ({ tagName }) => (tagName === 'iframe' ? { name: FILE, value: '' } : null),
  _csstext: ({ tagName }, value, { assets }) =>
    tagName === 'style' || tagName === 'link' ? { name: '_cssText', value: sanitiseCss(value, assets) } : null,
};

const length = (name: string, value: string): SafeAttribute =>
  /^-?\d{1,7}(?:\.\d+)?(?:px|%)?$/.test(value) ? { name, value } : null;

/** Whether the attribute shows a picture, so that a value that is not passed on must also end the one before. */
export const isPicture = (tagName: string, name: string): boolean =>
  /^(?:img|input|image|feimage|use|video|body|table|td|th|tr)$/.test(tagName) &&
  /^(?:src|poster|background|(?:xlink:)?href)$/i.test(name);

const pictureAs =
  (isMoving: boolean) =>
  ({ nodeId }: AttributeTarget, name: string, value: string, { assets }: AttributeContext): SafeAttribute => {
    const hash = assetHashOf(value);
    if (hash === null) return isDataPicture(value) ? { name, value } : null;
    const address = assets.addressOf(hash);
    if (address !== null) return { name, value: address };
    assets.deferAttribute(hash, { nodeId, attribute: name, isMoving });
    return null;
  };
const picture = pictureAs(false);
const movingPicture = pictureAs(true);

function drawingPart(
  { nodeId }: AttributeTarget,
  { hash, part }: { readonly hash: string; readonly part: string },
  { assets }: AttributeContext,
): SafeAttribute {
  const address = assets.addressOf(hash, true);
  if (address !== null) return { name: 'href', value: `${address}#${part}` };
  assets.deferAttribute(hash, { nodeId, attribute: 'href', part });
  return null;
}

function reference(target: AttributeTarget, name: string, value: string, context: AttributeContext): SafeAttribute {
  // A link keeps the look of one. Its address would be looked up by the browser ahead of time.
  if (target.tagName === 'a' || target.tagName === 'area') return { name: 'href', value: 'about:invalid' };
  // By the name that needs no namespace.
  if (target.tagName === 'image' || target.tagName === 'feimage') return picture(target, 'href', value, context);
  const part = target.tagName === 'use' ? assetPartOf(value) : null;
  if (part !== null) return drawingPart(target, part, context);
  return target.isSvg && /^\s*#[^\s]*\s*$/.test(value) ? { name, value } : null;
}

function animation(name: string, rawName: string, value: string, { assets }: AttributeContext): SafeAttribute {
  if (name === 'attributename') return isAnimatable(value.trim()) ? { name: rawName, value } : null;
  const safe = sanitiseCssValue(value, assets);
  return INERT_VALUE.test(safe) || name === 'begin' || name === 'end' ? { name: rawName, value: safe } : null;
}
