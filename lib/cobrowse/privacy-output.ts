/** What of a new node leaves: the node with its masks on, or nothing. */
import { type AttributeMasking, maskAttribute } from './masking-attributes.ts';
import { maskCss } from './masking-css.ts';
import { looksGenerated } from './masking-text.ts';
import { isRecord, type RawNode } from './privacy-build.ts';
import { type Effect, effectAt, type PageRules, type Place } from './privacy-effect.ts';
import { maskFieldAttribute, optionName } from './privacy-field-output.ts';
import { maskTextNode } from './privacy-text.ts';
import { childrenOf, isFile, isPlace, type TreeNode } from './privacy-tree.ts';

export interface OutputContext {
  readonly rules: PageRules;
  readonly masking: AttributeMasking;
  readonly raw: ReadonlyMap<TreeNode, RawNode>;
  /** Nodes that have additions of their own in the same event: their parents go without them. */
  readonly apart?: ReadonlySet<TreeNode>;
}

export type OutNode = Record<string, unknown>;
export type OutAttributes = Record<string, string | number | true>;

/** `node` and what is below it, as far as it has just been built. `above` is the effect at its parent. */
export function outputTree(node: TreeNode, above: Effect, context: OutputContext): OutNode | null {
  const raw = context.raw.get(node);
  if (raw === undefined || node.isDropped) return null;
  const effect = effectAt(node, above, context.rules);
  if (effect.isUnderHidden) return null;
  const out: OutNode = { type: raw.type, id: node.id };
  for (const flag of ['rootId', 'isShadow', 'isShadowHost', 'isSVG', 'isCustom']) {
    if (typeof raw[flag] === 'number' || raw[flag] === true) out[flag] = raw[flag];
  }
  switch (node.kind) {
    case 'document':
      if (raw.compatMode === 'BackCompat') out.compatMode = raw.compatMode;
      out.childNodes = outputChildren(node, effect, context);
      return out;
    case 'doctype':
      return { ...out, name: 'html', publicId: raw.publicId, systemId: raw.systemId };
    case 'text': {
      const text = typeof raw.textContent === 'string' ? raw.textContent : '';
      out.textContent = maskTextNode(node, text, effect, context);
      if (raw.isStyle === true) out.isStyle = true;
      return out;
    }
    default:
      return outputElement({ node, effect }, raw, out, context);
  }
}

function outputElement({ node, effect }: Place, raw: RawNode, out: OutNode, context: OutputContext): OutNode {
  const attributes = isRecord(raw.attributes) ? raw.attributes : {};
  out.tagName = node.tag;
  if (isPlace(node)) return { ...out, attributes: {}, childNodes: [] };
  if (effect.hiddenBy !== null) {
    delete out.isShadowHost;
    return {
      ...out,
      tagName: boxTag(node.tag),
      attributes: boxAttributes(attributes),
      childNodes: [],
      needBlock: true,
    };
  }
  const shown = outputAttributes({ node, effect }, attributes, context);
  if (isFile(node)) {
    // Words can be put into a frame (lib/mirror/mirror-stand-ins.ts); that of a file has no border of its own.
    return { ...out, tagName: 'iframe', attributes: { ...shown, frameborder: '0', rr_file: '1' }, childNodes: [] };
  }
  out.attributes = node.tag === 'option' ? { ...shown, value: optionName(node) } : shown;
  out.childNodes = outputChildren(node, effect, context);
  return out;
}

function outputChildren(node: TreeNode, effect: Effect, context: OutputContext): OutNode[] {
  const children: OutNode[] = [];
  for (const part of node.shadow === null ? [node] : [node, node.shadow]) {
    for (const child of childrenOf(part)) {
      if (context.apart?.has(child)) continue;
      const out = outputTree(child, effect, context);
      if (out !== null) children.push(out);
    }
  }
  return children;
}

function outputAttributes(place: Place, raw: RawNode, context: OutputContext): OutAttributes {
  const out: OutAttributes = {};
  for (const name of Object.keys(raw)) {
    const value = raw[name];
    if (typeof value !== 'string' && typeof value !== 'number' && value !== true) continue;
    const masked = outputAttribute(place, name, value, context);
    if (masked !== null) out[name] = masked;
  }
  return out;
}

/** One attribute as it may leave, or null. */
export function outputAttribute(
  place: Place,
  rawName: string,
  value: string | number | true,
  context: OutputContext,
): string | number | true | null {
  const name = rawName.toLowerCase();
  if (name === '_csstext') return typeof value === 'string' ? maskCss(value, context.masking) : null;
  const { node, effect } = place;
  const field = maskFieldAttribute(place, name, value, context.rules);
  if (field !== undefined) return field;
  const isPart = isPartOfDrawing(node.tag, name, value);
  if (isPart || isPicture(node.tag, name)) {
    if (typeof value !== 'string' || value === '' || effect.isMaskedByPolicy || effect.site === 'mask') return null;
    return isPart
      ? nameOfPart(value, context.masking)
      : context.masking.assets.nameOf(value, context.masking.base, 'image');
  }
  return maskAttribute(node, rawName, value, context.masking);
}

const isReference = (name: string): boolean => /^(?:xlink:)?href$/.test(name);

const isPicture = (tag: string, name: string): boolean =>
  (name === 'src' && (tag === 'img' || tag === 'input')) ||
  (name === 'poster' && tag === 'video') ||
  (name === 'background' && /^(?:body|table|thead|tbody|tfoot|tr|td|th)$/.test(tag)) ||
  (isReference(name) && (tag === 'image' || tag === 'feimage'));

const isPartOfDrawing = (tag: string, name: string, value: unknown): boolean =>
  tag === 'use' && isReference(name) && typeof value === 'string' && !value.startsWith('#');

/** Icons are often parts of one drawing that stands elsewhere on the site. */
function nameOfPart(value: string, { assets, base }: AttributeMasking): string | null {
  const [address = '', part = ''] = value.split('#');
  if (!/^[\w.-]{1,80}$/.test(part) || looksGenerated(part)) return null;
  const asset = assets.nameOf(address, base, 'image');
  return asset === null ? null : `${asset}#${part}`;
}

/** What stands for a hidden element; frames and pictures would draw something of their own. */
const boxTag = (tag: string): string =>
  /^(?:iframe|img|video|audio|canvas|svg|input|textarea|select|embed|object|picture)$/.test(tag) ? 'div' : tag;

function boxAttributes(raw: RawNode): OutAttributes {
  const box: OutAttributes = { class: 'rr-block' };
  for (const name of ['rr_width', 'rr_height']) {
    const value = raw[name];
    if (typeof value === 'string' && /^\d{1,6}(?:\.\d+)?px$/.test(value)) box[name] = value;
  }
  return box;
}
