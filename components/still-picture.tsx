import { useCallback, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Engine } from '../lib/engine/api.ts';
import type { Still } from '../lib/state/still-types.ts';
import { InkCanvas } from './ink-canvas.tsx';
import { nameOf } from './ink-layer.tsx';
import styles from './still-picture.module.css';
import { useI18n } from './view-context.ts';

export interface StillPictureProps {
  readonly engine: Engine;
  readonly still: Still;
  readonly onImage?: (image: HTMLImageElement | null) => void;
  /** What lies on top, given the picture. */
  over?(image: HTMLImageElement): ComponentChildren;
}

/** A still with the ink on it. */
export function StillPicture({ engine, still, onImage, over }: StillPictureProps) {
  const { t } = useI18n();
  const [image, setImage] = useState<HTMLImageElement | null>(null);
  // The same function each time: another one would be told that the element went and came, at every drawing.
  const attach = useCallback((element: HTMLImageElement | null) => {
    setImage(element);
    onImage?.(element);
  }, []);
  return (
    <div class={styles.frame}>
      {still.url !== null && (
        <img class={styles.image} src={still.url} alt={t('still')} draggable={false} ref={attach} />
      )}
      {image && (
        <InkCanvas
          ink={engine.ink}
          surface={still.surface}
          picture={image}
          nameOf={(author) => nameOf(engine, author)}
        />
      )}
      {image && over?.(image)}
    </div>
  );
}
