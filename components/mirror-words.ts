import type { ControlResult } from '../lib/engine/cobrowse-view-api.ts';
import type { ControlVerb, RefusalReason } from '../lib/protocol/cobrowse-control-messages.ts';
import type { PauseReason, UnmirrorableReason } from '../lib/protocol/cobrowse-messages.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';

export const PAUSE_WORDS = {
  customer: ['mirrorPauseCustomer', 'mirrorPauseCustomerHint'],
  'sensitive-page': ['mirrorPauseSensitive', 'mirrorPauseSensitiveHint'],
  'new-origin': ['mirrorAskingTitle', 'mirrorAskingHint'],
  'call-paused': ['mirrorPauseCall', 'mirrorPauseCallHint'],
  'hidden-tab': ['mirrorPauseHidden', 'mirrorPauseHiddenHint'],
  overload: ['mirrorPauseOverload', 'mirrorPauseOverloadHint'],
} as const satisfies Record<PauseReason, readonly [title: MessageKey, hint: MessageKey]>;

export const CANT_WORDS = {
  'browser-page': 'mirrorCantBrowserPage',
  pdf: 'mirrorCantPdf',
  store: 'mirrorCantStore',
  'not-allowed': 'mirrorCantNotAllowed',
  'too-large': 'mirrorCantTooLarge',
  file: 'mirrorCantFile',
  'new-origin': 'mirrorCantNewOrigin',
  error: 'mirrorCantError',
} as const satisfies Record<UnmirrorableReason, MessageKey>;

const REFUSALS = {
  'no-grant': 'mirrorNoNoGrant',
  scope: 'mirrorNoScope',
  paused: 'mirrorNoPaused',
  'busy-customer': 'mirrorNoBusyCustomer',
  'too-fast': 'mirrorNoTooFast',
  'too-late': 'mirrorNoTooLate',
  stale: 'mirrorNoStale',
  'unknown-node': 'mirrorNoUnknownNode',
  'off-screen': 'mirrorNoOffScreen',
  covered: 'mirrorNoCovered',
  disabled: 'mirrorNoDisabled',
  password: 'mirrorNoPassword',
  payment: 'mirrorNoPayment',
  file: 'mirrorNoFile',
  download: 'mirrorNoDownload',
  masked: 'mirrorNoMasked',
  hidden: 'mirrorNoHidden',
  'no-control': 'mirrorNoNoControl',
  'other-origin': 'mirrorNoOtherOrigin',
  'not-editable': 'mirrorNoNotEditable',
  declined: 'mirrorNoDeclined',
  failed: 'mirrorNoFailed',
} as const satisfies Record<RefusalReason, MessageKey>;

const PROPOSALS = {
  waiting: 'mirrorProposed',
  confirmed: 'mirrorProposalYes',
  declined: 'mirrorProposalNo',
  expired: 'mirrorProposalLate',
} as const satisfies Record<NonNullable<ControlResult['proposal']>['state'], MessageKey>;

const DID = {
  click: 'mirrorDidClick',
  edit: 'mirrorDidEdit',
  key: 'mirrorDidKey',
  choose: 'mirrorDidChoose',
  pick: 'mirrorDidChoose',
  go: 'mirrorDidGo',
} as const satisfies Partial<Record<ControlVerb['type'], MessageKey>>;

/** Verbs that come many times a second: what becomes of them is seen, not read. */
const QUIET: ReadonlySet<ControlVerb['type']> = new Set(['point', 'hover', 'scroll']);

export interface ResultLine {
  readonly requestId: number;
  readonly text: string;
  readonly tone: 'done' | 'refused' | 'asked';
  /** Read out: what went as wanted is on screen anyway. */
  readonly isNews: boolean;
}

/** What became of verbs, as sentences, oldest first. The same sentence several times in a row is one line. */
export function resultLines(
  results: readonly ControlResult[],
  verbs: ReadonlyMap<number, ControlVerb['type']>,
  name: string,
  i18n: I18n,
): readonly ResultLine[] {
  const lines: ResultLine[] = [];
  for (const result of results) {
    const verb = verbs.get(result.requestId);
    const line = verb !== undefined && QUIET.has(verb) ? null : resultLine(result, verb, name, i18n);
    if (line === null) continue;
    if (lines.at(-1)?.text === line.text) lines.pop();
    lines.push(line);
  }
  return lines;
}

function resultLine(
  { requestId, outcome, proposal }: ControlResult,
  verb: ControlVerb['type'] | undefined,
  name: string,
  { t, lookUp }: I18n,
): ResultLine {
  const { label } = outcome;
  switch (outcome.kind) {
    case 'refused': {
      const why = lookUp(REFUSALS[outcome.reason], { name }) ?? '';
      return { requestId, tone: 'refused', isNews: true, text: label === '' ? why : `${label}: ${why}` };
    }
    case 'needs-hand':
      return { requestId, tone: 'asked', isNews: true, text: t('mirrorNeedsHand', { name, label }) };
    case 'proposed':
      return {
        requestId,
        tone: proposal?.state === 'declined' || proposal?.state === 'expired' ? 'refused' : 'asked',
        isNews: true,
        text: t(PROPOSALS[proposal?.state ?? 'waiting'], { label, name }),
      };
    case 'done': {
      const key = verb !== undefined && verb in DID ? DID[verb as keyof typeof DID] : 'mirrorDidOther';
      const text = lookUp(key, { label }) ?? label;
      return { requestId, tone: 'done', isNews: verb === 'click' || verb === 'go', text };
    }
  }
}
