import type { ResyncReason } from '../cobrowse/resync-plan.ts';
import {
  asFrameContent,
  attachFrame,
  beginEpoch,
  EMPTY_FRAMES,
  type FrameEntry,
  frameOfSlot,
  framesInside,
  type FramePlace,
  fromMirrorId,
  placeFrame,
  toMirrorId,
} from '../cobrowse/merge-frames.ts';
import type { SafeEvent } from '../cobrowse/mirror-events.ts';
import { hashTree } from '../cobrowse/tree-hash.ts';
import { sanitiseEvent } from '../cobrowse/sanitise-event.ts';
import type { MirrorEvent } from '../protocol/cobrowse-messages.ts';
import { childrenIn } from './children-in.ts';
import { createAdoptedSheets } from './adopted-sheets.ts';
import type { AssetShelf } from './asset-shelf.ts';
import { createDeferredAssets } from './deferred-assets.ts';
import { createEventContext } from './event-context.ts';
import { createHeldFrames } from './held-frames.ts';
import { createLiveReplayer, type LiveReplayer } from './live-replayer.ts';
import { createMirrorScroll } from './mirror-scroll.ts';
import { defineElements } from './mirror-elements.ts';
import { isDocument, type MirrorNodes } from './mirror-nodes.ts';
import { showBuiltPicture, showChangedPictures } from './mirror-pictures.ts';
import { createMirrorSelection } from './mirror-selection.ts';
import { isFrame } from './reachable-documents.ts';
import { createSheetSwitches } from './sheet-switches.ts';

/**
 * The mirror of one shared tab: all its frames in one tree inside one sandboxed iframe. Everything that is shown went
 * through `sanitiseEvent`; trouble never stops it, it only leads to a request for a new snapshot.
 */
export interface TabMirror {
  readonly iframe: HTMLIFrameElement;
  readonly nodes: MirrorNodes;
  snapshot(frameId: number, epoch: number, events: readonly MirrorEvent[]): void;
  events(frameId: number, epoch: number, events: readonly MirrorEvent[]): void;
  place(frameId: number, parent: FramePlace | null): void;
  /** Assets that are on the shelf now. */
  assetsArrived(hashes: readonly string[]): void;
  /** A node of a frame as the mirror's; null when the epoch has passed or the node is not there. */
  nodeOf(frameId: number, epoch: number, nodeId: number): Node | null;
  /** Where a node of the mirror comes from; null for what the stream did not make. */
  originOf(node: Node): { readonly frameId: number; readonly epoch: number; readonly nodeId: number } | null;
  /** The element that a frame of the page hangs in; null for the top frame. */
  frameElement(frameId: number): Element | null;
  /** Compares a sample of the tree with what the customer's side has sent. */
  check(frameId: number, epoch: number, sample: { readonly ids: readonly number[]; readonly hash: number }): void;
  /** Frames whose document went with its parent's and has not come again. */
  missingFrames(): number[];
  readonly nodeCount: number;
  /** Pictures and fonts that style sheets name, as rules of their own. */
  assetRules(): string[];
  destroy(): void;
}

export interface TabMirrorPorts {
  readonly root: HTMLElement;
  readonly shelf: AssetShelf;
  readonly reserved: ReadonlySet<string>;
  onTrouble(frameId: number, reason: ResyncReason): void;
  onWant(hashes: string[]): void;
  onInteraction(node: Node, kind: number): void;
  /** An event that is about to be shown. */
  onEvent(event: SafeEvent): void;
}

