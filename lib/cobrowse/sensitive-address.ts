import { toWords } from './masking-words.ts';

export type SensitiveKind = 'banking' | 'payment' | 'password' | 'health';

const PATTERNS: readonly (readonly [SensitiveKind, RegExp])[] = [
  [
    'password',
    / (?:(?:change|reset|new|update|forgot(?:ten)?|edit) (?:your |my )?pass ?word|pass ?word (?:change|reset|new|edit)|passwort (?:ändern|vergessen|zurücksetzen)|two ?factor|2 ?fa|mfa) /u,
  ],
  [
    'payment',
    / (?:payment|payments|checkout payment|billing|pay|wallet|zahlung|bezahlen|kasse|add card|payment methods?) /u,
  ],
  [
    'banking',
    / (?:e? ?bank|banking|online ?banking|netbank|bank account|konto|kontostand|überweisung|transfers?|sparkasse|volksbank) /u,
  ],
  ['health', / (?:patients?|medical|health ?records?|diagnos(?:is|es)|prescriptions?|befund|rezepte?) /u],
];

/** What a page is about that its owner would not want seen, by host and path; null when nothing says so. */
export function sensitivityOfAddress(address: string): SensitiveKind | null {
  const words = toWords(address.replace(/^[a-z]+:\/\//, ''));
  for (const [kind, pattern] of PATTERNS) if (pattern.test(words)) return kind;
  return null;
}
