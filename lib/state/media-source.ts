import { type ReadonlySignal, signal } from '@preact/signals';
import type { CaptureFailure } from '../media/capture.ts';
import type { Result } from '../shared/result.ts';

export type SourceState = 'off' | 'starting' | 'on' | CaptureFailure;

/** One microphone or camera: wanted or not, open or not, and reopened when its device or window goes away. */
export interface MediaSource {
  readonly state: ReadonlySignal<SourceState>;
  readonly track: ReadonlySignal<MediaStreamTrack | null>;
  setWanted(wanted: boolean): void;
  /** Opens again with the present choice of device, if wanted. */
  reopen(): void;
}

export interface MediaSourceParts {
  readonly open: () => Promise<Result<MediaStreamTrack, CaptureFailure>>;
  /** The device was unplugged or taken away and another one answered, or none did. */
  readonly onReplaced: (label: string | null) => void;
}

export function createMediaSource({ open, onReplaced }: MediaSourceParts): MediaSource {
  const state = signal<SourceState>('off');
  const track = signal<MediaStreamTrack | null>(null);
  let wanted = false;
  let round = 0;

  const stop = () => {
    track.peek()?.stop();
    track.value = null;
  };

  const start = async (afterLoss: boolean) => {
    round += 1;
    const mine = round;
    stop();
    state.value = 'starting';
    const opened = await open();
    // Somebody changed their mind while the browser was asking.
    if (mine !== round || !wanted) return opened.ok ? opened.value.stop() : undefined;
    if (opened.ok) {
      // Not fired by our own stop(): only when the device or its window is gone.
      opened.value.addEventListener('ended', () => track.peek() === opened.value && void start(true), { once: true });
      track.value = opened.value;
      state.value = 'on';
    } else {
      state.value = opened.reason;
    }
    if (afterLoss) onReplaced(opened.ok ? opened.value.label : null);
  };

  return {
    state,
    track,
    setWanted(value) {
      if (value === wanted && (!value || state.peek() === 'on' || state.peek() === 'starting')) return;
      wanted = value;
      if (value) return void start(false);
      round += 1;
      stop();
      state.value = 'off';
    },
    reopen() {
      if (wanted) void start(false);
    },
  };
}