export function createTabMirror(ports: TabMirrorPorts): TabMirror {
  let table = EMPTY_FRAMES;
  let applying = 0;
  let unknown = 0;
  const documents = new Set<number>();
  const held = createHeldFrames();
  const switches = createSheetSwitches(() => nodes);
  const replayer: LiveReplayer = createLiveReplayer(ports.root, {
    onTrouble: (kind) => {
      if (kind === 'failed') ports.onTrouble(applying, 'corrupt');
      else unknown += 1;
    },
    onBuilt(node) {
      showBuiltPicture(node);
      switches.built(node);
    },
  });
  const { nodes, iframe } = replayer;
  const liveDocuments = function* () {
    for (const id of documents) {
      const node = nodes.getNode(id);
      if (node !== null && isDocument(node)) yield node;
      else documents.delete(id);
    }
  };
  const deferred = createDeferredAssets(ports.shelf, nodes, liveDocuments, ports.onWant);
  const scroll = createMirrorScroll(nodes);
  const adopted = createAdoptedSheets();
  const selection = createMirrorSelection(nodes);
  const context = createEventContext({ nodes, book: deferred.book, reserved: ports.reserved });

  const forgetDocuments = (frameElementId: number, documentId: number) => {
    const host = nodes.getNode(frameElementId);
    const inside = isFrame(host) ? host.contentDocument : null;
    for (const known of [inside, nodes.getNode(documentId)]) if (known !== null) nodes.removeNodeFromMap(known);
  };

  const applySafe = (event: SafeEvent) => {
    const { data, type } = event;
    ports.onEvent(event);
    if (type === 3 && data.source === 3) return scroll.set(data.id, data.x, data.y);
    if (type === 3 && data.source === 14) return selection.show(data.ranges);
    if (type === 3 && data.source === 2) {
      const node = nodes.getNode(data.id);
      if (node !== null) ports.onInteraction(node, data.type);
      return;
    }
    if (type === 3 && data.source === 0 && data.adds.some(({ node }) => node.type === 0)) {
      // What is built into a frame takes the place of all that was in it. rrweb would leave a document as it is that it knows.
      replayer.apply({ ...event, data: { ...data, adds: [], texts: [], attributes: [] } });
      for (const { parentId, node } of data.adds) if (node.type === 0) forgetDocuments(parentId, node.id);
      replayer.apply({ ...event, data: { ...data, removes: [] } });
    } else replayer.apply(event);
    switches.applied(event);
    defineElements(event, nodes);
    if (type === 3 && data.source === 15) adopted.note(data);
    if (type !== 3 || data.source !== 0) return;
    for (const { node } of data.adds) {
      if (node.type === 0) documents.add(node.id);
      // What moved was built anew, without the style sheets of its shadow roots.
      for (const again of adopted.within(node)) {
        try {
          replayer.apply(again);
        } catch {
          // It went into another document, where it loses them, at the customer's too.
        }
      }
    }
    showChangedPictures(data.attributes, nodes);
  };

  const apply = (frame: FrameEntry, raw: MirrorEvent) => {
    applying = frame.frameId;
    const host = frame.frameId === 0 || frame.parent === null ? null : hostOf(frame.parent);
    const hostId = host === null ? null : nodes.getId(host);
    const safe = sanitiseEvent(raw, context.of(frame.slot, hostId));
    if (!safe.ok) return ports.onTrouble(frame.frameId, 'corrupt');
    unknown += context.takeUnknown();
    if (safe.value === null) return;
    try {
      if (safe.value.type === 2 && hostId !== null) applySafe(asFrameContent(safe.value, hostId));
      else applySafe(safe.value);
    } catch {
      ports.onTrouble(frame.frameId, 'corrupt');
    }
  };

  const settle = (frameId: number) => {
    if (unknown > 0) ports.onTrouble(frameId, 'unknown-node');
    unknown = 0;
    deferred.dress();
    scroll.settle();
    deferred.ask();
    flushHeld();
  };

  const showTop = (frame: FrameEntry, events: readonly MirrorEvent[]) => {
    documents.clear();
    scroll.clear();
    adopted.clear();
    deferred.forgetNodes();
    context.reset();
    for (const event of events) apply(frame, event);
    const document = iframe.contentDocument;
    if (document !== null) documents.add(nodes.getId(document));
    table = attachFrame(table, frame.frameId);
  };

  /** Puts a frame's document into its element, once that is there. */
  const showInner = (frame: FrameEntry, events: readonly MirrorEvent[]): boolean => {
    const host = frame.parent === null ? null : hostOf(frame.parent);
    if (host === null) return false;
    for (const event of events) apply(frame, event);
    table = attachFrame(table, frame.frameId);
    return true;
  };

  const hostOf = ({ frameId, epoch, nodeId }: FramePlace): HTMLIFrameElement | null => {
    const node = nodeOf(frameId, epoch, nodeId);
    return isFrame(node) ? node : null;
  };

  const flushHeld = () => {
    for (const [frameId, waiting] of held.entries()) {
      const frame = table.frames.get(frameId);
      if (frame === undefined || frame.epoch !== waiting.epoch) held.drop(frameId);
      else if (showInner(frame, waiting.events)) {
        held.drop(frameId);
        settle(frameId);
      }
    }
  };

  const nodeOf = (frameId: number, epoch: number, nodeId: number): Node | null => {
    const frame = table.frames.get(frameId);
    if (frame === undefined || frame.epoch !== epoch || !frame.isAttached) return null;
    return nodes.getNode(toMirrorId(frame.slot, nodeId));
  };

  return {
    iframe,
    nodes,
    snapshot(frameId, epoch, events) {
      const known = table.frames.get(frameId);
      if (known !== undefined && known.epoch >= epoch && known.epoch !== 0) return;
      const next = beginEpoch(table, frameId, epoch);
      const frame = next?.frames.get(frameId);
      if (next === null || frame === undefined) return;
      table = next;
      held.drop(frameId);
      if (frameId === 0) showTop(frame, events);
      else if (!showInner(frame, events)) held.hold(frameId, epoch, events);
      settle(frameId);
    },
    events(frameId, epoch, events) {
      const frame = table.frames.get(frameId);
      if (frame === undefined || frame.epoch < epoch) return ports.onTrouble(frameId, 'gap');
      if (frame.epoch > epoch) return;
      if (!frame.isAttached) {
        if (!held.add(frameId, epoch, events)) ports.onTrouble(frameId, 'gap');
        return;
      }
      for (const event of events) apply(frame, event);
      settle(frameId);
    },
    place(frameId, parent) {
      if (parent === null) {
        for (const inner of [frameId, ...framesInside(table, frameId).map((frame) => frame.frameId)]) held.drop(inner);
      }
      table = placeFrame(table, frameId, parent);
      flushHeld();
    },
    assetsArrived(hashes) {
      const attributes = deferred.arrive(hashes);
      // Whoever looks back sees the pictures, too.
      if (attributes.length > 0) {
        ports.onEvent({ type: 3, timestamp: 0, data: { source: 0, adds: [], removes: [], texts: [], attributes } });
      }
      scroll.settle();
    },
    nodeOf,
    originOf(node) {
      const id = nodes.getId(node);
      if (id < 0) return null;
      const { slot, id: nodeId } = fromMirrorId(id);
      const frame = frameOfSlot(table, slot);
      return frame === null ? null : { frameId: frame.frameId, epoch: frame.epoch, nodeId };
    },
    frameElement(frameId) {
      const parent = table.frames.get(frameId)?.parent ?? null;
      return parent === null ? null : hostOf(parent);
    },
    check(frameId, epoch, { ids, hash }) {
      const frame = table.frames.get(frameId);
      if (frame === undefined || frame.epoch !== epoch || !frame.isAttached) return;
      if (hashTree(ids, childrenIn(nodes, frame.slot)) !== hash) ports.onTrouble(frameId, 'hash');
    },
    missingFrames: () =>
      [...table.frames.values()]
        .filter((frame) => frame.frameId !== 0 && !frame.isAttached && !held.has(frame.frameId))
        .map((frame) => frame.frameId),
    get nodeCount() {
      return nodes.getIds().length;
    },
    assetRules: deferred.rules,
    destroy: () => replayer.destroy(),
  };
}
