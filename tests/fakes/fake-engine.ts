import { signal, type Signal } from '@preact/signals';
import type { CallState, Engine } from '../../lib/engine/api.ts';
import type { CobrowseState, ControlResult, ControlState } from '../../lib/engine/cobrowse-view-api.ts';
import type { PageState, PauseReason, SharedTab } from '../../lib/protocol/cobrowse-messages.ts';
import { systemClock } from '../../lib/shared/clock.ts';
import { createInkSession } from '../../lib/state/ink-model.ts';
import type { Arrival, Still } from '../../lib/state/still-types.ts';
import type { FakeShare } from './fake-share.ts';
import { CHECKOUT, GOOD_QUALITY, NOW, PUMPS } from './fake-people.ts';

/** The same type with every read-only signal made settable. */
type Settable<T> = {
  [K in keyof T]: T[K] extends { readonly value: infer V; peek(): unknown } ? Signal<V> : T[K];
};

/** Subjects that need no fake: the real model over ports that lead nowhere. */
type Real = 'ink';

export type FakeEngine = { [K in Exclude<keyof Engine, Real | 'cobrowseShare'>]: Settable<Engine[K]> } & Pick<
  Engine,
  Real
> & {
    /** Null as on the guest page; see fake-share.ts. */
    cobrowseShare: FakeShare | null;
    /** Verbs in the order they were called, as `call.answer`, with their arguments. */
    readonly verbs: { readonly name: string; readonly args: readonly unknown[] }[];
    /** The arguments of the last call of `name`; undefined when it was never called. */
    lastArgs(name: string): readonly unknown[] | undefined;
  };

/**
 * An engine in memory, signed in as an expert at a desk, with nothing going on. Tests set its signals and read its verbs;
 * the verbs that a person expects to see an effect of have the simplest one.
 */
export function createFakeEngine(): FakeEngine {
  const verbs: { name: string; args: readonly unknown[] }[] = [];
  const verb =
    <A extends readonly unknown[]>(name: string, effect: (...args: A) => void = () => {}) =>
    (...args: A): void => {
      verbs.push({ name, args });
      effect(...args);
    };
  const state = signal<CallState>({ kind: 'idle' });
  const core = {
    ...createFakeDesk(verb, verbs),
    ...createFakeCall(verb, state),
    ...createFakeMedia(verb),
    ...createFakeRest(verb),
    ink: createDisconnectedInk(),
    cobrowse: {
      state: signal<CobrowseState>({ kind: 'off' }),
      tabs: signal<readonly SharedTab[]>([]),
      page: signal<PageState | null>(null),
      pause: signal<PauseReason | null>(null),
      control: signal<ControlState>({ scopes: [], preempted: false, endsAt: null }),
      results: signal<readonly ControlResult[]>([]),
      delayMs: signal<number | null>(null),
      ask: verb('cobrowse.ask'),
      askControl: verb('cobrowse.askControl'),
      releaseControl: verb('cobrowse.releaseControl'),
      follow: verb('cobrowse.follow'),
      resync: verb('cobrowse.resync'),
      attach: verb('cobrowse.attach'),
      heard: verb('cobrowse.heard'),
      perform(at: unknown, what: unknown) {
        verbs.push({ name: 'cobrowse.perform', args: [at, what] });
        return verbs.length;
      },
    },
    cobrowseShare: null as FakeShare | null,
    stills: {
      stills: signal<readonly Still[]>([]),
      arrivals: signal<readonly Arrival[]>([]),
      freeze(surface: string) {
        verbs.push({ name: 'stills.freeze', args: [surface] });
        return 'still-1';
      },
      send: verb('stills.send'),
      discard: verb('stills.discard'),
      async open(id: string) {
        verbs.push({ name: 'stills.open', args: [id] });
        return true;
      },
      closeArrival: verb('stills.closeArrival'),
    },
    verbs,
    lastArgs: (name: string) => verbs.findLast((entry) => entry.name === name)?.args,
  };
  return core;
}

