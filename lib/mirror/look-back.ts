import type { FromPlayer } from '../protocol/player-messages.ts';
import type { Clock } from '../shared/clock.ts';
import { createMirrorOverlay } from './mirror-overlay.ts';
import { createRewindScreen, type Past, type RewindScreen } from './rewind-screen.ts';

/** "Look back": the past over the live mirror, until it is closed. */
export interface LookBack {
  /** Null goes back to live. */
  open(past: Past | null): void;
  seek(atMs: number): void;
  play(on: boolean): void;
}

/** How often a position is told while it plays. */
const TELL_MS = 100;

export function createLookBack(
  root: HTMLElement,
  { clock, signal, post }: { readonly clock: Clock; readonly signal: AbortSignal; post(message: FromPlayer): void },
): LookBack {
  const room = document.createElement('div');
  room.className = 'past';
  room.hidden = true;
  root.append(room);
  let screen: RewindScreen | null = null;
  let overlay = createMirrorOverlay(room);

  const tell = () => {
    if (screen !== null) overlay.cursor(screen.cursor());
    post({
      type: 'rewound',
      past:
        screen === null
          ? null
          : { lengthMs: screen.lengthMs, atMs: Math.round(screen.atMs()), playing: screen.isPlaying() },
    });
  };
  let wasPlaying = false;
  clock.every(
    TELL_MS,
    () => {
      const isPlaying = screen?.isPlaying() === true;
      // The end is told, too.
      if (isPlaying || wasPlaying) tell();
      wasPlaying = isPlaying;
    },
    signal,
  );

  const close = () => {
    screen?.close();
    screen = null;
    room.replaceChildren();
    room.hidden = true;
  };

  return {
    open(past) {
      const wasOpen = screen !== null;
      close();
      if (past !== null) {
        room.hidden = false;
        screen = createRewindScreen(room, past);
        overlay = createMirrorOverlay(room);
        screen.seek(screen.lengthMs);
      }
      if (wasOpen || past !== null) tell();
    },
    seek(atMs) {
      screen?.seek(atMs);
      tell();
    },
    play(on) {
      screen?.play(on);
      tell();
    },
  };
}
