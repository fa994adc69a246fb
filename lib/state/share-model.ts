import { batch, computed, effect, signal } from '@preact/signals';
import type { ShareModel, ShareState } from './share-api.ts';
import { captureScreen, captureTab, type ScreenCapture, type ScreenFailure } from '../media/screen-capture.ts';
import type { Result } from '../shared/result.ts';
import type { CallPort } from './call-port.ts';
import type { Notices } from './notices-model.ts';

export interface ShareParts {
  readonly call: CallPort;
  readonly notices: Notices;
  /** Where the chooser opens. */
  readonly mediaDevices: () => MediaDevices | null;
  /** Chrome: the tab that the icon was pressed on. Null where there is no such thing. */
  readonly clickedTab: (() => Promise<{ readonly streamId: string; readonly tabId: number } | null>) | null;
}

export interface Share extends ShareModel {
  /** Like `shareScreen`, and tells whether something is shared now. */
  start(): Promise<boolean>;
}

/** This side's screen, window or tab in the call. It ends the same way whoever ends it. */
export function createShareModel({ call, notices, mediaDevices, clickedTab }: ShareParts): Share {
  const state = signal<ShareState>({ kind: 'off' });
  const capture = signal<ScreenCapture | null>(null);

  /** Puts what is shared now in the place of what was: nobody sees anything in between. */
  const replace = (next: ScreenCapture | null, nextState: ShareState) => {
    const before = capture.peek();
    batch(() => {
      capture.value = next;
      state.value = nextState;
    });
    before?.picture.stop();
    before?.sound?.stop();
  };
  const stop = () => replace(null, { kind: 'off' });

  const begin = async (open: () => Promise<Result<ScreenCapture, ScreenFailure>>, tabId: number | null) => {
    if (call.phase.peek().kind !== 'active') return false;
    // Asked for before anything else: the browser wants the chooser in the task of the click.
    const opening = open();
    if (state.peek().kind === 'off') state.value = { kind: 'starting' };
    const opened = await opening;
    const stillInCall = call.phase.peek().kind === 'active';
    if (!opened.ok || !stillInCall) {
      if (opened.ok) for (const track of [opened.value.picture, opened.value.sound]) track?.stop();
      if (state.peek().kind === 'starting') state.value = { kind: 'off' };
      // Closing the chooser is an answer, not an error.
      if (!opened.ok && opened.reason !== 'refused') notices.show({ tone: 'warning', key: NOTICES[opened.reason] });
      return false;
    }
    const { picture, sound, surface } = opened.value;
    // Fired by the browser's own stop bar and by the end of the tab or window, never by our stop().
    picture.addEventListener('ended', () => capture.peek()?.picture === picture && stop(), { once: true });
    const stream = new MediaStream([picture]);
    replace(opened.value, { kind: 'on', surface, hasSound: sound !== null, tabId, stream });
    return true;
  };
  const start = () => begin(() => captureScreen(mediaDevices()), null);

  effect(() => {
    if (call.phase.value.kind === 'ended') stop();
  });
  effect(() => {
    const link = call.link.value;
    const isOpen = call.phase.value.kind === 'active' && !call.paused.value;
    void link?.taps.send('screen', isOpen ? (capture.value?.picture ?? null) : null);
    void link?.taps.send('screenSound', isOpen ? (capture.value?.sound ?? null) : null);
  });

  return {
    state: computed(() => state.value),
    canShareTab: clickedTab !== null,
    start,
    shareScreen: () => void start(),
    async shareTab() {
      const tab = await clickedTab?.();
      if (tab) await begin(() => captureTab(tab.streamId), tab.tabId);
      else notices.show({ tone: 'info', key: 'noticeShareTabNotInvoked' });
    },
    stop,
  };
}

const NOTICES = {
  none: 'noticeShareNone',
  'no-host': 'noticeShareNoWindow',
  failed: 'noticeShareFailed',
} as const;
