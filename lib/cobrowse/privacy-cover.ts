import { TEXT_MASK, VALUE_MASK } from './masking-text.ts';
import { effectOf, isFieldShown, isTextMasked, type PageRules, type Place } from './privacy-effect.ts';
import { isField } from './privacy-fields.ts';
import { childrenOf, subtreeOf, type TreeNode } from './privacy-tree.ts';

/** Changes that take something away from the other side's picture. */
export interface Cover {
  readonly removes: { parentId: number; id: number; isShadow?: true }[];
  readonly texts: { id: number; value: string }[];
  readonly attributes: { id: number; attributes: Record<string, unknown> }[];
}

export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** Covers what was sent of `node` and now may not be seen: by a grey box when it is hidden, by masks otherwise. */
export function coverNode({ node, effect }: Place, out: Cover, rules: PageRules, size?: BoxSize): void {
  if (effect.hiddenBy !== null) hideNode(node, out, size);
  else for (const inner of subtreeOf(node)) maskNode(inner, out, rules);
}

function hideNode(node: TreeNode, out: Cover, size: BoxSize | undefined): void {
  for (const child of childrenOf(node)) {
    // A frame's document can't be taken out of it; what is in the document can.
    const inside = child.kind === 'document' ? [...childrenOf(child)] : [child];
    for (const gone of inside)
      if (!gone.isDropped) out.removes.push({ parentId: gone.parent?.id ?? node.id, id: gone.id });
  }
  if (node.shadow !== null) {
    for (const child of childrenOf(node.shadow)) {
      if (!child.isDropped) out.removes.push({ parentId: node.id, id: child.id, isShadow: true });
    }
  }
  for (const inner of subtreeOf(node)) inner.isShown = false;
  const box = size === undefined ? '' : `width:${Math.round(size.width)}px;height:${Math.round(size.height)}px;`;
  const style = `${box}box-sizing:border-box;overflow:hidden;background:#c9c9c9;color:transparent`;
  out.attributes.push({ id: node.id, attributes: { ...TELLING, class: 'rr-block', style } });
}

/** Attributes that may have told something. */
const TELLING = { id: null, href: null, src: null, poster: null, background: null, value: null, label: null } as const;

function maskNode(node: TreeNode, out: Cover, rules: PageRules): void {
  if (node.isDropped) return;
  const effect = effectOf(node, rules);
  if (node.kind === 'text') {
    if (!node.isShown || !isTextMasked(effect, rules)) return;
    node.isShown = false;
    if (node.text.trim() !== '') out.texts.push({ id: node.id, value: TEXT_MASK });
  } else if (isField(node) && node.isShown && !isFieldShown(node, effect, rules)) {
    node.isShown = false;
    out.attributes.push({ id: node.id, attributes: { value: node.tag === 'select' ? null : VALUE_MASK } });
    maskChoices(node, out);
  } else if (node.tag === 'img' && (effect.site === 'mask' || effect.isMaskedByPolicy)) {
    out.attributes.push({ id: node.id, attributes: { src: null } });
  }
}

function maskChoices(select: TreeNode, out: Cover): void {
  for (const inner of subtreeOf(select)) {
    if (inner.tag === 'option' || inner.tag === 'optgroup') {
      out.attributes.push({ id: inner.id, attributes: { label: null, selected: null } });
    } else if (inner.kind === 'text' && inner.text.trim() !== '') out.texts.push({ id: inner.id, value: TEXT_MASK });
  }
}
