import { INK_FADE_MS, INK_HOLD_MS, LASER_FADE_MS } from '../protocol/ink-limits.ts';

/** What decides when a mark goes. Times are one machine's own clock, epoch ms. */
export interface Fading {
  readonly tool: string;
  readonly stay: boolean;
  /** When the pen was lifted; null while it is pressed, and then nothing fades. */
  readonly releasedAt: number | null;
}

/** When the mark begins to fade and when it is gone; null when it stays. */
export function fadeTimes({
  tool,
  stay,
  releasedAt,
}: Fading): { readonly startsAt: number; readonly endsAt: number } | null {
  if (releasedAt === null) return null;
  if (tool === 'laser') return { startsAt: releasedAt, endsAt: releasedAt + LASER_FADE_MS };
  if (stay) return null;
  return { startsAt: releasedAt + INK_HOLD_MS, endsAt: releasedAt + INK_HOLD_MS + INK_FADE_MS };
}

/** 1 while held, then falling to 0. With `calm` (reduced motion) it goes at once at the end of the hold. */
export function opacityAt(mark: Fading, now: number, motion: 'full' | 'calm'): number {
  const times = fadeTimes(mark);
  if (times === null || now < times.startsAt) return 1;
  if (motion === 'calm') return 0;
  return Math.max(0, 1 - (now - times.startsAt) / (times.endsAt - times.startsAt));
}

export const isGone = (mark: Fading, now: number): boolean => {
  const times = fadeTimes(mark);
  return times !== null && now >= times.endsAt;
};
