/** Bitmap pixels per CSS pixel, at most: these pictures are small. */
const MAX_RATIO = 2;
/** Painting a frame of 1280 × 720 takes 5 to 10 ms of this page's main thread where there is no graphics card. */
const EVERY_MS = 200;

/**
 * Paints frames of a playing video on a canvas in its place, five a second, until `signal` aborts. The bitmap has the shape
 * of the video; how it is cut is up to the canvas's `object-fit`.
 *
 * A page with two visible videos gets no more than 30 frames a second from Chromium, whatever else moves in it (tried with
 * Chromium 156: two videos 30, one and a canvas 60). While somebody draws, ink would wait for those frames.
 */
export function paintFrames(video: HTMLVideoElement, canvas: HTMLCanvasElement, signal: AbortSignal): void {
  const context = canvas.getContext('2d', { alpha: false });
  const paint = () => {
    const { videoWidth, videoHeight } = video;
    // Nothing to see yet.
    if (videoWidth === 0) return;
    const ratio = Math.min(devicePixelRatio, MAX_RATIO);
    const fill = Math.max(canvas.clientWidth / videoWidth, canvas.clientHeight / videoHeight);
    const scale = Math.min(1, ratio * fill);
    const width = Math.ceil(videoWidth * scale);
    const height = Math.ceil(videoHeight * scale);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context?.drawImage(video, 0, 0, width, height);
  };
  paint();
  const timer = setInterval(paint, EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
