import { useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import { InkSurface } from './ink-surface.tsx';
import styles from './mirror-draw.module.css';
import { useI18n } from './view-context.ts';

export interface MirrorDrawProps {
  readonly engine: Engine;
  readonly surface: string;
  readonly name: string;
}

/** Takes the pen over the page. What is drawn is painted by the player, and in the customer's page. */
export function MirrorDraw({ engine, surface, name }: MirrorDrawProps) {
  const { t } = useI18n();
  const page = engine.cobrowse.page.value;
  const [sheet, setSheet] = useState<HTMLCanvasElement | null>(null);
  if (page === null) return null;
  return (
    <>
      {/* Nothing is painted on it: it has the page's size, which is what ink is measured by. */}
      <canvas ref={setSheet} class={styles.sheet} width={page.width} height={page.height} aria-hidden="true" />
      {sheet !== null && (
        <InkSurface ink={engine.ink} surface={surface} picture={sheet} label={t('mirrorTitle', { name })} />
      )}
    </>
  );
}
