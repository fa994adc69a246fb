import { effect } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { MirrorView } from './create-mirror-view.ts';
import styles from './mirror-glass.module.css';
import { createMirrorHand, type MirrorHand } from './mirror-hand.ts';
import { MirrorPicker } from './mirror-picker.tsx';
import { MirrorTypingField } from './mirror-typing-field.tsx';
import { useI18n } from './view-context.ts';

export interface MirrorGlassProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  readonly page: HTMLElement;
  readonly name: string;
}

/** So fast two Escapes follow each other. */
const TWICE_MS = 700;

/** Lies over the page while it is controlled: what is done on it is done in the customer's page, where that is allowed. */
export function MirrorGlass({ engine, mirror, page, name }: MirrorGlassProps) {
  const { t } = useI18n();
  const { cobrowse } = engine;
  const howId = useId();
  const glass = useRef<HTMLDivElement | null>(null);
  const hand = useHand(engine, mirror, page);
  const [isTyping, setTyping] = useState(false);

  const escapes = useRef(Number.NEGATIVE_INFINITY);
  const handleKeys = (event: KeyboardEvent) => {
    if (event.key === 'F6') return;
    if (event.key === 'Escape') {
      const isSecond = event.timeStamp - escapes.current < TWICE_MS;
      escapes.current = isSecond ? Number.NEGATIVE_INFINITY : event.timeStamp;
      if (isSecond) cobrowse.releaseControl();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !hand.may('type')) return;
    // They are the page's, and no shortcuts of this window.
    event.stopPropagation();
    if (hand.key(event)) event.preventDefault();
  };

  useEffect(() => {
    const element = glass.current;
    if (element === null) return;
    const gone = new AbortController();
    const { signal } = gone;
    element.addEventListener('pointermove', hand.move, { signal });
    element.addEventListener('click', hand.press, { signal });
    element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
    element.addEventListener('keydown', handleKeys, { signal });
    // It has to be able to keep the window from scrolling.
    const wheel = (event: WheelEvent) => void (hand.wheel(event) && event.preventDefault());
    element.addEventListener('wheel', wheel, { signal, passive: false });
    return () => gone.abort();
  }, [hand]);

  const scale = mirror.scale.value;
  const target = hand.target.value;
  const picking = hand.picking.value;
  const wasPicking = useRef(false);
  useEffect(() => {
    if (wasPicking.current && picking === null) glass.current?.focus({ preventScroll: true });
    wasPicking.current = picking !== null;
  }, [picking]);
  const isText = target !== null && (target.target === 'text' || target.target === 'editable') && hand.may('type');
  const wasText = useRef(false);
  useLayoutEffect(() => {
    // The field goes and takes the focus with it: keys are still for the page.
    if (wasText.current && !isText && document.activeElement === document.body) {
      glass.current?.focus({ preventScroll: true });
    }
    wasText.current = isText;
  }, [isText]);
  return (
    <>
      <div
        ref={glass}
        class={`${styles.glass} ${styles.controlled}`}
        role="application"
        aria-label={t('mirrorGlass', { name })}
        aria-describedby={howId}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys itself
        tabIndex={0}
      />
      <p id={howId} class="visually-hidden">
        {t('mirrorGlassHow')}
      </p>
      {isText && (
        <MirrorTypingField
          key={`${target.place.frameId}:${target.place.epoch}:${target.place.nodeId}`}
          hand={hand}
          hit={target}
          scale={scale}
          onKeyDown={handleKeys}
          onFocused={setTyping}
        />
      )}
      {isText && isTyping && (
        <span
          class={styles.ring}
          style={{
            left: `${target.box.x * scale}px`,
            top: `${target.box.y * scale}px`,
            width: `${target.box.width * scale}px`,
            height: `${target.box.height * scale}px`,
          }}
          aria-hidden="true"
        />
      )}
      {picking && <MirrorPicker key={picking.place.nodeId} hand={hand} hit={picking} scale={scale} />}
    </>
  );
}

/** One hand for as long as control lasts; it follows the page's own focus. */
function useHand({ cobrowse }: Engine, mirror: MirrorView, page: HTMLElement): MirrorHand {
  const hand = useMemo(
    () =>
      createMirrorHand({
        cobrowse,
        mirror,
        toPage(clientX, clientY) {
          const { left, top, width, height } = page.getBoundingClientRect();
          const [x, y] = [clientX - left, clientY - top];
          if (x < 0 || y < 0 || x >= width || y >= height) return null;
          return { x: x / mirror.scale.peek(), y: y / mirror.scale.peek() };
        },
      }),
    [cobrowse, mirror, page],
  );
  useEffect(() => () => hand.letGo(), [hand]);
  useEffect(() => {
    let before = cobrowse.page.peek()?.focusId;
    return effect(() => {
      const focusId = cobrowse.page.value?.focusId;
      if (focusId === before) return;
      before = focusId;
      if (hand.may('type') && page.contains(document.activeElement)) hand.refocus(focusId ?? null);
    });
  }, [cobrowse, hand, page]);
  return hand;
}
