/**
 * The last gate before a page leaves the customer's machine. It is given what the recorder says, in order, and gives back
 * what may be sent. It trusts neither the recorder (which lives in the page's world) nor the page: whatever is not known
 * to be harmless stays at home. reference/cobrowse.md §4.
 */
import type { MirrorEvent } from '../protocol/cobrowse-messages.ts';
import type { AssetRegister } from './assets-register.ts';
import { safeAddress } from './masking-address.ts';
import type { AttributeMasking } from './masking-attributes.ts';
import { maskCss } from './masking-css.ts';
import { buildTree, type Builder, isRecord, type RawNode } from './privacy-build.ts';
import { type BoxSize, coverNode } from './privacy-cover.ts';
import { compileRules, effectOf, isTextMasked, ROOT_EFFECT } from './privacy-effect.ts';
import { createFieldIndex, isField } from './privacy-fields.ts';
import { filterIncremental } from './privacy-incremental.ts';
import {
  askedAnew,
  createMutation,
  filterMutation,
  isEmptyMutation,
  isSent,
  type OutMutation,
} from './privacy-mutation.ts';
import { outputTree } from './privacy-output.ts';
import type { PagePrivacy } from './privacy-rules.ts';
import { isCovered, isInner } from './privacy-sight.ts';
import { childrenOf, isSheetLink, type TreeNode } from './privacy-tree.ts';
import { createSelectorAttributes } from './selector-attributes.ts';

export interface PrivacyFilter {
  /** What of one recorder event may be sent: nothing, or an event. Never throws. */
  filter(event: unknown): MirrorEvent | null;
  /** What attributes that were sent before may tell since there are new selectors; null when that is nothing. */
  takeAsked(timestamp: number): MirrorEvent | null;
  /** Whether something that was masked may be shown now, which only a new snapshot can do. Asking resets it. */
  takeWish(): boolean;
  /** New rules; they hold from the next snapshot on, which the caller takes at once. */
  setPrivacy(privacy: PagePrivacy): void;
  /** Hides an element for the customer; the event to send at once, or null when it is not on show anyway. */
  hide(id: number, size: BoxSize | undefined, timestamp: number): MirrorEvent | null;
  /** Shows again what the customer hid; a new snapshot has to follow. */
  unhide(id: number): void;
  hiddenIds(): readonly number[];
  /** Elements of which the other side gets less than there is: masked, hidden, or fields that are not shown. */
  coveredIds(): readonly number[];
  /** Style sheets that the page's world could not read, or not whole; asking forgets them. */
  takeUnreadSheets(): readonly UnreadSheet[];
  /** The text of such a sheet, masked, as an event. */
  supplySheet(id: number, css: string, address: string): MirrorEvent | null;
  /** Canvases and videos whose picture may be shown. */
  drawn(): readonly TreeNode[];
  /** Popovers in shadow roots and in frames below this one, where nothing tells the document that they open. */
  innerPopoverIds(): readonly number[];
  /** The picture of one of them, named by its asset, as an event. */
  supplyPicture(id: number, name: string): MirrorEvent | null;
  node(id: number): TreeNode | null;
  /** Children that the other side has, without a shadow root's; null when it has no such node. */
  sentChildren(id: number): readonly number[] | null;
  ids(): readonly number[];
  readonly context: { readonly rules: ReturnType<typeof compileRules> };
}

export interface UnreadSheet {
  readonly id: number;
  /** Null: what could be read of it has been sent. */
  readonly href: string | null;
}

export interface FilterDeps {
  readonly privacy: PagePrivacy;
  readonly assets: AssetRegister;
  /** The address of the frame's document, for relative addresses. */
  readonly base: () => string;
}

