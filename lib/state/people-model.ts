import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { RemotePerson } from '../engine/api.ts';
import type { AudioOut } from '../media/audio-out.ts';
import type { MediaState } from '../protocol/call-messages.ts';
import type { Fact, Introduction } from '../protocol/desk-messages.ts';
import type { CallPort } from './call-port.ts';

const NOTHING: MediaState = { mic: 'none', camera: 'off', screen: 'off' };

export interface PeopleParts {
  readonly call: CallPort;
  readonly introduced: { readonly value: Introduction | null };
  readonly remoteTyping: { readonly value: boolean };
  readonly audioOut: AudioOut;
  /** What this side sends now; told to the other side whenever it changes. */
  readonly ownMedia: ReadonlySignal<MediaState>;
  /** Facts that are told to the other side. */
  readonly ownFacts: ReadonlySignal<readonly Fact[]>;
}

/** Everybody else in the call, with what arrives from them. Their sound is played here, whatever view is open. */
export function createPeopleModel(parts: PeopleParts): ReadonlySignal<readonly RemotePerson[]> {
  const { call, introduced } = parts;
  const media = signal<MediaState>(NOTHING);
  const facts = signal<readonly Fact[]>([]);
  /** Counts up when a link's taps change, so that streams are made again. */
  const arrivals = signal(0);

  call.on('media', ({ state }) => (media.value = state));
  call.on('facts', (message) => (facts.value = message.facts));

  const isOpen = computed(() => call.phase.value.kind === 'active' && !call.paused.value);
  effect(() => {
    const link = call.link.value;
    link?.taps.onReceived(() => link === call.link.peek() && (arrivals.value += 1));
  });
  effect(() => {
    if (call.phase.value.kind !== 'idle') return;
    media.value = NOTHING;
    facts.value = [];
  });
  effect(() => {
    if (call.phase.value.kind === 'active') call.send({ type: 'media', state: parts.ownMedia.value });
  });
  effect(() => {
    if (call.phase.value.kind === 'active' && parts.ownFacts.value.length > 0) {
      call.send({ type: 'facts', facts: [...parts.ownFacts.value] });
    }
  });

  const trackOf = (tap: 'mic' | 'camera' | 'screen' | 'screenSound') => {
    const counted = arrivals.value >= 0;
    const link = call.link.value;
    return counted && isOpen.value && link ? link.taps.received(tap) : null;
  };
  effect(() => {
    parts.audioOut.play('voice', trackOf('mic'));
    parts.audioOut.play('screen', trackOf('screenSound'));
  });
  const streamOf = (tap: 'camera' | 'screen') => {
    const track = computed(() => (media.value[tap] === 'off' ? null : trackOf(tap)));
    return computed(() => (track.value ? new MediaStream([track.value]) : null));
  };
  const camera = streamOf('camera');
  const screen = streamOf('screen');

  return computed(() => {
    const known = introduced.value;
    const { kind } = call.phase.value;
    if (!known || kind === 'idle' || kind === 'ended') return [];
    return [
      {
        person: known.person,
        media: media.value,
        camera: camera.value,
        screen: screen.value,
        facts: mergeFacts(known.facts, facts.value),
        typing: parts.remoteTyping.value,
      },
    ];
  });
}

/** What the person's own browser says goes before what the desk passed on. */
function mergeFacts(introduced: readonly Fact[], told: readonly Fact[]): readonly Fact[] {
  const keys = new Set(told.map(({ key }) => key));
  return [...told, ...introduced.filter(({ key }) => !keys.has(key))];
}
