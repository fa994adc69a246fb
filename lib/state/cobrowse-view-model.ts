import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { WireFrame } from '../cobrowse/wire-frame.ts';
import { decodeToExpert, encodePayload, type ToCustomer, type ToExpert } from '../cobrowse/wire-payload.ts';
import type { CobrowseState, CobrowseViewModel, ControlState, MirrorScreen } from '../engine/cobrowse-view-api.ts';
import type { PageState, PauseReason, SharedTab } from '../protocol/cobrowse-messages.ts';
import type { FrameChannel } from '../rtc/frame-channel.ts';
import type { Clock } from '../shared/clock.ts';
import type { CallPort } from './call-port.ts';
import { NO_DELAY, nextDelay, seenAtMs } from './cobrowse-delay.ts';
import { hearBeside } from './cobrowse-beside.ts';
import { createControlResults } from './cobrowse-results.ts';
import { shownTab } from './cobrowse-tabs.ts';
import type { Consent } from './consent-model.ts';

export interface CobrowseViewDeps {
  readonly call: CallPort;
  readonly frames: ReadonlySignal<FrameChannel | null>;
  readonly consent: Pick<Consent, 'ask' | 'outgoing'>;
  readonly clock: Clock;
  /** Round trip of the call's connection. */
  readonly roundTripMs: () => number | null;
}

const NO_CONTROL: ControlState = { scopes: [], preempted: false, endsAt: null };

