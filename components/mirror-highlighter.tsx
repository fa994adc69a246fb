import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { Box, NodePlace } from '../lib/protocol/player-messages.ts';
import type { InkModel } from '../lib/state/ink-types.ts';
import type { MirrorView } from './create-mirror-view.ts';
import styles from './mirror-draw.module.css';
import { useI18n } from './view-context.ts';

export interface MirrorHighlighterProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  readonly surface: string;
  readonly name: string;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One press of an arrow key, px of the page; with Shift a fifth of it. */
const STEP_PX = 20;
/** Round the element, px of the page. */
const MARGIN_PX = 4;

/** Frames the element that is pressed, here and in the customer's page, where the frame stays with it. */
export function MirrorHighlighter({ engine, mirror, surface, name }: MirrorHighlighterProps) {
  const { t } = useI18n();
  const { cobrowse, ink } = engine;
  const port = mirror.port.value;
  const scale = mirror.scale.value;
  const glass = useRef<HTMLDivElement | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const howId = useId();
  // Before anything is painted: whoever presses what they see must not press in vain.
  useLayoutEffect(() => {
    const element = glass.current;
    if (element === null || port === null) return;
    const gone = new AbortController();
    const { signal } = gone;
    const size = () => cobrowse.page.peek() ?? { width: 1, height: 1 };
    let at: Spot | null = null;
    const point = (place: NodePlace | null) => port.post({ type: 'highlight', place });
    const look = async (spot: Spot) => point((await port.hit(spot.x, spot.y))?.place ?? null);
    const mark = async (spot: Spot) => {
      const hit = await port.hit(spot.x, spot.y);
      if (hit !== null) frame(ink, surface, size(), hit.box);
    };
    const toSpot = ({ clientX, clientY }: MouseEvent): Spot => {
      const { left, top } = element.getBoundingClientRect();
      return { x: (clientX - left) / mirror.scale.peek(), y: (clientY - top) / mirror.scale.peek() };
    };
    const move = (spot: Spot | null) => {
      at = spot;
      setSpot(spot);
    };
    element.addEventListener(
      'pointermove',
      (event) => {
        move(null);
        void look(toSpot(event));
      },
      { signal },
    );
    element.addEventListener('pointerleave', () => point(null), { signal });
    element.addEventListener('click', (event) => void mark(toSpot(event)), { signal });
    element.addEventListener(
      'keydown',
      (event) => {
        const { width, height } = size();
        const now = at ?? { x: width / 2, y: height / 2 };
        const way = WAYS[event.key];
        if (way !== undefined) {
          const step = event.shiftKey ? STEP_PX / 5 : STEP_PX;
          move({ x: within(now.x + way.x * step, width), y: within(now.y + way.y * step, height) });
          void look(at ?? now);
        } else if (event.key === 'Enter') void mark(now);
        else if (event.key === 'Escape') mirror.setTool('hand');
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
      { signal },
    );
    element.focus({ preventScroll: true });
    return () => {
      gone.abort();
      point(null);
    };
  }, [cobrowse, ink, mirror, port, surface]);

  return (
    <>
      <div
        ref={glass}
        class={styles.glass}
        role="application"
        aria-label={`${t('mirrorHighlight')}: ${t('mirrorTitle', { name })}`}
        aria-describedby={howId}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys itself
        tabIndex={0}
      />
      <p id={howId} class="visually-hidden">
        {t('mirrorGlassHighlight')}
      </p>
      {spot !== null && (
        <span
          class={styles.crosshair}
          style={{ left: `${spot.x * scale}px`, top: `${spot.y * scale}px` }}
          aria-hidden="true"
        />
      )}
    </>
  );
}

const within = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));

const WAYS: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A rectangle of ink round a box of the page. The tool in hand stays what it was. */
function frame(ink: InkModel, surface: string, page: { width: number; height: number }, box: Box): void {
  const { tool } = ink.choice.peek();
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const left = clamp((box.x - MARGIN_PX) / page.width);
  const top = clamp((box.y - MARGIN_PX) / page.height);
  const right = clamp((box.x + box.width + MARGIN_PX) / page.width);
  const bottom = clamp((box.y + box.height + MARGIN_PX) / page.height);
  ink.choose({ tool: 'rectangle' });
  const size = { width: page.width, height: page.height };
  const pen = ink.press(surface, size, { x: left, y: top, pressure: 0.5 });
  pen?.move([{ x: right, y: bottom, pressure: 0.5 }]);
  pen?.release();
  ink.choose({ tool });
}
