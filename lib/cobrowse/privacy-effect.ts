import { secretOfFrame } from './masking-frames.ts';
import type { PagePrivacy } from './privacy-rules.ts';
import { compileSelectors, type Matcher } from './privacy-selector.ts';
import type { TreeNode } from './privacy-tree.ts';

/** Who hides an element, in the order in which they count. */
export type HiddenBy = 'customer' | 'payment' | 'captcha' | 'site' | 'policy';

/** What all the rules together mean at a place in the tree; it is handed down from parent to child. */
export interface Effect {
  readonly hiddenBy: HiddenBy | null;
  /** Below the topmost hidden element; the element itself is sent as a grey box. */
  readonly isUnderHidden: boolean;
  readonly isMaskedByPolicy: boolean;
  /** The nearest word of the site itself, or of the customer's own rules where the site did not say "mask". */
  readonly site: 'mask' | 'allow' | null;
  readonly isEditable: boolean;
  readonly noControl: boolean;
}

/** An element, and what the rules mean where it stands. */
export interface Place {
  readonly node: TreeNode;
  readonly effect: Effect;
}

export const ROOT_EFFECT: Effect = {
  hiddenBy: null,
  isUnderHidden: false,
  isMaskedByPolicy: false,
  site: null,
  isEditable: false,
  noControl: false,
};

export interface PageRules {
  readonly privacy: PagePrivacy;
  readonly hides: Matcher;
  readonly masks: Matcher;
  readonly allows: Matcher;
}

export const compileRules = (privacy: PagePrivacy): PageRules => ({
  privacy,
  hides: compileSelectors(privacy.hide),
  masks: compileSelectors(privacy.mask),
  allows: compileSelectors(privacy.allow ?? []),
});

/** The effect at `node`, given the one at its parent. Precedence: customer, always, site, policy; then what is allowed. */
export function effectAt(node: TreeNode, above: Effect, rules: PageRules): Effect {
  if (node.kind !== 'element') return above.hiddenBy === null ? above : { ...above, isUnderHidden: true };
  const { sight, noControl } = node.directives;
  return {
    hiddenBy: above.hiddenBy ?? hiddenBy(node, rules),
    isUnderHidden: above.hiddenBy !== null,
    isMaskedByPolicy: above.isMaskedByPolicy || rules.masks(node),
    site: sight === 'mask' || sight === 'allow' ? sight : isAllowed(node, above, rules) ? 'allow' : above.site,
    isEditable: isEditable(node, above.isEditable),
    noControl: above.noControl || noControl,
  };
}

const isAllowed = (node: TreeNode, above: Effect, rules: PageRules): boolean =>
  above.site !== 'mask' && rules.allows(node);

/** The same from scratch, by way of all ancestors. */
export function effectOf(node: TreeNode, rules: PageRules): Effect {
  const path: TreeNode[] = [];
  for (let at: TreeNode | null = node; at !== null; at = at.parent) path.push(at);
  return path.reduceRight((above, at) => effectAt(at, above, rules), ROOT_EFFECT);
}

function hiddenBy(node: TreeNode, rules: PageRules): HiddenBy | null {
  if (node.isHiddenByCustomer) return 'customer';
  if (node.tag === 'iframe') {
    const secret = secretOfFrame(node.attributes.rr_src ?? node.attributes.src ?? '');
    if (secret !== null) return secret;
  }
  if (node.directives.sight === 'hide' || node.isBlocked) return 'site';
  return rules.hides(node) ? 'policy' : null;
}

function isEditable({ attributes }: TreeNode, above: boolean): boolean {
  const own = attributes.contenteditable?.toLowerCase();
  if (own === 'false') return false;
  return above || own === '' || own === 'true' || own === 'plaintext-only' || attributes.role === 'textbox';
}

/** Whether plain text at this place is masked as a whole. */
export const isTextMasked = (effect: Effect, { privacy }: PageRules): boolean =>
  effect.isMaskedByPolicy ||
  effect.site === 'mask' ||
  (effect.isEditable && privacy.mode === 'strict' && effect.site !== 'allow');

/** Whether a field's content is shown. `node.secret` is the always-mask set; nothing below can overrule it. */
export const isFieldShown = (node: TreeNode, effect: Effect, { privacy }: PageRules): boolean =>
  node.secret === null &&
  effect.hiddenBy === null &&
  !effect.isMaskedByPolicy &&
  effect.site !== 'mask' &&
  (privacy.mode === 'assist' || effect.site === 'allow');
