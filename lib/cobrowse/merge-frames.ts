/**
 * Each frame of a tab has a recorder of its own that counts nodes from 1. In the mirror all frames of a tab are one
 * tree: a node is known by its frame's slot and its own id. Slots are never used twice, so that what is left of a
 * frame's earlier document can't be taken for its new one. Pure.
 */
import { MAX_FRAMES_PER_TAB } from '../protocol/cobrowse-limits.ts';
import type { SafeEvent } from './mirror-events.ts';

const SLOT = 2 ** 32;
/** 2^53 / SLOT. */
const MAX_SLOTS = 2 ** 21;

export interface FramePlace {
  readonly frameId: number;
  readonly epoch: number;
  readonly nodeId: number;
}

/** Where a frame hangs: the id of its iframe element in frame `frameId`, whose epoch is `epoch`. */
export interface FrameEntry {
  readonly frameId: number;
  readonly slot: number;
  /** 0 before the first snapshot. */
  readonly epoch: number;
  /** Null for the top frame, and for a frame whose element is not known yet. */
  readonly parent: FramePlace | null;
  /** Its document is in the mirror. */
  readonly isAttached: boolean;
}

export interface FrameTable {
  readonly nextSlot: number;
  readonly frames: ReadonlyMap<number, FrameEntry>;
}

export const EMPTY_FRAMES: FrameTable = { nextSlot: 0, frames: new Map() };

export const toMirrorId = (slot: number, id: number): number => slot * SLOT + id;
export const fromMirrorId = (mirrorId: number): { readonly slot: number; readonly id: number } => ({
  slot: Math.floor(mirrorId / SLOT),
  id: mirrorId % SLOT,
});

export function frameOfSlot(table: FrameTable, slot: number): FrameEntry | null {
  for (const frame of table.frames.values()) if (frame.slot === slot) return frame;
  return null;
}

/**
 * A snapshot of `frameId` begins `epoch`: the frame gets a new slot and is not attached until `attachFrame`. Frames
 * inside it are detached: their elements are gone. Null when the tab has too many frames.
 */
export function beginEpoch(table: FrameTable, frameId: number, epoch: number): FrameTable | null {
  const known = table.frames.get(frameId);
  if (table.nextSlot >= MAX_SLOTS || (known === undefined && table.frames.size >= MAX_FRAMES_PER_TAB)) return null;
  const frames = new Map(table.frames);
  for (const inner of framesInside(table, frameId)) frames.set(inner.frameId, { ...inner, isAttached: false });
  frames.set(frameId, {
    frameId,
    slot: table.nextSlot,
    epoch,
    parent: known?.parent ?? null,
    isAttached: false,
  });
  return { nextSlot: table.nextSlot + 1, frames };
}

export function attachFrame(table: FrameTable, frameId: number): FrameTable {
  const frame = table.frames.get(frameId);
  if (frame === undefined) return table;
  return { ...table, frames: new Map(table.frames).set(frameId, { ...frame, isAttached: true }) };
}

/** The customer tells where a frame hangs; `parent: null`: it has gone, and all inside it. */
export function placeFrame(table: FrameTable, frameId: number, parent: FramePlace | null): FrameTable {
  const frames = new Map(table.frames);
  if (parent === null) {
    for (const inner of framesInside(table, frameId)) frames.delete(inner.frameId);
    frames.delete(frameId);
    return { ...table, frames };
  }
  const known = frames.get(frameId);
  if (known === undefined && frames.size >= MAX_FRAMES_PER_TAB) return table;
  frames.set(frameId, { ...(known ?? { frameId, slot: -1, epoch: 0, isAttached: false }), parent });
  return { ...table, frames };
}

/** All frames below `frameId`, at any depth; a hostile circle ends. */
export function framesInside(table: FrameTable, frameId: number): FrameEntry[] {
  const found = new Map<number, FrameEntry>();
  const waiting = [frameId];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const frame of table.frames.values()) {
      if (frame.parent?.frameId !== at || found.has(frame.frameId) || frame.frameId === frameId) continue;
      found.set(frame.frameId, frame);
      waiting.push(frame.frameId);
    }
  }
  return [...found.values()];
}

/** A full snapshot of a frame inside another one, as the content of that frame's element. */
export function asFrameContent(event: SafeEvent & { type: 2 }, iframeMirrorId: number): SafeEvent {
  return {
    type: 3,
    timestamp: event.timestamp,
    data: {
      source: 0,
      adds: [{ parentId: iframeMirrorId, nextId: null, node: event.data.node }],
      removes: [],
      texts: [],
      attributes: [],
      isAttachIframe: true,
    },
  };
}
