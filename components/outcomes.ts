import type { MessageKey } from '../lib/i18n/catalogue.ts';

export type Outcome = 'solved' | 'follow-up' | 'not-solved';

export const OUTCOME_NAMES = {
  solved: 'outcomeSolved',
  'follow-up': 'outcomeFollowUp',
  'not-solved': 'outcomeNotSolved',
} as const satisfies Record<Outcome, MessageKey>;