export function createPrivacyFilter({ privacy, assets, base }: FilterDeps): PrivacyFilter {
  const nodes = new Map<number, TreeNode>();
  const raw = new Map<TreeNode, RawNode>();
  /** What must not be forgotten when a node is taken out and put back. */
  const sticky = new Map<number, Pick<TreeNode, 'secret' | 'isHiddenByCustomer'>>();
  const selectors = createSelectorAttributes();
  const fields = new Set<TreeNode>();
  const drawn = new Set<TreeNode>();
  const popovers = new Set<TreeNode>();
  const ownNames = new Map<string, string>();
  let rules = compileRules(privacy);
  let index = createFieldIndex((node) => nodes.get(node.id) === node);
  let wantsSnapshot = false;
  let unread: UnreadSheet[] = [];

  const masking: AttributeMasking = {
    assets,
    get base() {
      return base();
    },
    selectors,
    ownName(name) {
      const known = ownNames.get(name) ?? `alongside-${ownNames.size + 1}`;
      ownNames.set(name, known);
      return known;
    },
  };
  const builder: Builder = {
    nodes,
    raw,
    onNode(node, css) {
      const kept = sticky.get(node.id);
      if (kept !== undefined) Object.assign(node, kept);
      index.add(node);
      if (isField(node)) fields.add(node);
      if (isDrawn(node)) drawn.add(node);
      if (node.attributes.popover !== undefined) popovers.add(node);
      if (typeof css === 'string') noteSheet(node.id, css);
      else if (node.tag === 'link' && node.attributes._csstext === undefined && isSheetLink(node.attributes.rel))
        unread.push({ id: node.id, href: node.attributes.href ?? '' });
    },
  };
  const noteSheet = (id: number, css: string) => {
    selectors.note(css);
    if (LOST.test(css)) unread.push({ id, href: null });
  };
  const judgeField = (node: TreeNode) => {
    if (index.judge(node) !== null)
      sticky.set(node.id, { secret: node.secret, isHiddenByCustomer: node.isHiddenByCustomer });
  };
  const context = () => ({
    rules,
    masking,
    raw,
    builder,
    nodes,
    judgeField,
    *shownFields() {
      for (const field of fields) {
        if (nodes.get(field.id) !== field) fields.delete(field);
        else if (field.isShown) yield field;
      }
    },
    wantSnapshot: () => {
      wantsSnapshot = true;
    },
  });

  const mayShowPicture = (node: TreeNode): boolean => {
    const effect = effectOf(node, rules);
    return isSent(node) && effect.hiddenBy === null && !isTextMasked(effect, rules);
  };

  const snapshot = (data: RawNode): RawNode | null => {
    nodes.clear();
    raw.clear();
    fields.clear();
    drawn.clear();
    popovers.clear();
    unread = [];
    index = createFieldIndex((node) => nodes.get(node.id) === node);
    wantsSnapshot = false;
    const root = buildTree(data.node, 0, builder);
    if (root?.kind !== 'document') return null;
    for (const field of fields) judgeField(field);
    selectors.takeNews();
    const node = outputTree(root, ROOT_EFFECT, context());
    const offset = isRecord(data.initialOffset) ? data.initialOffset : {};
    return node && { node, initialOffset: { top: numberOf(offset.top), left: numberOf(offset.left) } };
  };

  const dataOf = (event: RawNode): RawNode | null => {
    const data = event.data;
    if (!isRecord(data)) return null;
    if (event.type === 2) return snapshot(data);
    if (event.type === 4) {
      const href = typeof data.href === 'string' ? safeAddress(data.href) : '';
      return { href, width: numberOf(data.width), height: numberOf(data.height) };
    }
    if (event.type !== 3) return null;
    if (data.source !== 0) return filterIncremental(data, context());
    const mutation = filterMutation(data, context());
    return isEmptyMutation(mutation) ? null : { ...mutation };
  };

  return {
    filter(event) {
      if (!isRecord(event) || typeof event.type !== 'number' || !Number.isFinite(event.timestamp)) return null;
      const data = dataOf(event);
      raw.clear();
      return data === null ? null : { type: event.type, data, timestamp: numberOf(event.timestamp) };
    },
    takeAsked(timestamp) {
      const news = selectors.takeNews();
      const mutation = news.size === 0 ? null : askedAnew(news, context());
      return mutation === null || isEmptyMutation(mutation) ? null : { type: 3, data: { ...mutation }, timestamp };
    },
    takeWish() {
      const wish = wantsSnapshot;
      wantsSnapshot = false;
      return wish;
    },
    setPrivacy(next) {
      rules = compileRules(next);
    },
    hide(id, size, timestamp) {
      const node = nodes.get(id);
      if (node?.kind !== 'element' || node.isHiddenByCustomer) return null;
      const wasVisible = isSent(node) && effectOf(node, rules).hiddenBy === null;
      node.isHiddenByCustomer = true;
      sticky.set(id, { secret: node.secret, isHiddenByCustomer: true });
      if (!wasVisible) return null;
      const mutation = createMutation();
      coverNode({ node, effect: effectOf(node, rules) }, mutation, rules, size);
      return { type: 3, data: { ...mutation }, timestamp };
    },
    unhide(id) {
      const node = nodes.get(id);
      if (node !== undefined) node.isHiddenByCustomer = false;
      const secret = sticky.get(id)?.secret ?? null;
      sticky.set(id, { secret, isHiddenByCustomer: false });
    },
    hiddenIds: () => [...sticky].filter(([, kept]) => kept.isHiddenByCustomer).map(([id]) => id),
    coveredIds: () => [...nodes.values()].filter((node) => isCovered(node, rules)).map(({ id }) => id),
    takeUnreadSheets() {
      const taken = unread;
      unread = [];
      return taken;
    },
    supplySheet(id, css, address) {
      const node = nodes.get(id);
      if (node === undefined || !isSent(node) || effectOf(node, rules).hiddenBy !== null) return null;
      selectors.note(css);
      const masked = maskCss(css, { ...masking, base: address });
      if (node.tag === 'link') return changeOf({ attributes: [{ id, attributes: { _cssText: masked } }] });
      // By its text, which later events speak of.
      const text = node.tag === 'style' && node.first === node.last ? node.first : null;
      return text === null ? null : changeOf({ texts: [{ id: text.id, value: masked }] });
    },
    drawn() {
      for (const node of drawn) if (nodes.get(node.id) !== node) drawn.delete(node);
      return [...drawn].filter(mayShowPicture);
    },
    innerPopoverIds() {
      for (const popover of popovers) if (nodes.get(popover.id) !== popover) popovers.delete(popover);
      return [...popovers].filter(isInner).map(({ id }) => id);
    },
    supplyPicture(id, name) {
      const node = nodes.get(id);
      if (node === undefined || !isDrawn(node) || !mayShowPicture(node)) return null;
      return changeOf({ attributes: [{ id, attributes: { rr_dataURL: name } }] });
    },
    node: (id) => nodes.get(id) ?? null,
    sentChildren(id) {
      const node = nodes.get(id);
      if (node === undefined || !isSent(node)) return null;
      const effect = effectOf(node, rules);
      if (effect.isUnderHidden) return null;
      if (effect.hiddenBy !== null) return [];
      return [...childrenOf(node)].filter((child) => !child.isDropped).map((child) => child.id);
    },
    ids: () => [...nodes.keys()],
    get context() {
      return { rules };
    },
  };
}

const changeOf = (part: Partial<OutMutation>): MirrorEvent => ({
  type: 3,
  data: { ...createMutation(), ...part },
  timestamp: 0,
});

/** What a browser says of a property that is part of a shorthand of variables. */
const LOST = /[\w-]: ;/;

const isDrawn = ({ tag }: TreeNode): boolean => tag === 'canvas' || tag === 'video';

const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