function createDisconnectedInk(): Engine['ink'] {
  let dice = 0;
  return createInkSession({
    self: () => 'person-me',
    colour: () => '#e5484d',
    clock: systemClock,
    random: () => ++dice,
    surfaces: () => [],
    sendLive: () => {},
    commit: () => {},
  }).model;
}

type Verb = <A extends readonly unknown[]>(name: string, effect?: (...args: A) => void) => (...args: A) => void;
type Of<K extends keyof Engine> = { readonly [P in K]: Settable<Engine[P]> };

function createFakeDesk(verb: Verb, verbs: { name: string; args: readonly unknown[] }[]): Of<'desk'> {
  const presence: Settable<Engine['desk']>['presence'] = signal('available');
  const code: Settable<Engine['desk']>['code'] = signal(null);
  const queue: Settable<Engine['desk']>['queue'] = signal(null);
  return {
    desk: {
      identity: signal({
        kind: 'known',
        personId: 'person-me',
        name: 'Ravi Shah',
        role: 'expert',
        deskName: 'Nordlicht Care',
        deskUrl: 'https://desk.example',
      }),
      state: signal({ kind: 'online' }),
      presence,
      directory: signal([]),
      waiting: signal([]),
      scenarios: signal([PUMPS, CHECKOUT]),
      masking: signal([]),
      code,
      queue,
      error: signal(null),
      async test(url) {
        verbs.push({ name: 'desk.test', args: [url] });
        return url.startsWith('https://')
          ? { ok: true, deskName: 'Nordlicht Care' }
          : { ok: false, reason: 'unreachable' };
      },
      async setUrl(url) {
        verbs.push({ name: 'desk.setUrl', args: [url] });
      },
      async enrol(invite, name) {
        verbs.push({ name: 'desk.enrol', args: [invite, name] });
        return invite.includes('used') ? { ok: false, reason: 'used-invite' } : { ok: true };
      },
      async signOut() {
        verbs.push({ name: 'desk.signOut', args: [] });
      },
      setPresence: verb('desk.setPresence', (next: 'available' | 'busy' | 'away' | 'offline') => {
        presence.value = next;
      }),
      createCode: verb('desk.createCode', () => {
        code.value = { code: '123456789', link: 'https://desk.example/j/123456789', expiresAt: NOW + 598_000 };
      }),
      cancelCode: verb('desk.cancelCode', () => {
        code.value = null;
      }),
      callPerson: verb('desk.callPerson'),
      claim: verb('desk.claim'),
      join: verb('desk.join'),
      getHelp: verb('desk.getHelp', () => {
        queue.value = { position: 2 };
      }),
      cancelHelp: verb('desk.cancelHelp', () => {
        queue.value = null;
      }),
    },
  };
}

function createFakeCall(verb: Verb, state: Signal<CallState>): Of<'call'> {
  const idle = () => {
    state.value = { kind: 'idle' };
  };
  const verified = signal(false);
  const end = (reason: 'exited' | 'left') => {
    if (state.value.kind !== 'active') return;
    const { person, startedAt } = state.value;
    state.value = {
      kind: 'ended',
      person,
      reason,
      mine: true,
      durationMs: NOW - startedAt,
      engagementId: 'engagement-9',
    };
  };
  return {
    call: {
      state,
      people: signal([]),
      quality: signal(GOOD_QUALITY),
      verification: signal(['harbour', 'violin', 'amber', 'falcon']),
      verified,
      ownFacts: signal([]),
      answer: verb('call.answer', () => {
        if (state.value.kind !== 'ringing') return;
        const { person, scenario } = state.value;
        state.value = { kind: 'active', person, scenario, startedAt: NOW, reconnectingSince: null, pause: null };
      }),
      decline: verb('call.decline', idle),
      cancel: verb('call.cancel', idle),
      setPaused: verb('call.setPaused', (on: boolean) => {
        if (state.value.kind === 'active')
          state.value = { ...state.value, pause: on ? { by: 'Ravi Shah', mine: true } : null };
      }),
      exit: verb('call.exit', () => end('exited')),
      leave: verb('call.leave', () => end('left')),
      markVerified: verb('call.markVerified', () => {
        verified.value = true;
      }),
      wrapUp: verb('call.wrapUp', idle),
      dismiss: verb('call.dismiss', idle),
    },
  };
}

