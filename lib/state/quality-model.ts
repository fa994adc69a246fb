import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Quality } from '../engine/api.ts';
import type { Link, LinkStats } from '../rtc/link.ts';
import { qualityBetween } from '../rtc/quality.ts';
import type { Clock } from '../shared/clock.ts';
import type { CallPort } from './call-port.ts';

const READ_MS = 2_000;

/** How good the connection is, read every two seconds while a call is open; null outside a call. */
export function createQualityModel(call: CallPort, clock: Clock): ReadonlySignal<Quality | null> {
  const quality = signal<Quality | null>(null);
  let before: { link: Link; stats: LinkStats } | null = null;

  const read = async (link: Link) => {
    const stats = await link.stats();
    if (!stats || link !== call.link.peek()) return;
    if (before?.link === link) quality.value = qualityBetween(before.stats, stats);
    before = { link, stats };
  };

  effect(() => {
    const link = call.link.value;
    if (call.phase.value.kind !== 'active') {
      quality.value = null;
      return;
    }
    if (!link) {
      const last = quality.peek();
      if (last) quality.value = { ...last, level: 'reconnecting', sendKbps: 0, receiveKbps: 0 };
      return;
    }
    const over = new AbortController();
    void read(link);
    clock.every(READ_MS, () => void read(link), over.signal);
    return () => over.abort();
  });

  return quality;
}
