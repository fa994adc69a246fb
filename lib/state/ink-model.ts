/**
 * All ink of one call: what everybody has drawn, the pen in one's own hand, undo and redo. It talks through two ports:
 * lossy bytes while drawing, one session message for each thing that is settled.
 */
import { batch, computed, signal } from '@preact/signals';
import {
  clearMine,
  didDraw,
  type InkHistory,
  NEW_HISTORY,
  type Outcome,
  redo,
  undo,
} from '../annotation/ink-history.ts';
import { EMPTY_INK, type InkEvent, type InkLog, nextInkLog } from '../annotation/ink-log.ts';
import { quantise } from '../annotation/ink-space.ts';
import { nextGoneAt } from '../annotation/ink-times.ts';
import { possibleSteps, replayOf, settledOn, strokesOf, visibleOf } from '../annotation/own-ink.ts';
import { nextOrder, shownInk } from '../annotation/shown-ink.ts';
import { INK_WIDTHS } from '../annotation/tools.ts';
import { MAX_INK_TEXT_CHARS } from '../protocol/ink-limits.ts';
import { decodeLive, hashSurface, type LiveReason } from '../protocol/ink-live.ts';
import type { FinishedStroke, InkMessage } from '../protocol/ink-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { createPen, isStill } from './ink-pen.ts';
import type { InkChoice, InkModel } from './ink-types.ts';

export interface InkDeps {
  /** The person whose ink this side's is. Asked anew for each stroke: people sign in and out. */
  readonly self: () => string;
  readonly clock: Clock;
  /** A whole number from 1 to 2^31 - 1: seeds and the first stroke number. */
  readonly random: () => number;
  /** The pictures that exist in the call now (`Surface`), to recognise the one that a live packet means. */
  readonly surfaces: () => Iterable<string>;
  readonly sendLive: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** What is settled on a surface. */
  readonly commit: (message: InkMessage, surface: string) => void;
  /** One's own colour until another is chosen. */
  readonly colour: () => string;
}

/** What the engine does with it. */
export interface InkSession {
  readonly model: InkModel;
  /** Bytes from `pointer` of the person `author`. */
  receiveLive(author: string, bytes: Uint8Array): Result<void, LiveReason | 'surface'>;
  receive(author: string, message: InkMessage): void;
  /** All that this side has drawn, or all on one surface, for a person who comes later or was not told yet. */
  replay(surface?: string): readonly InkMessage[];
  /** What can be seen on a surface, as its authors settled it. */
  strokesOn(surface: string): readonly { readonly author: string; readonly stroke: FinishedStroke }[];
  /** Puts strokes there that came with a still, as their authors'. */
  adopt(author: string, strokes: readonly FinishedStroke[]): void;
  forgetSurface(surface: string): void;
  forgetAuthor(author: string): void;
  /** The call is over: nothing of it remains. */
  clear(): void;
  dispose(): void;
}

/** The picture of a shared page comes this much later than the word that something is painted in it. */
const ECHO_MS = 400;

