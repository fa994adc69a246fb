import { computed, effect } from '@preact/signals';
import { repeatSound } from '../media/sounds.ts';
import type { CallModel, MediaModel, SettingsModel } from './api.ts';
import type { CobrowseShareModel } from '../state/cobrowse-share-api.ts';
import type { ShareModel } from '../state/share-api.ts';
import type { Attention } from './home.ts';

export interface AttentionParts {
  readonly attention: Attention;
  readonly call: CallModel;
  readonly media: MediaModel;
  readonly settings: SettingsModel;
  readonly share: ShareModel;
  readonly cobrowseShare: CobrowseShareModel | null;
}

/** Rings, shows notification and badge, and lets notification and shortcuts press the same verbs as a view. */
export function drawAttention({ attention, call, media, settings, share, cobrowseShare }: AttentionParts): void {
  effect(() => {
    const now = call.state.value;
    if (now.kind !== 'ringing' || now.answering) return;
    const { sound, notification, volume } = settings.current.peek().ring;
    const over = new AbortController();
    if (sound) repeatSound('ring', volume, over.signal);
    if (notification) attention.ring({ name: now.person.name, scenario: now.scenario.name });
    return () => {
      over.abort();
      attention.ring(null);
    };
  });
  effect(() => {
    if (call.state.value.kind !== 'dialling') return;
    const over = new AbortController();
    repeatSound('waiting', settings.current.peek().ring.volume, over.signal);
    return () => over.abort();
  });
  const notice = computed(() => {
    if (call.state.value.kind !== 'active') return 'none';
    if ((cobrowseShare?.control.value ?? null) !== null) return 'controlled';
    const isPageSeen = cobrowseShare?.tabs.value.some(({ state }) => state.kind === 'live') === true;
    return isPageSeen || share.state.value.kind === 'on' ? 'seen' : 'call';
  });
  effect(() => attention.inCall(notice.value));

  attention.onCommand((command) => {
    const { kind } = call.state.peek();
    if (command === 'answer') call.answer();
    else if (command === 'decline' && kind === 'ringing') call.decline();
    else if (command === 'toggle-mute') media.setMuted(media.mic.peek() !== 'muted');
    else if (command === 'toggle-video') media.setCamera(media.camera.peek() !== 'on');
    else if (command === 'exit' && kind === 'active') call.exit();
  });
}
