import { useEffect, useRef } from 'preact/hooks';
import styles from './ink-canvas.module.css';
import { type InkCanvasParts, startInkCanvas } from './start-ink-canvas.ts';

export type InkCanvasProps = Omit<InkCanvasParts, 'canvas'>;

/** The ink over a picture, to look at. Put it where it covers the picture. */
export function InkCanvas({ picture, ink, surface, moved, nameOf }: InkCanvasProps) {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const names = useRef(nameOf);
  names.current = nameOf;
  useEffect(() => {
    if (canvas.current === null) return;
    const gone = new AbortController();
    const parts = {
      ...{ canvas: canvas.current, picture, ink, surface },
      ...(moved && { moved }),
      nameOf: (author: string) => names.current(author),
    };
    startInkCanvas(parts, gone.signal);
    return () => gone.abort();
  }, [picture, ink, surface, moved]);
  return <canvas ref={canvas} class={styles.canvas} aria-hidden="true" />;
}
