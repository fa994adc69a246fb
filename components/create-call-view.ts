import { type ReadonlySignal, signal } from '@preact/signals';
import { FIT, type PictureZoom } from '../lib/annotation/picture-zoom.ts';

export const CORNERS = ['top-start', 'top-end', 'bottom-start', 'bottom-end'] as const;
export type Corner = (typeof CORNERS)[number];

export type CallDialog = 'none' | 'verify' | 'devices' | 'shortcuts' | 'facts';

/** What one page shows of a call and the call itself knows nothing of. It lives as long as the page. */
export interface CallView {
  readonly messagesOpen: ReadonlySignal<boolean>;
  readonly infoOpen: ReadonlySignal<boolean>;
  readonly numbersOpen: ReadonlySignal<boolean>;
  readonly dialog: ReadonlySignal<CallDialog>;
  readonly selfViewCorner: ReadonlySignal<Corner>;
  readonly selfViewHidden: ReadonlySignal<boolean>;
  /** The picture that was pressed to be the large one; null until then. */
  readonly chosenPicture: ReadonlySignal<string | null>;
  /** How near the large picture is looked at. Each picture begins whole. */
  readonly zoom: ReadonlySignal<PictureZoom>;
  /** What stands in the message field. */
  readonly draft: ReadonlySignal<string>;
  /** Single keys act during a call. A person who talks to the computer may want them off. */
  readonly shortcutsOn: ReadonlySignal<boolean>;
  /** Space is held to talk while muted. */
  readonly talking: ReadonlySignal<boolean>;
  setMessagesOpen(open: boolean): void;
  setInfoOpen(open: boolean): void;
  setNumbersOpen(open: boolean): void;
  setDialog(dialog: CallDialog): void;
  setSelfViewCorner(corner: Corner): void;
  setSelfViewHidden(hidden: boolean): void;
  choosePicture(id: string): void;
  setZoom(zoom: PictureZoom): void;
  setDraft(text: string): void;
  setShortcutsOn(on: boolean): void;
  setTalking(on: boolean): void;
  /** A call has ended: the next one starts with a clean view. */
  reset(): void;
}

/** Where small choices outlive the page; a page without storage forgets them. */
export interface ChoiceStore {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

export function createCallView(store: ChoiceStore): CallView {
  const messagesOpen = signal(false);
  const infoOpen = signal(store.read('info') === 'open');
  const numbersOpen = signal(false);
  const dialog = signal<CallDialog>('none');
  const selfViewCorner = signal<Corner>(CORNERS.find((corner) => corner === store.read('corner')) ?? 'bottom-end');
  const selfViewHidden = signal(false);
  const chosenPicture = signal<string | null>(null);
  const zoom = signal<PictureZoom>(FIT);
  const draft = signal('');
  const talking = signal(false);
  const shortcutsOn = signal(store.read('shortcuts') !== 'off');

  return {
    messagesOpen,
    infoOpen,
    numbersOpen,
    dialog,
    selfViewCorner,
    selfViewHidden,
    chosenPicture,
    zoom,
    draft,
    shortcutsOn,
    talking,
    setMessagesOpen: (open) => void (messagesOpen.value = open),
    setInfoOpen(open) {
      infoOpen.value = open;
      store.write('info', open ? 'open' : 'closed');
    },
    setNumbersOpen: (open) => void (numbersOpen.value = open),
    setDialog: (next) => void (dialog.value = next),
    setSelfViewCorner(corner) {
      selfViewCorner.value = corner;
      store.write('corner', corner);
    },
    setSelfViewHidden: (hidden) => void (selfViewHidden.value = hidden),
    choosePicture: (id) => void (chosenPicture.value = id),
    setZoom: (next) => void (zoom.value = next),
    setDraft: (text) => void (draft.value = text),
    setShortcutsOn(on) {
      shortcutsOn.value = on;
      store.write('shortcuts', on ? 'on' : 'off');
    },
    setTalking: (on) => void (talking.value = on),
    reset() {
      messagesOpen.value = false;
      numbersOpen.value = false;
      dialog.value = 'none';
      selfViewHidden.value = false;
      chosenPicture.value = null;
      zoom.value = FIT;
      draft.value = '';
    },
  };
}
