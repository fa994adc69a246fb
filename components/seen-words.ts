import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { ProposalKind } from '../lib/protocol/cobrowse-control-messages.ts';
import type { PauseReason, UnmirrorableReason } from '../lib/protocol/cobrowse-messages.ts';
import type { ControlLogEntry } from '../lib/protocol/cobrowse-port.ts';
import type { GivenControl, SharedTabView } from '../lib/state/cobrowse-share-api.ts';

const PAUSES = {
  customer: 'seenPausedByYou',
  'sensitive-page': 'seenPausedSensitive',
  'new-origin': 'seenPausedSite',
  'call-paused': 'seenPausedCall',
  'hidden-tab': 'seenPausedTab',
  overload: 'seenPausedLoad',
} as const satisfies Record<PauseReason, MessageKey>;

const HINDRANCES = {
  'browser-page': 'seenCantBrowser',
  pdf: 'seenCantPdf',
  store: 'seenCantStore',
  'not-allowed': 'seenCantAllowed',
  'too-large': 'seenCantLarge',
  file: 'seenCantFile',
  'new-origin': 'seenStateAsking',
  error: 'seenCantOther',
} as const satisfies Record<UnmirrorableReason, MessageKey>;

export const PROPOSALS = {
  pay: 'seenKindPay',
  delete: 'seenKindDelete',
  send: 'seenKindSend',
  sign: 'seenKindSign',
  'other-origin': 'seenKindSite',
  upload: 'seenKindUpload',
  'new-window': 'seenKindWindow',
} as const satisfies Record<ProposalKind, MessageKey>;

const LOG = {
  clicked: 'seenLogClicked',
  'double-clicked': 'seenLogDoubled',
  hovered: 'seenLogHovered',
  typed: 'seenLogTyped',
  deleted: 'seenLogDeleted',
  key: 'seenLogKey',
  chose: 'seenLogChose',
  picked: 'seenLogPicked',
  scrolled: 'seenLogScrolled',
  navigated: 'seenLogNavigated',
  refused: 'seenLogRefused',
  proposed: 'seenLogProposed',
  confirmed: 'seenLogConfirmed',
  declined: 'seenLogDeclined',
  pointed: 'seenLogPointed',
} as const satisfies Record<ControlLogEntry['what'], MessageKey>;

/** How a shared tab is, in words. */
export function tabStateWords({ state }: SharedTabView, { t }: I18n): string {
  switch (state.kind) {
    case 'live':
      return t('seenStateLive');
    case 'loading':
      return t('seenStateLoading');
    case 'asking':
      return t('seenStateAsking');
    case 'paused':
      return t(PAUSES[state.reason]);
    case 'unmirrorable':
      return t(HINDRANCES[state.reason]);
  }
}

/** What a tab is called: its title, its address until it has one, or what it is. */
export const tabName = ({ title, address }: SharedTabView, { t }: I18n): string =>
  title || address.replace(/^https?:\/\//, '') || t('seenThisPage');

export interface SeenAbout {
  readonly name: string;
  readonly tabs: readonly SharedTabView[];
  readonly isPaused: boolean;
  readonly control: GivenControl | null;
}

/** The one line that says who sees what now. */
export function seenNow({ name, tabs, isPaused, control }: SeenAbout, i18n: I18n): string {
  const { t, plural } = i18n;
  const shown = tabs.filter(({ state }) => state.kind === 'live' || state.kind === 'loading');
  const [only] = shown;
  if (isPaused || only === undefined) return t('seenNothingNew', { name });
  if (control !== null) return t('seenControlledNow', { name });
  return shown.length === 1
    ? t('seenNow', { name, title: tabName(only, i18n) })
    : plural('seenNowPages', shown.length, { name });
}

export const logWords = ({ what, label }: ControlLogEntry, { t }: I18n): string =>
  t(LOG[what], { label: label || t('seenLogPage') });
