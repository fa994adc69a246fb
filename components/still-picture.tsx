import { useCallback, useEffect, useState } from 'preact/hooks';
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
  const url = useDecoded(still.url);
  // The same function each time: another one would be told that the element went and came, at every drawing.
  const attach = useCallback((element: HTMLImageElement | null) => {
    setImage(element);
    onImage?.(element);
  }, []);
  return (
    <div class={styles.frame}>
      {url !== null && <img class={styles.image} src={url} alt={t('still')} draggable={false} ref={attach} />}
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

/**
 * The newest file that can be shown at once. While it is read the one before stays: the full picture takes the place of the
 * local frame under a pen, and a picture without a size can't be drawn on.
 */
function useDecoded(url: string | null): string | null {
  const [decoded, setDecoded] = useState<string | null>(null);
  useEffect(() => {
    if (url === null) return;
    let isNewest = true;
    const image = new Image();
    image.src = url;
    const show = () => isNewest && setDecoded(url);
    // A file that can't be decoded shows as a broken picture.
    image.decode().then(show, show);
    return () => {
      isNewest = false;
    };
  }, [url]);
  return url === null ? null : decoded;
}
