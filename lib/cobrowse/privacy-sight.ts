import { isButtonType, isToggleType } from './masking-fields.ts';
import type { PageRules } from './privacy-effect.ts';
import { isField } from './privacy-fields.ts';
import type { TreeNode } from './privacy-tree.ts';

/** Whether a node is in a shadow root, or in a document that is in a frame of another. */
export function isInner(node: TreeNode): boolean {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.kind === 'shadow' || (at.kind === 'document' && at.parent !== null)) return true;
  }
  return false;
}

/** Whether the other side gets less of it than there is. */
export function isCovered(node: TreeNode, rules: PageRules): boolean {
  if (node.kind !== 'element' || node.isDropped) return false;
  const { sight } = node.directives;
  if (sight === 'hide' || sight === 'mask' || node.isHiddenByCustomer || node.isBlocked) return true;
  const type = node.attributes.type ?? '';
  if (isField(node)) return !node.isShown && !isButtonType(type) && !isToggleType(type) && type !== 'hidden';
  return rules.hides(node) || rules.masks(node);
}
