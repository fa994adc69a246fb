import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { createFrameChannel, type FrameChannel } from '../rtc/frame-channel.ts';
import type { CallPort } from './call-port.ts';

/** The frames of the link that there is; null without one. One for both halves of co-browsing: they share the channel. */
export function createCobrowseFrames(call: Pick<CallPort, 'link'>): ReadonlySignal<FrameChannel | null> {
  const frames = signal<FrameChannel | null>(null);
  effect(() => {
    const link = call.link.value;
    frames.value = link === null ? null : createFrameChannel(link.cobrowse, link.closed);
  });
  return frames;
}
