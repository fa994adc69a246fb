/** The parts list: builds an engine for the place it lives in. No rule is decided here. */
import { computed, effect, signal } from '@preact/signals';
import { createAudioOut } from '../media/audio-out.ts';
import { canDecode } from '../media/grab-still.ts';
import type { MediaState } from '../protocol/call-messages.ts';
import type { Fact } from '../protocol/desk-messages.ts';
import { systemClock } from '../shared/clock.ts';
import { createCobrowseFrames } from '../state/cobrowse-frames.ts';
import { createCobrowseShareModel } from '../state/cobrowse-share-model.ts';
import { createCobrowseViewModel } from '../state/cobrowse-view-model.ts';
import { createConsentModel } from '../state/consent-model.ts';
import { createDeskModel } from '../state/desk-model.ts';
import { createHistoryModel } from '../state/history-model.ts';
import { createInkOfCall } from '../state/ink-of-call.ts';
import { createMediaModel } from '../state/media-model.ts';
import { createMessagesModel } from '../state/messages-model.ts';
import { createNoticesModel } from '../state/notices-model.ts';
import { createPeopleModel } from '../state/people-model.ts';
import { createQualityModel } from '../state/quality-model.ts';
import { createSettingsModel } from '../state/settings-model.ts';
import { createShareModel } from '../state/share-model.ts';
import { createTabOverlay } from '../state/tab-overlay.ts';
import { createStillModel, type StillSession } from '../state/still-model.ts';
import { createStillShelf } from '../state/still-shelf.ts';
import { openStore } from '../store/store.ts';
import type { CallModel, Engine } from './api.ts';
import { createCall } from './create-call.ts';
import { drawAttention } from './draw-attention.ts';
import { toCallState } from './call-state.ts';
import { connectDesk } from './connect-desk.ts';
import { createPageTexts } from './page-texts.ts';
import { grabOwn, pictureUrls } from './grab-own.ts';
import type { Home } from './home.ts';
import { createHubOfDesk } from './hub-of-desk.ts';
import { keepHistory, stillsOf } from './keep-history.ts';
import { createSessionKeeper } from './session-keeper.ts';
import { whenDeskReachable } from './when-desk-reachable.ts';

/** Somebody looks at an empty page meanwhile; elsewhere it holds who one is, and a slow disk is waited for. */
const STORE_PATIENCE_MS = { page: 1_500, offscreen: 30_000, background: 30_000 } as const;

