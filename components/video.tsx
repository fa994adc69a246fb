import { useEffect, useRef } from 'preact/hooks';
import styles from './video.module.css';

export interface VideoProps {
  readonly stream: MediaStream;
  readonly label: string;
  readonly mirrored?: boolean;
  readonly fit?: 'contain' | 'cover';
  /** True from the first decoded picture on; until then the element is transparent. */
  onPicture?(shown: boolean): void;
  /** The element, for those who measure or draw on it; null when it goes. */
  onElement?(video: HTMLVideoElement | null): void;
}

/** Plays one live stream, without sound: the engine plays that. */
export function Video({ stream, label, mirrored, fit = 'contain', onPicture, onElement }: VideoProps) {
  const element = useRef<HTMLVideoElement | null>(null);

  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.muted = true;
    video.srcObject = stream;
    // Autoplay of a muted video is allowed everywhere; a rejection only says that the stream was changed meanwhile.
    video.play()?.catch(() => {});
    onElement?.(video);
    return () => {
      onPicture?.(false);
      onElement?.(null);
      video.srcObject = null;
    };
  }, [stream]);

  return (
    <video
      ref={element}
      aria-label={label}
      autoplay
      muted
      playsInline
      disablePictureInPicture
      class={`${styles.video} ${styles[fit]} ${mirrored ? styles.mirrored : ''}`}
      onPlaying={() => onPicture?.(true)}
      onEmptied={() => onPicture?.(false)}
    />
  );
}