export function createInkSession(deps: InkDeps): InkSession {
  const { clock, self } = deps;
  const chosen = signal<Partial<InkChoice>>({});
  const log = signal<InkLog>(EMPTY_INK);
  const history = signal<InkHistory>(NEW_HISTORY);
  const painted = signal<ReadonlySet<string>>(new Set());
  const choice = computed<InkChoice>(() => ({
    tool: 'pen',
    colour: deps.colour(),
    width: INK_WIDTHS[1].value,
    stay: false,
    ...chosen.value,
  }));
  const lifetime = new AbortController();
  let timer: { readonly at: number; readonly abort: AbortController } | null = null;

  const apply = (event: InkEvent): void => {
    log.value = nextInkLog(log.peek(), event);
    schedule();
  };

  // One timer for the next thing that goes by itself; none while nothing does.
  const schedule = (): void => {
    const at = nextGoneAt(log.peek());
    if (at === null || lifetime.signal.aborted || (timer !== null && timer.at <= at)) return;
    timer?.abort.abort();
    const abort = new AbortController();
    timer = { at, abort };
    clock.after(
      Math.max(0, at - clock.now()),
      () => {
        timer = null;
        apply({ type: 'tick', at: clock.now() });
      },
      AbortSignal.any([abort.signal, lifetime.signal]),
    );
  };

  const ownOn = (surface: string): ReadonlySet<number> => strokesOf(log.peek(), self(), surface);
  const settle = (stroke: FinishedStroke): void => {
    apply({ type: 'stroke', author: self(), stroke, at: clock.now() });
    deps.commit({ type: 'ink.stroke', ...stroke }, stroke.surface);
  };
  const takeBack = (outcome: Outcome, surface: string): void => {
    if (outcome === null) return;
    batch(() => {
      history.value = outcome.history;
      apply({ type: 'visibility', author: self(), ...outcome.visibility, at: clock.now() });
    });
    const { rev, hide, show } = outcome.visibility;
    deps.commit({ type: 'ink.visibility', rev, hide: [...hide], show: [...show] }, surface);
  };

  let nextNumber = deps.random();
  const shown = computed(() => shownInk(log.value));
  const pens = {
    ...deps,
    apply,
    settle,
    takeNumbers: (count: number) => {
      const first = nextNumber;
      nextNumber += count;
      return first;
    },
    shown: () => shown.peek(),
    order: () => nextOrder(log.peek()),
    drew: (surface: string, strokes: readonly number[]) => {
      history.value = didDraw(history.peek(), surface, strokes);
    },
    lifetime: lifetime.signal,
  };

  const model: InkModel = {
    choice,
    shown,
    paintedThere: painted,
    inPage: signal(null),
    possible: computed(() => possibleSteps(log.value, history.value, self())),
    choose(change) {
      chosen.value = { ...chosen.peek(), ...change };
    },
    press: (surface, picture, point) => createPen(pens, choice.peek(), { surface, picture, point }),
    putText(surface, point, text) {
      const clean = text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ').trim();
      if (clean === '') return;
      const { colour, width, stay } = choice.peek();
      const n = pens.takeNumbers(1);
      const seed = deps.random();
      settle({
        n,
        order: pens.order(),
        surface,
        tool: 'text',
        colour,
        width,
        seed,
        points: quantise(point, 0.5),
        stay: stay || isStill(surface),
        text: [...clean].slice(0, MAX_INK_TEXT_CHARS / 2).join(''),
      });
      pens.drew(surface, [n]);
    },
    tie(surface, { author, n }, tie) {
      if (author !== self()) return;
      apply({ type: 'tie', author, n, tie });
      deps.commit({ type: 'ink.tie', surface, n, tie }, surface);
    },
    undo: (surface) => takeBack(undo(history.peek(), { surface, present: ownOn(surface) }), surface),
    redo: (surface) => takeBack(redo(history.peek(), { surface, present: ownOn(surface) }), surface),
    clearMine(surface) {
      const present = visibleOf(log.peek(), self(), surface);
      takeBack(clearMine(history.peek(), { surface, present }), surface);
    },
  };

  /** Only strokes that exist are remembered, so the set is as bounded as they are. */
  const forgetEcho = (surface: string, n: number): void => {
    if (!ownOn(surface).has(n)) return;
    clock.after(
      ECHO_MS,
      () => {
        const own = log.peek().get(self())?.settled;
        const known = [...painted.peek()].filter((key) => own?.has(Number(key.slice(key.lastIndexOf(':') + 1))));
        painted.value = new Set([...known, `${self()}:${n}`]);
      },
      lifetime.signal,
    );
  };
  const surfaceOf = (hash: number): string | null => {
    for (const surface of deps.surfaces()) if (hashSurface(surface) === hash) return surface;
    return null;
  };

  return {
    model,
    receiveLive(author, bytes) {
      const decoded = decodeLive(bytes);
      if (!decoded.ok) return decoded;
      const surface = surfaceOf(decoded.value.surfaceHash);
      if (surface === null) return fail('surface');
      apply({ type: 'live', author, surface, packet: decoded.value, at: clock.now() });
      return ok(undefined);
    },
    receive(author, message) {
      const at = clock.now();
      switch (message.type) {
        case 'ink.stroke': {
          const { type: _, ...stroke } = message;
          return apply({ type: 'stroke', author, stroke, at });
        }
        case 'ink.visibility':
          return apply({ ...message, type: 'visibility', author, at });
        case 'ink.lift':
          return apply({ type: 'lift', author, n: message.n, at });
        case 'ink.tie':
          return apply({ type: 'tie', author, n: message.n, tie: message.tie });
        case 'ink.painted':
          if (!painted.peek().has(`${self()}:${message.n}`)) forgetEcho(message.surface, message.n);
      }
    },
    replay: (surface) => replayOf(log.peek(), self(), history.peek().rev, surface),
    strokesOn: (surface) => settledOn(log.peek(), surface),
    adopt(author, strokes) {
      batch(() => {
        for (const stroke of strokes) apply({ type: 'stroke', author, stroke, at: clock.now() });
      });
    },
    forgetSurface: (surface) => apply({ type: 'surface-gone', surface }),
    forgetAuthor: (author) => apply({ type: 'author-gone', author }),
    clear() {
      batch(() => {
        log.value = EMPTY_INK;
        history.value = NEW_HISTORY;
        painted.value = new Set();
      });
    },
    dispose: () => lifetime.abort(),
  };
}
