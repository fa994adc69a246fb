import { EyeOff, Move, User } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import type { MediaModel } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import { type CallView, type Corner, CORNERS } from './create-call-view.ts';
import { IconButton } from './icon-button.tsx';
import styles from './self-view.module.css';
import { Video } from './video.tsx';
import { useI18n } from './view-context.ts';

export interface SelfViewProps {
  readonly media: MediaModel;
  readonly view: CallView;
  /** See `Video`. */
  readonly isPainted: boolean;
}

const PLACES: Readonly<Record<Corner, MessageKey>> = {
  'top-start': 'cornerTopStart',
  'top-end': 'cornerTopEnd',
  'bottom-start': 'cornerBottomStart',
  'bottom-end': 'cornerBottomEnd',
};

const isCorner = (value: string): value is Corner => CORNERS.some((corner) => corner === value);

/** The corner that an arrow key leads to; the same one where there is no further. */
export function nextCorner(corner: Corner, key: string, dir: 'ltr' | 'rtl'): Corner {
  const [row = 'bottom', side = 'end'] = corner.split('-');
  const [left, right] = dir === 'ltr' ? ['start', 'end'] : ['end', 'start'];
  const moved: Readonly<Record<string, string>> = {
    ArrowUp: `top-${side}`,
    ArrowDown: `bottom-${side}`,
    ArrowLeft: `${row}-${left}`,
    ArrowRight: `${row}-${right}`,
  };
  const next = moved[key] ?? corner;
  return isCorner(next) ? next : corner;
}

/** One's own camera, inlaid: dragged to a corner, moved by arrow keys, or hidden (the other side goes on seeing it). */
export function SelfView({ media, view, isPainted }: SelfViewProps) {
  const { t, dir } = useI18n();
  const frame = useRef<HTMLDivElement | null>(null);
  const [drag, setDrag] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const origin = useRef({ x: 0, y: 0 });
  const stream = media.selfView.value;
  const corner = view.selfViewCorner.value;
  const isHidden = view.selfViewHidden.value;
  if (!stream) return null;

  if (isHidden) {
    return (
      <div class={`${styles.place} ${styles[corner]}`}>
        <div class={styles.show}>
          <IconButton icon={User} label={t('showSelfView')} onClick={() => view.setSelfViewHidden(false)} />
        </div>
      </div>
    );
  }

  const handleDrop = (event: PointerEvent) => {
    const area = frame.current?.offsetParent?.getBoundingClientRect();
    setDrag(null);
    if (!drag || !area || Math.hypot(drag.x, drag.y) < 8) return;
    const row = event.clientY < area.top + area.height / 2 ? 'top' : 'bottom';
    const isLeft = event.clientX < area.left + area.width / 2;
    view.setSelfViewCorner(`${row}-${isLeft === (dir === 'ltr') ? 'start' : 'end'}`);
  };

  return (
    <div
      ref={frame}
      class={`${styles.place} ${styles[corner]} ${styles.frame} ${drag ? styles.dragged : ''}`}
      style={drag ? { transform: `translate(${drag.x}px, ${drag.y}px)` } : undefined}
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest('button[data-hide]')) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        origin.current = { x: event.clientX, y: event.clientY };
        setDrag({ x: 0, y: 0 });
      }}
      onPointerMove={(event) => {
        if (drag) setDrag({ x: event.clientX - origin.current.x, y: event.clientY - origin.current.y });
      }}
      onPointerUp={handleDrop}
      onPointerCancel={() => setDrag(null)}
    >
      <Video
        stream={stream}
        label={t('yourCamera')}
        mirrored={media.mirrorSelfView.value}
        fit="cover"
        isPainted={isPainted}
      />
      <div class={styles.tools}>
        <IconButton
          icon={Move}
          label={t('moveSelfView')}
          tip={t('moveSelfViewTip')}
          onKeyDown={(event) => {
            if (!event.key.startsWith('Arrow')) return;
            event.preventDefault();
            event.stopPropagation();
            view.setSelfViewCorner(nextCorner(corner, event.key, dir));
          }}
        />
        <IconButton icon={EyeOff} label={t('hideSelfView')} data-hide="" onClick={() => view.setSelfViewHidden(true)} />
      </div>
      <p class="visually-hidden" role="status">
        {t('selfViewAt', { place: t(PLACES[corner]) })}
      </p>
    </div>
  );
}
