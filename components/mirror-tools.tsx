import { Hand, History, ListChecks, Maximize, Minus, Pencil, Plus, RefreshCw, SquareDashedMousePointer } from 'lucide';
import { useId } from 'preact/hooks';
import type { MirrorView } from './create-mirror-view.ts';
import { IconButton } from './icon-button.tsx';
import styles from './mirror-tools.module.css';
import { Toolbar } from './toolbar.tsx';
import { useI18n } from './view-context.ts';

export interface MirrorToolsProps {
  readonly mirror: MirrorView;
  readonly name: string;
  /** There is a page to work on. */
  readonly isOn: boolean;
  onResync(): void;
}

const TOOLS = [
  { tool: 'hand', icon: Hand, label: 'mirrorHand', tip: 'mirrorHandTip' },
  { tool: 'draw', icon: Pencil, label: 'mirrorDraw', tip: 'mirrorDrawTip' },
  { tool: 'highlight', icon: SquareDashedMousePointer, label: 'mirrorHighlight', tip: 'mirrorHighlightTip' },
] as const;

/** What the pointer does, how large the page is, and the way back. */
export function MirrorTools({ mirror, name, isOn, onResync }: MirrorToolsProps) {
  const { t, lookUp, format } = useI18n();
  const zoomId = useId();
  const percent = format.percent(Math.round(mirror.scale.value * 100) / 100);
  const isPast = mirror.isLookingBack.value;
  const now = mirror.tool.value;
  const zoom = mirror.zoom.value;
  return (
    <Toolbar label={t('mirrorTools')} class={styles.tools}>
      <div role="radiogroup" aria-label={t('tool')} class={styles.group}>
        {TOOLS.map(({ tool, icon, label, tip }) => (
          <IconButton
            key={tool}
            role="radio"
            aria-checked={tool === now}
            icon={icon}
            label={t(label)}
            tip={lookUp(tip, { name }) ?? ''}
            tone={tool === now ? 'on' : 'plain'}
            disabled={!isOn || isPast}
            onClick={() => mirror.setTool(tool)}
          />
        ))}
      </div>
      <IconButton
        icon={History}
        label={t('mirrorPast')}
        tip={t('mirrorPastTip')}
        tone={isPast ? 'on' : 'plain'}
        aria-pressed={isPast}
        disabled={!isOn}
        onClick={() => mirror.port.value?.post({ type: 'rewind', open: !isPast })}
      />
      <div class={styles.group}>
        <IconButton icon={Minus} label={t('mirrorZoomOut')} onClick={() => mirror.zoomBy(-1)} />
        <button
          type="button"
          class={styles.zoom}
          aria-label={t('mirrorZoomOne')}
          aria-describedby={zoomId}
          title={t('mirrorZoomOne')}
          aria-pressed={zoom === 1}
          onClick={() => mirror.setZoom(1)}
        >
          <span class={styles.percent} data-percent={percent} />
        </button>
        <span id={zoomId} class="visually-hidden">
          {percent}
        </span>
        <IconButton icon={Plus} label={t('mirrorZoomIn')} onClick={() => mirror.zoomBy(1)} />
        <IconButton
          icon={Maximize}
          label={t('mirrorZoomFit')}
          tone={zoom === 'fit' ? 'on' : 'plain'}
          aria-pressed={zoom === 'fit'}
          onClick={() => mirror.setZoom('fit')}
        />
      </div>
      <IconButton
        icon={RefreshCw}
        label={t('mirrorResync')}
        tip={t('mirrorResyncTip')}
        disabled={!isOn}
        onClick={onResync}
      />
      <IconButton
        icon={ListChecks}
        label={t('mirrorLog')}
        tone={mirror.isLogOpen.value ? 'on' : 'plain'}
        aria-expanded={mirror.isLogOpen.value}
        onClick={() => mirror.setLogOpen(!mirror.isLogOpen.peek())}
      />
    </Toolbar>
  );
}