/** The expert's half of co-browsing. Keeps nothing of the page: frames go to the window that shows it, or nowhere. */
export function createCobrowseViewModel({
  call,
  frames,
  consent,
  clock,
  roundTripMs,
}: CobrowseViewDeps): CobrowseViewModel {
  const tabs = signal<readonly SharedTab[]>([]);
  const pages = signal<ReadonlyMap<number, PageState>>(new Map());
  const pauses = signal<ReadonlyMap<number, PauseReason>>(new Map());
  const control = signal<ControlState>(NO_CONTROL);
  const delayMs = signal<number | null>(null);
  const chosen = signal<number | null>(null);
  const results = createControlResults(clock);
  const screens = new Set<MirrorScreen>();
  let delay = NO_DELAY;
  let requests = 0;

  const tabId = computed(() => shownTab(tabs.value, chosen.value));
  const asked = computed(() => consent.outgoing.value.find(({ kind }) => kind === 'cobrowse')?.state ?? null);
  const state = computed<CobrowseState>(() => {
    if (tabId.value !== null) return { kind: 'live', tabId: tabId.value };
    const answer = asked.value;
    if (answer === 'waiting' || answer === 'granted') return { kind: 'waiting' };
    return answer === null ? { kind: 'off' } : { kind: 'refused', reason: answer };
  });
  const ofShown = <T>(all: ReadonlyMap<number, T>): T | null =>
    tabId.value === null ? null : (all.get(tabId.value) ?? null);

  const send = ({ kind, tabId: tab, frameId, epoch, payload }: Omit<ToCustomer, 'sentAtMs'>) =>
    frames.peek()?.send({ kind, tabId: tab, frameId, epoch }, encodePayload(payload));
  const askForAll = (reason: 'joined' | 'gap' | 'corrupt' | 'asked') =>
    send({ kind: 'resync', tabId: 0, frameId: 0, epoch: 0, payload: { reason, whole: true } });
  const show: MirrorScreen['show'] = (message) => {
    for (const screen of screens) screen.show(message);
  };
  const showTab = (shown: number | null) => {
    if (shown !== null) show({ type: 'show', tabId: shown, kept: tabs.peek().map((tab) => tab.tabId) });
  };

  const onWord = (frame: ToExpert) => {
    switch (frame.kind) {
      case 'tabs':
        tabs.value = frame.payload.tabs;
        return showTab(tabId.peek());
      case 'page':
        if (frame.frameId === 0) pages.value = new Map(pages.peek()).set(frame.tabId, frame.payload);
        return undefined;
      case 'pause': {
        const next = new Map(pauses.peek());
        if (frame.payload.reason === null) next.delete(frame.tabId);
        else next.set(frame.tabId, frame.payload.reason);
        pauses.value = next;
        return undefined;
      }
      case 'controlState': {
        const { scopes, preempted, leftMs } = frame.payload;
        control.value = { scopes, preempted, endsAt: leftMs === 0 ? null : clock.now() + leftMs };
        return undefined;
      }
      case 'outcome':
        return results.note(frame.payload);
      case 'proposal':
        return results.settle(frame.payload);
      default:
        return undefined;
    }
  };

  const onFrame = (frame: WireFrame) => {
    delay = nextDelay(delay, { sentAtMs: frame.sentAtMs, arrivedAtMs: clock.now() });
    const { kind } = frame;
    if (isForPlayer(kind)) {
      // Each screen gets bytes of its own: it may hand them on.
      for (const screen of screens) {
        screen.show({ type: 'stream', frame: { ...frame, kind, payload: frame.payload.slice() } });
      }
    }
    if (kind === 'snapshot' || kind === 'events') return;
    const decoded = decodeToExpert(frame);
    if (decoded.ok) onWord(decoded.value);
  };

  const forget = () => {
    tabs.value = [];
    pages.value = new Map();
    pauses.value = new Map();
    control.value = NO_CONTROL;
    delayMs.value = null;
    chosen.value = null;
    results.clear();
  };

  effect(() => {
    const mine = frames.value;
    delay = NO_DELAY;
    // Control dies with its link; what was shown stays to be looked at until the page comes again.
    control.value = NO_CONTROL;
    mine?.onFrame((frame) => mine === frames.peek() && onFrame(frame));
    mine?.onFailure((reason) => mine === frames.peek() && askForAll(reason === 'gap' ? 'gap' : 'corrupt'));
  });
  effect(() => {
    const link = call.link.value;
    if (link !== null) hearBeside(link, { show, shownTab: () => tabId.peek() });
  });
  effect(() => {
    if (call.phase.value.kind !== 'active') forget();
  });
  call.on('grant.ended', ({ kind }) => {
    if (kind === 'cobrowse') forget();
    if (kind === 'control') control.value = NO_CONTROL;
  });
  effect(() => showTab(tabId.value));

  return {
    state,
    tabs,
    page: computed(() => ofShown(pages.value)),
    pause: computed(() => ofShown(pauses.value)),
    control,
    results: results.list,
    delayMs,
    ask: () => consent.ask('cobrowse'),
    // A list of its own: in Firefox the window takes its objects with it.
    askControl: (scopes, forMs) => consent.ask('control', { scopes: [...scopes], forMs }),
    releaseControl() {
      call.send({ type: 'grant.ended', kind: 'control' });
      control.value = NO_CONTROL;
    },
    follow: (next) => void (chosen.value = next),
    resync: () => askForAll('asked'),
    attach(screen, until) {
      screens.add(screen);
      until.addEventListener('abort', () => screens.delete(screen), { once: true });
      showTab(tabId.peek());
      askForAll('joined');
    },
    heard(message) {
      if (message.type === 'shown') {
        delayMs.value = Math.round((roundTripMs() ?? 0) / 2 + (delay.lastMs ?? 0) + message.tookMs);
      } else if (message.type === 'resync') {
        const { tabId: tab, frameId, reason } = message;
        send({ kind: 'resync', tabId: tab, frameId, epoch: 0, payload: { reason, whole: false } });
      } else send({ kind: 'want', tabId: message.tabId, frameId: 0, epoch: 0, payload: { hashes: message.hashes } });
    },
    perform({ tabId: tab, frameId, epoch }, verb) {
      requests += 1;
      const payload = { requestId: requests, verb, seenAtMs: seenAtMs(delay, clock.now()) };
      send({ kind: 'control', tabId: tab, frameId, epoch, payload });
      return requests;
    },
  };
}

const FOR_PLAYER = ['snapshot', 'events', 'page', 'layers', 'frame', 'cursor', 'hash'] as const;
const isForPlayer = (kind: string): kind is (typeof FOR_PLAYER)[number] => FOR_PLAYER.some((each) => each === kind);
