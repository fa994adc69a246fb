import type { KnownElement, NodeContext } from './sanitise-nodes.ts';

/** What judging an event takes, beyond its own words: the mirror it is meant for. */
export interface EventContext extends NodeContext {
  mapStyleId(id: number): number;
  /** How deep in the mirror a snapshot's document hangs. */
  readonly hostDepth: number;
  has(id: number): boolean;
  /** The event refers to a node that is not there. What it says about it is left out. */
  onUnknown(): void;
  /** The element or document above a node of the mirror, a shadow root's host for its children; mapped ids. */
  parentOf(id: number): { readonly id: number; readonly isShadow: boolean } | null;
  /** An element of the mirror by its mapped id; null when there is none. */
  elementOf(id: number): KnownElement | null;
  /** The element above a text of the mirror by its mapped id; null when there is none. */
  parentTagOf(id: number): string | null;
}

/** rrweb writes -1 and -2 for what it doesn't know. */
export const looseId = (id: number, context: EventContext): number => (id < 1 ? id : context.mapId(id));
