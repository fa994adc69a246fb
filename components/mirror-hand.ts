import { type ReadonlySignal, signal } from '@preact/signals';
import type { CobrowseViewModel } from '../lib/engine/cobrowse-view-api.ts';
import type { ControlScope, ControlVerb, TypingEdit } from '../lib/protocol/cobrowse-control-messages.ts';
import type { Hit } from '../lib/protocol/player-messages.ts';
import type { MirrorView } from './create-mirror-view.ts';
import { editsBetween, joinEdits, keyVerb } from './mirror-typing.ts';

export interface MirrorHandParts {
  readonly cobrowse: Pick<CobrowseViewModel, 'control' | 'perform'>;
  readonly mirror: Pick<MirrorView, 'port' | 'noteVerb'>;
  /** From a point of the window to the mirrored page's viewport; null beside it. */
  readonly toPage: (clientX: number, clientY: number) => { readonly x: number; readonly y: number } | null;
}

/** The expert's hand in the customer's page, as far as the customer allows it. Without a grant nothing is sent. */
export interface MirrorHand {
  /** What the keys act on; null until something was pressed. */
  readonly target: ReadonlySignal<Hit | null>;
  /** A list or a date field that waits for a choice. */
  readonly picking: ReadonlySignal<Hit | null>;
  may(scope: ControlScope): boolean;
  move(event: MouseEvent): void;
  press(event: MouseEvent): void;
  /** True: it scrolls the page, and not the window. */
  wheel(event: WheelEvent): boolean;
  /** True: the key went to the page. */
  key(event: KeyboardEvent): boolean;
  /** The text of the typing field has changed. */
  typed(before: string, after: string): void;
  edit(edit: TypingEdit): void;
  choose(optionIds: readonly number[]): void;
  pick(value: string): void;
  stopPicking(): void;
  go(tabId: number, to: 'back' | 'forward' | 'reload'): void;
  /** The page's focus is somewhere else. Followed when this hand has just moved it, and never when the customer's has. */
  refocus(nodeId: number | null): void;
  /** The grant has ended. */
  letGo(): void;
}

/** All verbs together stay below the customer's limit of 30 a second (MAX_VERBS_PER_SECOND). */
const MOVE_MS = 1_000 / 10;
const SCROLL_MS = 1_000 / 12;
const TYPE_MS = 1_000 / 12;
const LINE_PX = 18;
const MAX_EDITS = 50;
/** By then a key or a press of this hand has moved the page's focus, or never will. */
const FOLLOW_MS = 1_500;

