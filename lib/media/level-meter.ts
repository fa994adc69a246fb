/** How often a level is read: smooth to the eye and cheap. */
const READS_PER_SECOND = 15;

/** Calls `onLevel` with 0..1 (peak of the waveform) until `until` aborts. */
export function startLevelMeter(track: MediaStreamTrack, onLevel: (level: number) => void, until: AbortSignal): void {
  if (until.aborted) return;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(
      Math.min(
        1,
        samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
      ),
    );
  }, 1_000 / READS_PER_SECOND);
  until.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      void context.close();
    },
    { once: true },
  );
}
