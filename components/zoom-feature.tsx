import { type IconNode, Scan, ZoomIn, ZoomOut } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { actualSize, FIT, placeOfZoom, scaleOf, type ZoomFrame } from '../lib/annotation/picture-zoom.ts';
import type { CallFeature, LayerProps } from './call-features.ts';
import { IconButton } from './icon-button.tsx';
import { naturalSize } from './ink-geometry.ts';
import { pictureLabel } from './picture-label.ts';
import { Toolbar } from './toolbar.tsx';
import { useI18n } from './view-context.ts';
import styles from './zoom-feature.module.css';
import { farther, nearer, startZoomHand, type ZoomChange } from './zoom-hand.ts';

const OneToOne: IconNode = [
  ['path', { d: 'M4 9l3-2.5V18' }],
  ['path', { d: 'M16 9l3-2.5V18' }],
  ['path', { d: 'M12 10v.01M12 15v.01', 'stroke-width': 2.6 }],
];

/** The large picture whole, in its real size, or as near as one likes. For a window that has the room. */
export const zoomFeature: CallFeature = { id: 'zoom', Layer: ZoomLayer };

function ZoomLayer({ picture, video, view }: LayerProps) {
  const { t } = useI18n();
  const over = useRef<HTMLDivElement | null>(null);
  // A picture that has changed its size, or its window, is placed and told anew.
  const [frame, setFrame] = useState<ZoomFrame | null>(null);
  const isNear = view.zoom.value.kind === 'near';

  useEffect(() => () => view.setZoom(FIT), [picture.id]);
  useEffect(() => {
    if (over.current === null || video === null) return;
    const gone = new AbortController();
    const { signal } = gone;
    const place = () => {
      const now = frameOf(video);
      setFrame((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
      if (now !== null) putVideo(video, view.zoom.peek(), now);
    };
    const sizes = new ResizeObserver(place);
    sizes.observe(video);
    for (const type of ['resize', 'loadedmetadata']) video.addEventListener(type, place, { signal });
    startZoomHand(
      {
        over: over.current,
        around: over.current.parentElement ?? over.current,
        frame: () => frameOf(video),
        zoom: view.zoom,
        areKeysOn: () => view.shortcutsOn.peek(),
        change: view.setZoom,
      },
      signal,
    );
    const stop = view.zoom.subscribe(place);
    return () => {
      gone.abort();
      stop();
      sizes.disconnect();
      video.style.transform = '';
    };
  }, [video]);

  const act = (change: ZoomChange) => frame && view.setZoom(change(view.zoom.peek(), frame));
  return (
    <>
      <div
        ref={over}
        class={`${styles.over} ${isNear ? styles.movable : ''}`}
        role="application"
        aria-label={t('zoomMove', { picture: pictureLabel(picture, t) })}
        // Whole, there is nothing to move.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys itself
        tabIndex={isNear ? 0 : -1}
      />
      {frame && <ZoomToolbar scale={scaleOf(view.zoom.value, frame)} isWhole={!isNear} onAct={act} />}
    </>
  );
}

interface ZoomToolbarProps {
  /** Device pixels for each of the picture's. */
  readonly scale: number;
  readonly isWhole: boolean;
  onAct(change: ZoomChange): void;
}

function ZoomToolbar({ scale, isWhole, onAct }: ZoomToolbarProps) {
  const { t, format } = useI18n();
  const isActual = !isWhole && Math.abs(scale - 1) < 0.005;
  return (
    <div class={styles.tools}>
      <Toolbar label={t('zoom')} class={styles.toolbar}>
        <IconButton small icon={ZoomIn} label={t('zoomIn')} tip={t('zoomInTip')} onClick={() => onAct(nearer)} />
        <IconButton small icon={ZoomOut} label={t('zoomOut')} tip={t('zoomOutTip')} onClick={() => onAct(farther)} />
        <IconButton
          small
          icon={Scan}
          label={t('zoomFit')}
          tip={t('zoomFitTip')}
          tone={isWhole ? 'on' : 'plain'}
          aria-pressed={isWhole}
          onClick={() => onAct(() => FIT)}
        />
        <IconButton
          small
          icon={OneToOne}
          label={t('zoomActual')}
          tip={t('zoomActualTip')}
          tone={isActual ? 'on' : 'plain'}
          aria-pressed={isActual}
          onClick={() => onAct(actualSize)}
        />
      </Toolbar>
      <p class={styles.scale} role="status" aria-label={t('zoom')}>
        {format.percent(Math.round(scale * 100) / 100)}
      </p>
    </div>
  );
}

function frameOf(video: HTMLVideoElement): ZoomFrame | null {
  const picture = naturalSize(video);
  const box = { width: video.offsetWidth, height: video.offsetHeight };
  return picture && box.width > 0 && box.height > 0 ? { box, picture, devicePixelRatio } : null;
}

function putVideo(video: HTMLVideoElement, ...zoomed: Parameters<typeof placeOfZoom>): void {
  const { factor, shift } = placeOfZoom(...zoomed);
  video.style.transform = factor === 1 ? '' : `translate(${shift.x}px, ${shift.y}px) scale(${factor})`;
}
