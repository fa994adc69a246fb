/**
 * Words that give away what a field or a page is about, in the languages of the product's first customers. A field's
 * name, id, label and hint are cut into lower-case words first (`toWords`), so `cardNumber`, `card-number` and
 * "Card number" are the same. reference/cobrowse.md §4.2.
 */

/** "cardNumber_2" becomes " card number 2 ": words between single blanks, with one at either end. */
export function toWords(text: string): string {
  const spaced = text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/([\p{L}])(\d)/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${spaced} `;
}

export type SecretWords = 'password' | 'code' | 'payment' | 'identity' | 'token';

/** First match wins. Each pattern is tried on the words above; `pass` must not catch passengers and compasses. */
const PATTERNS: readonly (readonly [SecretWords, RegExp])[] = [
  [
    'password',
    / (?:pass ?words?|passwd|passwort|passphrase|pass ?code|pass|pwd|pw|kennwort|mot de passe|contrase[nñ]a|senha|wachtwoord|has[lł]o|парол\p{L}*|كلمة (?:ال)?(?:مرور|سر)) /u,
  ],
  [
    'code',
    / (?:otp|one ?time|totp|2 ?fa|mfa|tan|sms ?code|pin|puk|nip|(?:verification|verify|security|auth(?:entication)?|confirmation|activation|access|backup|recovery|login) ?(?:code|pin)|(?:sicherheits|bestätigungs|einmal|freigabe|zugangs|aktivierungs) ?(?:code|kennwort|passwort)|رمز) /u,
  ],
  [
    'payment',
    / (?:(?:credit|debit|bank|payment|kredit|giro|zahlungs)? ?(?:card|karten?) ?(?:num(?:ber)?|nummer|no|nr|n|holder|inhaber|name|code|exp(?:iry)?)|cc ?(?:num(?:ber)?|no|name|exp|csc|cvc|cvv|type)?|cvv ?2?|cvc ?2?|csc|pan|kreditkarte\p{L}*|kartennummer|pr[uü]f(?:ziffer|nummer)|iban|bic|swift|(?:account|acct|konto|sort|routing|bank) ?(?:num(?:ber)?|nummer|no|nr|code)|kontonummer|bankleitzahl|blz|num[eé]ro de (?:carte|compte)|expir(?:y|ation)(?: date)?) /u,
  ],
  [
    'identity',
    / (?:ssn|social ?(?:security|insurance)(?: ?(?:num(?:ber)?|no))?|sin ?(?:number|no)|national ?(?:id|insurance|identity)(?: ?(?:num(?:ber)?|no))?|nino|tax(?:payer)?(?: ?(?:id|num(?:ber)?|no|code))?|vat ?id|tin|steuer ?(?:id|nummer|identifikationsnummer)|steuer\p{L}*|sozialversicherung\p{L}*|passports?(?: ?(?:num(?:ber)?|no))?|reisepass\p{L}*|(?:id|identity|ausweis) ?(?:card|karte|number|nummer|no|nr)|personalausweis\p{L}*|driv(?:er|ing) ?s? ?licen[cs]e(?: ?(?:num(?:ber)?|no))?|f[uü]hrerschein\p{L}*|birth ?(?:date|day)|date of birth|dob|geburts(?:datum|tag)|maiden name) /u,
  ],
  [
    'token',
    / (?:token|secret|api ?key|access ?key|private ?key|secret ?key|csrf|xsrf|session ?id|sessionid|credentials?|seed ?phrase|recovery ?phrase|mnemonic|signature|geheim\p{L}*|schlüssel) /u,
  ],
];

/** What a text says it is about, or null. */
export function secretWordsIn(text: string): SecretWords | null {
  if (text === '') return null;
  const words = toWords(text);
  for (const [kind, pattern] of PATTERNS) if (pattern.test(words)) return kind;
  return null;
}
