import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { XY } from '../lib/annotation/affine.ts';
import type { InkModel } from '../lib/state/ink-types.ts';
import type { PictureElement } from './ink-geometry.ts';
import { startInkHand } from './ink-hand.ts';
import { type InkKeyboard, startInkKeyboard } from './ink-keyboard.ts';
import styles from './ink-surface.module.css';
import { useFirstFocus } from './use-first-focus.ts';
import { useI18n } from './view-context.ts';

export interface InkSurfaceProps {
  readonly ink: InkModel;
  readonly surface: string;
  readonly picture: PictureElement;
  /** Changes when the picture is moved under the surface without changing its size. */
  readonly moved?: ReadonlySignal<unknown>;
  /** What is drawn on, for screen readers. */
  readonly label: string;
}

interface Writing {
  readonly point: XY;
  readonly at: XY;
}

/** Takes pointer and keyboard over a picture and draws. It paints nothing itself: see InkCanvas. */
export function InkSurface({ ink, surface, picture, moved, label }: InkSurfaceProps) {
  const { t } = useI18n();
  const over = useRef<HTMLDivElement | null>(null);
  const writing = useSignal<Writing | null>(null);
  const [keyboard, setKeyboard] = useState<InkKeyboard | null>(null);

  // What is pressed as soon as it is drawn counts.
  useLayoutEffect(() => {
    if (over.current === null) return;
    const gone = new AbortController();
    const parts = {
      ink,
      surface,
      picture,
      moved,
      over: over.current,
      onText: (point: XY, at: XY) => (writing.value = { point, at }),
    };
    startInkHand(parts, gone.signal);
    setKeyboard(startInkKeyboard(parts, gone.signal));
    over.current.focus({ preventScroll: true });
    return () => gone.abort();
  }, [ink, surface, picture, moved]);

  const crosshair = keyboard?.crosshair.value ?? null;
  const isDown = keyboard?.isDown.value ?? false;
  return (
    <>
      <div
        ref={over}
        class={styles.surface}
        role="application"
        aria-label={t('drawOn', { picture: label })}
        aria-roledescription={t('drawingSurface')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys itself
        tabIndex={0}
        data-tool={ink.choice.value.tool}
      />
      {crosshair && (
        <span
          class={`${styles.crosshair} ${isDown ? styles.down : ''}`}
          style={{ left: `${crosshair.x}px`, top: `${crosshair.y}px`, color: ink.choice.value.colour }}
          aria-hidden="true"
        />
      )}
      <p class="visually-hidden" role="status">
        {crosshair === null ? t('drawByKeys') : isDown ? t('penDown') : t('penUp')}
      </p>
      {writing.value && (
        <TextField
          key={JSON.stringify(writing.value)}
          at={writing.value.at}
          colour={ink.choice.value.colour}
          onDone={(text) => {
            if (writing.value && text !== '') ink.putText(surface, writing.value.point, text);
            writing.value = null;
            over.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </>
  );
}

interface TextFieldProps {
  readonly at: XY;
  readonly colour: string;
  /** Empty when it was given up. */
  onDone(text: string): void;
}

function TextField({ at, colour, onDone }: TextFieldProps) {
  const { t } = useI18n();
  const field = useFirstFocus<HTMLInputElement>();
  const isDone = useRef(false);
  const finish = (text: string) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(text.trim());
  };
  return (
    <input
      ref={field}
      class={styles.text}
      style={{ left: `${at.x}px`, top: `${at.y}px`, color: colour }}
      aria-label={t('textToDraw')}
      maxLength={100}
      dir="auto"
      autocomplete="off"
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !event.isComposing) finish(event.currentTarget.value);
        if (event.key === 'Escape') finish('');
      }}
    />
  );
}
