/** Epoch ms at which the left upper corner of a playing video went from dark to light or back, as they come. */
export function watchFlips(video: HTMLVideoElement): number[] {
  const flips: number[] = [];
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let last: boolean | null = null;
  const look = () => {
    // The middle of the block that the shared page flips, a tenth of its width.
    context?.drawImage(video, video.videoWidth * 0.02, video.videoWidth * 0.02, 8, 8, 0, 0, 1, 1);
    const isLight = (context?.getImageData(0, 0, 1, 1).data[0] ?? 0) > 127;
    if (last !== null && isLight !== last) flips.push(performance.timeOrigin + performance.now());
    last = isLight;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  return flips;
}