export function createMirrorHand({ cobrowse, mirror, toPage }: MirrorHandParts): MirrorHand {
  const target = signal<Hit | null>(null);
  const picking = signal<Hit | null>(null);
  const may = (scope: ControlScope) => cobrowse.control.peek().scopes.includes(scope);
  const perform = (place: { tabId: number; frameId: number; epoch: number }, verb: ControlVerb) =>
    mirror.noteVerb(cobrowse.perform(place, verb), verb.type);
  const hitAt = async ({ clientX, clientY }: At): Promise<Hit | null> => {
    const at = toPage(clientX, clientY);
    return at === null ? null : ((await mirror.port.peek()?.hit(at.x, at.y)) ?? null);
  };

  const moves = createThrottle<At>(MOVE_MS, async (at) => {
    const hit = await hitAt(at);
    if (hit === null) return;
    const { fx, fy, place } = hit;
    perform(place, { type: may('click') ? 'hover' : 'point', nodeId: place.nodeId, fx, fy });
  });
  let scrolled = { dx: 0, dy: 0 };
  const scrolls = createThrottle<At>(SCROLL_MS, async (at) => {
    const { dx, dy } = scrolled;
    scrolled = { dx: 0, dy: 0 };
    const hit = await hitAt(at);
    if (hit !== null) perform(hit.place, { type: 'scroll', nodeId: hit.place.nodeId, dx: clamp(dx), dy: clamp(dy) });
  });

  /** Pressed before what was pressed last: the word that they have the focus may still be on its way. */
  const earlier = new Set<number>();
  let followsUntil = Number.NEGATIVE_INFINITY;
  const follow = () => {
    followsUntil = performance.now() + FOLLOW_MS;
  };

  let edits: TypingEdit[] = [];
  let editing: Hit | null = null;
  const flushEdits = () => {
    const [hit, waiting] = [editing, edits];
    [editing, edits] = [null, []];
    if (hit === null || waiting.length === 0) return;
    perform(hit.place, { type: 'edit', nodeId: hit.place.nodeId, edits: waiting.slice(0, MAX_EDITS) });
  };
  const typing = createThrottle<null>(TYPE_MS, async () => flushEdits());
  const edit = (next: TypingEdit) => {
    const hit = target.peek();
    if (hit === null) return;
    if (editing !== null && (editing.place.nodeId !== hit.place.nodeId || edits.length >= MAX_EDITS)) flushEdits();
    editing = hit;
    edits = joinEdits(edits, next);
    typing.run(null);
  };

  return {
    target,
    picking,
    may,
    move(event) {
      if (may('point') || may('click')) moves.run(event);
    },
    press(event) {
      if (!may('click')) return;
      const { detail, shiftKey: shift, ctrlKey: ctrl, altKey: alt, metaKey: meta } = event;
      picking.value = null;
      void (async () => {
        const hit = await hitAt(event);
        const before = target.peek();
        target.value = hit;
        if (hit === null) return;
        if (before !== null) earlier.add(before.place.nodeId);
        earlier.delete(hit.place.nodeId);
        follow();
        if (hit.target === 'select' || hit.target === 'value') return void (picking.value = hit);
        const { fx, fy, place } = hit;
        const count = detail === 2 ? 2 : 1;
        const modifiers = { shift, ctrl, alt, meta };
        perform(place, { type: 'click', nodeId: place.nodeId, fx, fy, count, modifiers });
      })();
    },
    wheel({ clientX, clientY, deltaX, deltaY, deltaMode, ctrlKey }) {
      if (!may('scroll') || ctrlKey) return false;
      const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      scrolled = { dx: scrolled.dx + deltaX * unit, dy: scrolled.dy + deltaY * unit };
      scrolls.run({ clientX, clientY });
      return true;
    },
    key(event) {
      const hit = target.peek();
      const verb = hit === null || !may('type') ? null : keyVerb(event, hit.place.nodeId);
      if (hit === null || verb === null) return false;
      flushEdits();
      earlier.clear();
      follow();
      perform(hit.place, verb);
      return true;
    },
    typed(before, after) {
      if (may('type')) for (const next of editsBetween(before, after)) edit(next);
    },
    edit(next) {
      if (may('type')) edit(next);
    },
    choose(optionIds) {
      const hit = picking.peek();
      picking.value = null;
      if (hit === null) return;
      perform(hit.place, { type: 'choose', nodeId: hit.place.nodeId, optionIds: [...optionIds] });
    },
    pick(value) {
      const hit = picking.peek();
      picking.value = null;
      if (hit !== null) perform(hit.place, { type: 'pick', nodeId: hit.place.nodeId, value });
    },
    stopPicking: () => void (picking.value = null),
    go: (tabId, to) => perform({ tabId, frameId: 0, epoch: 0 }, { type: 'go', to }),
    refocus(nodeId) {
      if (performance.now() > followsUntil || (nodeId !== null && earlier.has(nodeId))) return;
      void (async () => {
        const hit = await mirror.port.peek()?.focused(nodeId);
        if (hit) target.value = hit;
      })();
    },
    letGo() {
      target.value = null;
      picking.value = null;
      earlier.clear();
      [editing, edits] = [null, []];
    },
  };
}

type At = Pick<MouseEvent, 'clientX' | 'clientY'>;

const clamp = (px: number): number => Math.max(-100_000, Math.min(100_000, Math.round(px)));

/** Runs at once, then at most every `everyMs` with the newest value. */
function createThrottle<T>(everyMs: number, run: (value: T) => Promise<void>): { run(value: T): void } {
  let waiting: { readonly value: T } | null = null;
  let isResting = false;
  const go = (value: T) => {
    isResting = true;
    void run(value);
    setTimeout(() => {
      isResting = false;
      const next = waiting;
      waiting = null;
      if (next !== null) go(next.value);
    }, everyMs);
  };
  return {
    run(value) {
      if (isResting) waiting = { value };
      else go(value);
    },
  };
}
