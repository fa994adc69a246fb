/** Tones are made, not shipped: two soft notes that carry over machine noise and are unlike any system sound. */
const NOTES = { ring: [659, 880], waiting: [440], test: [523, 659, 784] } as const;

export type Sound = keyof typeof NOTES;

const NOTE_SECONDS = 0.22;
const REPEAT_MS = { ring: 2_400, waiting: 4_000 } as const;

/** Plays a sound once at `volume` 0..1. Resolves when it has ended; does nothing where sound may not start by itself. */
export async function playSound(sound: Sound, volume: number): Promise<void> {
  const context = new AudioContext();
  const gain = context.createGain();
  gain.connect(context.destination);
  NOTES[sound].forEach((frequency, index) => {
    const start = context.currentTime + index * NOTE_SECONDS;
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, volume * 0.4), start + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_SECONDS);
    tone.start(start);
    tone.stop(start + NOTE_SECONDS);
    if (index === NOTES[sound].length - 1) tone.addEventListener('ended', () => void context.close());
  });
}

/** Repeats a sound until `until` aborts. */
export function repeatSound(sound: keyof typeof REPEAT_MS, volume: number, until: AbortSignal): void {
  if (until.aborted) return;
  void playSound(sound, volume);
  const timer = setInterval(() => void playSound(sound, volume), REPEAT_MS[sound]);
  until.addEventListener('abort', () => clearInterval(timer), { once: true });
}
