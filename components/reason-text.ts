import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';

/** Reasons of the desk and of reaching it, each with a sentence that says what to do. */
const REASONS: Readonly<Record<string, MessageKey>> = {
  'unknown-code': 'reasonUnknownCode',
  'expired-code': 'reasonExpiredCode',
  'used-code': 'reasonUsedCode',
  'too-many-guesses': 'reasonTooManyGuesses',
  'too-many-requests': 'reasonTooManyRequests',
  'unknown-person': 'reasonUnknownPerson',
  unavailable: 'reasonUnavailable',
  busy: 'reasonBusy',
  'unknown-invite': 'reasonUnknownInvite',
  'used-invite': 'reasonUsedInvite',
  unreachable: 'reasonUnreachable',
  'protocol-too-old': 'reasonProtocolTooOld',
  'protocol-too-new': 'reasonProtocolTooNew',
  'bad-ticket': 'reasonBadTicket',
  'not-allowed': 'reasonNotAllowed',
  'unknown-scenario': 'reasonUnknownScenario',
  'unknown-session': 'reasonUnknownSession',
  'already-claimed': 'reasonAlreadyClaimed',
  displaced: 'reasonDisplaced',
  'shutting-down': 'reasonShuttingDown',
  'not-a-desk': 'reasonNotADesk',
  'bad-address': 'reasonBadAddress',
  insecure: 'reasonInsecure',
};

export function reasonText(reason: string, { lookUp, t }: I18n): string {
  const key = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  return (key && lookUp(key, {})) ?? t('reasonOther');
}
