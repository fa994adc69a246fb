import { MonitorUp, VideoOff } from 'lucide';
import { useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import styles from './picture-view.module.css';
import { pictureLabel } from './picture-label.ts';
import type { Picture } from './pictures.ts';
import { Video } from './video.tsx';
import { useI18n } from './view-context.ts';

export interface PictureViewProps {
  readonly picture: Picture;
  readonly size: 'main' | 'thumb';
  /** See `Video`. */
  readonly isPainted?: boolean;
  onElement?(video: HTMLVideoElement | null): void;
}

/** One picture of the other side. Where there is none to show, their name stands in its place: never black, never frozen. */
export function PictureView({ picture, size, isPainted = false, onElement }: PictureViewProps) {
  const { t } = useI18n();
  const [isShown, setShown] = useState(false);
  const { kind, name, isOn, showsItself = false } = picture;
  const stream = showsItself && size === 'thumb' ? null : picture.stream;
  const label = pictureLabel(picture, t);
  return (
    <div class={`${styles.picture} ${styles[size]}`}>
      {!(stream && isShown) && (
        <div class={styles.placeholder}>
          {kind === 'camera' ? (
            <Avatar name={name} size={size === 'main' ? 'huge' : 'small'} />
          ) : (
            <Icon node={MonitorUp} size={size === 'main' ? 48 : 24} />
          )}
          {size === 'main' && <p class={styles.name}>{name}</p>}
          {size === 'main' && (
            <p class={styles.note}>
              {!isOn && <Icon node={VideoOff} size={16} />}
              {isOn ? t('waitingForPicture') : t('cameraIsOff')}
            </p>
          )}
        </div>
      )}
      {stream && (
        <div class={isShown ? styles.video : styles.videoWaiting}>
          <Video
            stream={stream}
            label={label}
            fit={size === 'thumb' ? 'cover' : 'contain'}
            isPainted={isPainted}
            onPicture={setShown}
            {...(onElement ? { onElement } : {})}
          />
        </div>
      )}
    </div>
  );
}
