import { Button } from './button.tsx';
import styles from './seen-section.module.css';
import { useI18n } from './view-context.ts';

export interface SeenFramesProps {
  /** Origins. */
  readonly sites: readonly string[];
  readonly name: string;
  /** Called in the task of the press, in which alone the browser asks. */
  onShow(): void;
}

/** What is in a shared page of other sites is not seen before its owner says so. */
export function SeenFrames({ sites, name, onShow }: SeenFramesProps) {
  const { t } = useI18n();
  const names = sites.map((site) => site.replace(/^https?:\/\//, '')).join(', ');
  return (
    <div role="group" aria-label={t('seenFrames', { sites: names, name })} class={styles.row}>
      <p>{t('seenFrames', { sites: names, name })}</p>
      <Button onClick={onShow}>{t('seenShowFrames')}</Button>
    </div>
  );
}
