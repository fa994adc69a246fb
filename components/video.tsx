import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { paintFrames } from './paint-frames.ts';
import styles from './video.module.css';

export interface VideoProps {
  readonly stream: MediaStream;
  readonly label: string;
  readonly mirrored?: boolean;
  readonly fit?: 'contain' | 'cover';
  /** A canvas stands in its place (`paintFrames`): for the small pictures, while somebody draws on the large one. */
  readonly isPainted?: boolean;
  /** True from the first decoded picture on; until then the element is transparent. */
  onPicture?(shown: boolean): void;
  /** The element, for those who measure or draw on it; null when it goes. */
  onElement?(video: HTMLVideoElement | null): void;
}

/** Plays one live stream, without sound: the engine plays that. */
export function Video(props: VideoProps) {
  const { stream, label, mirrored, fit = 'contain', isPainted = false, onPicture, onElement } = props;
  const element = useRef<HTMLVideoElement | null>(null);
  const canvas = useRef<HTMLCanvasElement | null>(null);

  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.muted = true;
    video.srcObject = stream;
    // Autoplay of a muted video is allowed everywhere; a rejection only says that the stream was changed meanwhile.
    video.play()?.catch(() => {});
    onElement?.(video);
    const stopWaiting = whenPainted(video, () => onPicture?.(true));
    return () => {
      stopWaiting();
      onPicture?.(false);
      onElement?.(null);
      video.srcObject = null;
    };
  }, [stream]);

  useLayoutEffect(() => {
    const video = element.current;
    if (!video || !canvas.current) return;
    const gone = new AbortController();
    paintFrames(video, canvas.current, gone.signal);
    return () => gone.abort();
  }, [isPainted]);

  const looks = `${styles.video} ${styles[fit]} ${mirrored ? styles.mirrored : ''}`;
  return (
    <>
      <video
        ref={element}
        aria-label={label}
        autoplay
        muted
        playsInline
        disablePictureInPicture
        class={`${looks} ${isPainted ? styles.behind : ''}`}
        onEmptied={() => onPicture?.(false)}
      />
      {isPainted && <canvas ref={canvas} class={`${looks} ${styles.painted}`} aria-hidden="true" />}
    </>
  );
}

/** A frame follows `playing` within this time; a browser that counts no frames of an element it isn't showing gets it then. */
const FRAME_MS = 250;

/** Calls `run` once a frame is on screen: `playing` comes before that, and a black picture in between would be seen. */
function whenPainted(video: HTMLVideoElement, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handlePlaying = () => {
    timer = setTimeout(run, FRAME_MS);
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(run);
  };
  video.addEventListener('playing', handlePlaying);
  return () => {
    clearTimeout(timer);
    video.removeEventListener('playing', handlePlaying);
  };
}
