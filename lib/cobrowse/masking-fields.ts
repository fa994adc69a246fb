import { secretWordsIn, type SecretWords } from './masking-words.ts';

/** What is known of a form field, from its attributes and from around it. Absent attributes are ''. */
export interface FieldFacts {
  /** Lower-case: input, textarea, select or whatever is editable. */
  readonly tag: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly autocomplete: string;
  readonly placeholder: string;
  readonly ariaLabel: string;
  readonly title: string;
  readonly inputMode: string;
  readonly maxLength: string;
  /** The text of its labels. */
  readonly label: string;
  /** It stands in a form with a card number field. */
  readonly isNearCard: boolean;
}

/** Why a field is never shown, whatever anybody allows. */
export type FieldSecret = SecretWords | 'hidden' | 'file' | 'personal';

/**
 * Autofill tokens of what is never shown. Every token of the attribute counts: `section-a billing cc-number` is a card
 * number too.
 */
const SECRET_TOKENS: Readonly<Record<string, FieldSecret>> = {
  'current-password': 'password',
  'new-password': 'password',
  'one-time-code': 'code',
  webauthn: 'password',
  'cc-number': 'payment',
  'cc-csc': 'payment',
  'cc-exp': 'payment',
  'cc-exp-month': 'payment',
  'cc-exp-year': 'payment',
  'cc-name': 'payment',
  'cc-given-name': 'payment',
  'cc-additional-name': 'payment',
  'cc-family-name': 'payment',
  'cc-type': 'payment',
  'transaction-amount': 'payment',
  'transaction-currency': 'payment',
  bday: 'personal',
  'bday-day': 'personal',
  'bday-month': 'personal',
  'bday-year': 'personal',
  sex: 'personal',
};

/** Kinds of `input` whose content is a label or a position, never something a person wrote. */
const BUTTON_TYPES: ReadonlySet<string> = new Set(['submit', 'button', 'reset', 'image']);
export const isButtonType = (type: string): boolean => BUTTON_TYPES.has(type.toLowerCase());
export const isToggleType = (type: string): boolean => /^(?:checkbox|radio)$/i.test(type);

export const autofillTokens = (autocomplete: string): readonly string[] =>
  autocomplete.toLowerCase().split(/\s+/).filter(Boolean);

export const isCardNumberField = (facts: Pick<FieldFacts, 'autocomplete' | 'name' | 'id' | 'label'>): boolean =>
  autofillTokens(facts.autocomplete).includes('cc-number') ||
  [facts.name, facts.id, facts.label].some((text) => secretWordsIn(text) === 'payment');

/** Why this field's content must never leave, or null when the privacy mode decides. */
export function secretOfField(facts: FieldFacts): FieldSecret | null {
  const type = facts.type.toLowerCase().trim();
  if (facts.tag === 'input') {
    if (type === 'password') return 'password';
    if (type === 'hidden') return 'hidden';
    if (type === 'file') return 'file';
    if (isButtonType(type)) return null;
  }
  for (const token of autofillTokens(facts.autocomplete)) {
    const secret = Object.hasOwn(SECRET_TOKENS, token) ? SECRET_TOKENS[token] : undefined;
    if (secret !== undefined) return secret;
  }
  for (const text of [facts.name, facts.id, facts.label, facts.ariaLabel, facts.placeholder, facts.title]) {
    const words = secretWordsIn(text);
    if (words !== null) return words;
  }
  return isShortNumberNearCard(facts) ? 'payment' : null;
}

const isShortNumberNearCard = ({ inputMode, maxLength, type, isNearCard }: FieldFacts): boolean =>
  isNearCard &&
  (/^(?:numeric|decimal)$/i.test(inputMode) || /^(?:number|tel)$/i.test(type)) &&
  /^[34]$/.test(maxLength);
