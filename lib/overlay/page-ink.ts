import { follow } from '../annotation/anchor.ts';
import { compose, type Size, translation } from '../annotation/affine.ts';
import type { ShownStroke } from '../annotation/shown-ink.ts';
import type { InkTie } from '../protocol/ink-messages.ts';
import type { Clock } from '../shared/clock.ts';
import type { InkPlace } from './ink-painter.ts';
import { type Anchor, clipWith, isSameBox, type Tie, tieTo, toWindows } from './ink-tie.ts';
import { boxOf, findAgain, isHidden } from './page-anchor.ts';
import { observePosition } from './position-observer.ts';

/** An anchor that a framework is about to render anew may be away for so long before its ink goes. */
const AWAY_MS = 1_000;

interface Known {
  tie: Tie;
  settled: boolean;
  /** The author's word that was tried last. */
  told: InkTie | undefined;
}

export interface PageInk {
  /** All strokes on this page now, in the order of painting. */
  show(strokes: readonly ShownStroke[]): void;
  /** Where they are at this moment. The same array while nothing has moved. */
  places(): readonly InkPlace[];
  dispose(): void;
}

export interface PageInkDeps {
  readonly document: Document;
  readonly clock: Clock;
  /** Something may have moved. */
  readonly onMove: () => void;
  readonly nameOf: (author: string) => string | undefined;
  /** Pixels of the picture in which the other side sees this window; null where it sees the window itself, as without this. */
  readonly pictureSize?: (() => Size | null) | undefined;
  /** CSS px of the window, for a page that is shown in another one. */
  readonly windowSize?: (() => Size) | undefined;
  /** The element that an author has tied a stroke to; null when it is not (yet, or any more) in this page. */
  readonly find?: ((tie: InkTie) => Element | null) | undefined;
  /** A stroke was tied to an element by its place; `box` is where that is, as in `InkTie`. */
  readonly onTied?: ((stroke: ShownStroke, element: Element, box: InkTie['box']) => void) | undefined;
}

/** Ties strokes to the elements under them and tells where they are, however the page scrolls, resizes or renders anew. */
export function createPageInk(deps: PageInkDeps): PageInk {
  const { document, clock, onMove, nameOf, pictureSize, windowSize, find, onTied } = deps;
  const ties = new Map<string, Known>();
  let strokes: readonly ShownStroke[] = [];
  let last: readonly InkPlace[] = [];

  const watch = (anchor: Anchor) => {
    anchor.watching.abort();
    anchor.watching = new AbortController();
    observePosition(anchor.element, onMove, anchor.watching.signal);
  };
  const tieAnew = (stroke: ShownStroke, chain?: readonly Element[]): Tie => {
    const isAnew = chain !== undefined;
    const named = isAnew || stroke.tie === undefined ? null : (find?.(stroke.tie) ?? null);
    const sizes = { picture: pictureSize?.() ?? null, window: windowSize?.() ?? null };
    const tie = tieTo(document, stroke, { ...sizes, named, ...(chain && { chain }) });
    const { anchor } = tie;
    if (anchor === null) return tie;
    watch(anchor);
    // What was said once counts, unless its author's own hand has made more of it.
    const isNews = tie.word === null && (isAnew || stroke.tie === undefined);
    const box = isNews ? toWindows(anchor.drawn, tie) : null;
    if (box !== null) onTied?.(stroke, anchor.element, box);
    return tie;
  };
  const untie = ({ anchor }: Tie) => anchor?.watching.abort();

  /** A finished stroke is tied by its whole extent; while it was drawn only its beginning was known. */
  const settle = (known: Known, stroke: ShownStroke) => {
    known.settled = true;
    if (known.tie.word !== null && onTied === undefined) return;
    const { anchor } = known.tie;
    const hasMoved = anchor !== null && !isSameBox(boxOf(anchor.element), anchor.drawn);
    if (hasMoved) return;
    untie(known.tie);
    known.tie = tieAnew(stroke, known.tie.chain);
  };

  /** Its author has said which element it is: once, whether that is to be found or not. */
  const obey = (known: Known, stroke: ShownStroke) => {
    known.told = stroke.tie;
    if (stroke.tie === undefined || !find?.(stroke.tie)) return;
    untie(known.tie);
    known.tie = tieAnew(stroke);
  };

  const locate = (stroke: ShownStroke): InkPlace | null => {
    const tie = ties.get(stroke.key)?.tie;
    if (tie === undefined) return null;
    const base = { stroke, space: tie.space, ...nameTag(stroke) };
    const { anchor } = tie;
    if (anchor === null) {
      const { scrollX, scrollY } = document.defaultView ?? { scrollX: 0, scrollY: 0 };
      return { ...base, matrix: compose(tie.drawnBy, translation(tie.scroll.x - scrollX, tie.scroll.y - scrollY)) };
    }
    if (!anchor.element.isConnected && !recover(anchor)) return null;
    if (isHidden(anchor.element)) return null;
    const matrix = compose(tie.drawnBy, follow(anchor.drawn, boxOf(anchor.element)));
    return { ...base, matrix, clip: clipWith(anchor) };
  };

  const recover = (anchor: Anchor): boolean => {
    const found = findAgain(document, anchor.traits);
    if (found !== null) {
      anchor.element = found;
      anchor.awaySince = null;
      watch(anchor);
      return true;
    }
    if (anchor.awaySince === null) {
      anchor.awaySince = clock.now();
      clock.after(AWAY_MS, onMove, anchor.watching.signal);
    }
    return false;
  };

  const nameTag = (stroke: ShownStroke): { name?: string } => {
    const newest = strokes.findLast(({ author }) => author === stroke.author);
    const name = newest?.key === stroke.key ? nameOf(stroke.author) : undefined;
    return name === undefined ? {} : { name };
  };

  return {
    show(next) {
      strokes = next;
      const keys = new Set(next.map(({ key }) => key));
      for (const [key, { tie }] of ties) {
        if (keys.has(key)) continue;
        untie(tie);
        ties.delete(key);
      }
      for (const stroke of next) {
        const known = ties.get(stroke.key);
        if (known === undefined) {
          ties.set(stroke.key, { tie: tieAnew(stroke), settled: !stroke.live, told: stroke.tie });
          continue;
        }
        if (stroke.tie !== known.told) obey(known, stroke);
        if (!known.settled && !stroke.live) settle(known, stroke);
      }
    },
    places() {
      const next = strokes.map(locate).filter((place) => place !== null);
      if (next.length !== last.length || next.some((place, index) => !isSamePlace(place, last[index]))) last = next;
      return last;
    },
    dispose() {
      for (const { tie } of ties.values()) untie(tie);
      ties.clear();
      strokes = [];
    },
  };
}

function isSamePlace(a: InkPlace, b: InkPlace | undefined): boolean {
  if (b === undefined || a.stroke !== b.stroke || a.name !== b.name) return false;
  const isMoved = (['a', 'b', 'c', 'd', 'e', 'f'] as const).some((part) => a.matrix[part] !== b.matrix[part]);
  return !isMoved && (a.clip === b.clip || (a.clip !== undefined && b.clip !== undefined && isSameBox(a.clip, b.clip)));
}