/** Resolves with a running engine; it stops when `until` aborts. */
export async function createEngine(home: Home, until: AbortSignal): Promise<Engine> {
  const clock = systemClock;
  const fetch = globalThis.fetch.bind(globalThis);
  const store = await openStore(home.databaseName, STORE_PATIENCE_MS[home.kind], home.spareDatabaseName);
  const notices = createNoticesModel();
  const settings = await createSettingsModel(store, home.defaultDeskUrl);
  const shelf = createStillShelf(store);
  const history = await createHistoryModel(store, ({ messages }) => void shelf.remove(stillsOf(messages)));
  const desk = await createDeskModel({ store, settings, clock, fetch, WebSocket, until });
  const keeper = createSessionKeeper(store, clock, until);
  const ownName = () => (desk.identity.peek().kind === 'known' ? desk.credentials.peek()?.name : null) ?? 'Guest';

  const call = createCall({
    hub: () => hub(),
    clock,
    ownName,
    whenDeskReachable: (signal) => whenDeskReachable(settings.current.peek().deskUrl, fetch, clock, signal),
    hideAddressUntilAnswer: () => settings.current.peek().hideAddressUntilAnswer,
    save: keeper.save,
  });
  const audioOut = createAudioOut(document, () =>
    notices.show({
      tone: 'warning',
      key: 'noticeSoundBlocked',
      action: { key: 'noticeSoundBlockedAction', run: () => audioOut.resume() },
    }),
  );
  const volume = () => settings.current.peek().ring.volume;
  const { captureHost, preferRearCamera } = home;
  const media = await createMediaModel({ call, captureHost, store, notices, audioOut, volume, preferRearCamera });
  const messages = createMessagesModel({ call, clock, ownName });
  keeper.watch(messages);
  const consent = createConsentModel(call, clock);
  consent.handle('camera', media.startCamera);

  const share = createShareModel({
    call,
    notices,
    mediaDevices: media.hosts.current,
    clickedTab: home.captureClickedTab,
  });
  consent.handle('screen', share.start);

  const ownFacts = signal<readonly Fact[]>([]);
  void home.collectFacts().then((facts) => (ownFacts.value = facts));
  const ownMedia = computed<MediaState>(() => ({
    mic: media.mic.value === 'on' ? 'on' : media.mic.value === 'muted' ? 'muted' : 'none',
    camera: media.camera.value === 'on' ? 'on' : 'off',
    screen: share.state.value.kind === 'on' ? share.state.value.surface : 'off',
  }));
  const { introduced } = call;
  const ownPerson = () => (desk.identity.value.kind === 'known' ? desk.identity.value : null);
  const ink = createInkOfCall({
    call,
    clock,
    self: () => ownPerson()?.personId ?? '',
    isExpert: () => ownPerson()?.role === 'expert',
    others: () => [introduced.peek()?.person.personId].filter((id) => id !== undefined),
    stills: () => stills.ids(),
    pages: () => [...(cobrowseShare?.tabs.peek() ?? []), ...cobrowse.tabs.peek()].map(({ tabId }) => tabId),
  });
  const stills: StillSession = createStillModel({
    call,
    clock,
    self: () => ownPerson()?.personId ?? '',
    grab: grabOwn({ camera: media.selfView, share: share.state }),
    canDecode,
    urls: pictureUrls,
    ink,
    shelf,
    onShown: ({ stillId, item, at, from }) =>
      messages.add({
        id: item,
        mine: from === null,
        author: from ?? ownName(),
        text: '',
        at,
        delivery: from === null ? 'sending' : 'delivered',
        stillId,
      }),
    onFrozen: (name) => notices.show({ tone: 'info', key: 'noticeFrozen', values: { name } }),
  });
  const words = createPageTexts(settings.current);
  const cobrowseFrames = createCobrowseFrames(call);
  const cobrowseShare =
    home.pages &&
    createCobrowseShareModel({
      call,
      frames: cobrowseFrames,
      consent,
      clock,
      pages: home.pages,
      rules: () => ({ own: settings.current.value.masking, desk: desk.masking.value }),
      words,
      onRefused: () => notices.show({ tone: 'warning', key: 'seenOfferFailed' }),
      until,
    });
  const toMirrored = ({ tabId, browserTabId }: { readonly tabId: number; readonly browserTabId: number }) => ({
    browserTabId,
    surface: `page:${ownPerson()?.personId ?? ''}-${tabId}`,
  });
  const inPage =
    home.overlays &&
    createTabOverlay({
      call,
      clock,
      share,
      mirrored: computed(() => cobrowseShare?.browserTabs.value.map(toMirrored) ?? []),
      shown: ink.model.shown,
      self: () => ownPerson()?.personId ?? '',
      others: () => [introduced.value?.person].filter((person) => person !== undefined),
      pages: home.overlays,
      words,
    });
  const quality = createQualityModel(call, clock);
  const cobrowse = createCobrowseViewModel({
    call,
    frames: cobrowseFrames,
    consent,
    clock,
    roundTripMs: () => quality.peek()?.roundTripMs ?? null,
  });
  const people = createPeopleModel({
    call,
    introduced,
    remoteTyping: messages.remoteTyping,
    audioOut,
    ownMedia,
    ownFacts,
  });

  const hub = await createHubOfDesk({
    desk,
    clock,
    relayOnly: () => settings.current.peek().relayOnly,
    mayAnswer: call.mayAnswer,
    onLink: call.receive,
    onHub: () => void keeper.resume(call, messages),
    until,
  });

  connectDesk(desk, call, notices);
  const forgetStills = (ids: readonly string[]) => void shelf.remove(ids);
  const wrapUp = keepHistory({ call, desk, history, messages, forgetStills });
  const callModel: CallModel = {
    state: computed(() => toCallState(call.phase.value, call.pause.value, desk.identity.value)),
    people,
    quality,
    verification: call.verification,
    verified: call.verified,
    ownFacts,
    answer: call.answer,
    decline: () => call.end('declined', true, { type: 'decline' }),
    cancel: () => call.end('cancelled', true, { type: 'cancel', reason: 'cancelled' }),
    setPaused: call.setPaused,
    exit: () => call.end('exited', true, { type: 'exit' }),
    leave: () => call.end('left', true, { type: 'leave' }),
    markVerified: () => void (call.verified.value = call.verification.peek() !== null),
    wrapUp,
    dismiss: call.dismiss,
  };
  drawAttention({ attention: home.attention, call: callModel, media, settings, share, cobrowseShare });
  effect(() => {
    if (call.phase.value.kind === 'dialling') void home.collectFacts().then((facts) => (ownFacts.value = facts));
  });
  return {
    desk,
    call: callModel,
    messages,
    media,
    share,
    ink: { ...ink.model, inPage: inPage ?? ink.model.inPage },
    stills,
    cobrowse,
    cobrowseShare,
    consent,
    history,
    settings,
    notices,
  };
}