function createFakeMedia(verb: Verb): Of<'media' | 'share'> {
  const mic: Settable<Engine['media']>['mic'] = signal('on');
  const camera: Settable<Engine['media']>['camera'] = signal('off');
  return {
    media: {
      mic,
      camera,
      selfView: signal(null),
      mirrorSelfView: signal(true),
      torch: signal<boolean | null>(null),
      cameraZoom: signal<{ min: number; max: number; value: number } | null>(null),
      micLevel: signal(0),
      devices: signal({
        microphones: [
          { id: 'mic-1', label: 'Built-in microphone' },
          { id: 'mic-2', label: 'USB headset' },
        ],
        cameras: [{ id: 'camera-1', label: 'FaceTime HD' }],
        speakers: [{ id: 'speaker-1', label: 'Built-in loudspeaker' }],
      }),
      chosen: signal({ mic: 'mic-1', camera: 'camera-1', speaker: 'speaker-1' }),
      setMuted: verb('media.setMuted', (muted: boolean) => {
        mic.value = muted ? 'muted' : 'on';
      }),
      setCamera: verb('media.setCamera', (on: boolean) => {
        camera.value = on ? 'on' : 'off';
      }),
      switchCamera: verb('media.switchCamera'),
      setTorch: verb('media.setTorch'),
      zoomCamera: verb('media.zoomCamera'),
      choose: verb('media.choose'),
      watchLevel: verb('media.watchLevel'),
      playTestSound: verb('media.playTestSound'),
      pushToTalk: verb('media.pushToTalk'),
      offerHost: verb('media.offerHost'),
    },
    share: {
      state: signal({ kind: 'off' }),
      canShareTab: true,
      shareScreen: verb('share.shareScreen'),
      shareTab: verb('share.shareTab'),
      stop: verb('share.stop'),
    },
  };
}

function createFakeRest(verb: Verb): Of<'messages' | 'consent' | 'history' | 'settings' | 'notices'> {
  const incoming: Settable<Engine['consent']>['incoming'] = signal([]);
  const outgoing: Settable<Engine['consent']>['outgoing'] = signal([]);
  const current: Settable<Engine['settings']>['current'] = signal({
    deskUrl: 'https://desk.example',
    name: 'Ravi Shah',
    ring: { sound: true, notification: true, volume: 0.7 },
    hideAddressUntilAnswer: false,
    relayOnly: false,
    language: 'en',
    masking: [],
  });
  const notices: Settable<Engine['notices']>['list'] = signal([]);
  return {
    messages: {
      items: signal([]),
      unread: signal(0),
      send: verb('messages.send'),
      typing: verb('messages.typing'),
      setOpen: verb('messages.setOpen'),
    },
    consent: {
      incoming,
      outgoing,
      ask: verb('consent.ask'),
      withdraw: verb('consent.withdraw', (id: string) => {
        outgoing.value = outgoing.value.filter((ask) => ask.id !== id);
      }),
      answer: verb('consent.answer', (id: string) => {
        incoming.value = incoming.value.filter((ask) => ask.id !== id);
      }),
    },
    history: { entries: signal([]), remove: verb('history.remove') },
    settings: {
      current,
      update: verb('settings.update', (change: Partial<(typeof current)['value']>) => {
        current.value = { ...current.value, ...change };
      }),
    },
    notices: {
      list: notices,
      dismiss: verb('notices.dismiss', (id: string) => {
        notices.value = notices.value.filter((notice) => notice.id !== id);
      }),
    },
  };
}
