import { signal, type Signal } from '@preact/signals';
import type {
  CobrowseShareModel,
  GivenControl,
  OfferedPage,
  Proposal,
  SharedTabView,
} from '../../lib/state/cobrowse-share-api.ts';
import type { ControlLogEntry } from '../../lib/protocol/cobrowse-port.ts';

/** A page that the customer shows right now. */
export const LIVE_TAB: SharedTabView = {
  tabId: 1,
  title: 'Checkout',
  address: 'https://shop.example/checkout',
  active: true,
  state: { kind: 'live' },
  mode: 'strict',
  mayAssist: true,
  hiddenCount: 0,
  maskedCount: 4,
  isPicking: false,
  barredSites: [],
};

export const OFFERED: OfferedPage = {
  title: 'Checkout',
  address: 'https://shop.example/checkout',
  mode: 'strict',
  mayAssist: true,
};

type Settable<T> = {
  [K in keyof T]: T[K] extends { readonly value: infer V; peek(): unknown } ? Signal<V> : T[K];
};
export type FakeShare = Settable<CobrowseShareModel> & {
  readonly verbs: { readonly name: string; readonly args: readonly unknown[] }[];
};

/** What a customer shows of their pages, in memory: nothing at first, with a page that could be shown. */
export function createFakeShare(): FakeShare {
  const verbs: { name: string; args: readonly unknown[] }[] = [];
  const verb =
    <A extends readonly unknown[]>(name: string, effect: (...args: A) => void = () => {}) =>
    (...args: A): void => {
      verbs.push({ name, args });
      effect(...args);
    };
  const isPaused = signal(false);
  const isTinting = signal(false);
  const control = signal<GivenControl | null>(null);
  return {
    verbs,
    tabs: signal<readonly SharedTabView[]>([]),
    isPaused,
    control,
    proposals: signal<readonly Proposal[]>([]),
    log: signal<readonly ControlLogEntry[]>([]),
    isTinting,
    offered: signal<OfferedPage | null>(OFFERED),
    watchOffered: verb('watchOffered'),
    setOfferMode: verb('setOfferMode'),
    async offerTab() {
      verbs.push({ name: 'offerTab', args: [] });
      return true;
    },
    stopTab: verb('stopTab'),
    stop: verb('stop'),
    setPaused: verb('setPaused', (on: boolean) => {
      isPaused.value = on;
    }),
    resumeTab: verb('resumeTab'),
    answerSite: verb('answerSite'),
    setMode: verb('setMode'),
    pickPart: verb('pickPart'),
    enterSites: verb('enterSites'),
    showHidden: verb('showHidden'),
    setTinting: verb('setTinting', (on: boolean) => {
      isTinting.value = on;
    }),
    answerProposal: verb('answerProposal'),
    stopControl: verb('stopControl', () => {
      control.value = null;
    }),
    watchSent: verb('watchSent'),
    wantSent: verb('wantSent'),
  };
}
