import type { ProposalKind } from '../protocol/cobrowse-control-messages.ts';
import { toWords } from './masking-words.ts';

/** Words on buttons behind which something can't be taken back. The customer presses these. */
const PATTERNS: readonly (readonly [ProposalKind, RegExp])[] = [
  [
    'pay',
    / (?:pay|pay now|pay securely|buy|buy now|buy it now|purchase|place (?:your |my |the )?order|order now|(?:submit|confirm|complete|finish) (?:your |my |the )?(?:order|purchase|payment|booking)|order and pay|check ?out and pay|subscribe|donate|book now|confirm and pay|start (?:paid )?subscription|zahlen|bezahlen|jetzt (?:zahlen|bezahlen|kaufen|bestellen|buchen)|kaufen|zahlungspflichtig\p{L}*(?: bestellen)?|kostenpflichtig\p{L}*(?: bestellen)?|bestellung (?:abschicken|aufgeben|abschließen)|kauf abschließen|spenden|abonnieren|acheter|payer|commander|comprar|pagar|ادفع|شراء|اشتر\p{L}*) /u,
  ],
  [
    'send',
    / (?:transfer(?: money| funds| now)?|send (?:money|payment|funds)|wire (?:money|transfer)|withdraw(?: money| funds)?|überweisen|geld senden|auszahlen|تحويل) /u,
  ],
  [
    'delete',
    / (?:delete|erase|destroy|close (?:my |your )?account|deactivate (?:my |your )?account|remove (?:my |your )?account|cancel (?:my |your )?(?:subscription|contract|plan|order|booking)|terminate|löschen|konto (?:schließen|auflösen)|kündigen|stornieren|supprimer|eliminar|حذف) /u,
  ],
  [
    'sign',
    / (?:sign (?:now|contract|document|here|and .*)|e ?sign|agree and (?:continue|sign|submit)|accept and (?:sign|submit)|i agree|unterschreiben|unterzeichnen|verbindlich\p{L}* .*) /u,
  ],
];
const AMOUNT = /(?:[€$£¥₹]|(?:USD|EUR|GBP|CHF)\b)\s?\d|\d\s?(?:[€$£¥₹]|(?:USD|EUR|GBP|CHF)\b)/u;

/** What the customer must press themselves, by the words on it; null for everything else. */
export function proposalFor(label: string): ProposalKind | null {
  const words = toWords(label);
  for (const [kind, pattern] of PATTERNS) if (pattern.test(words)) return kind;
  return AMOUNT.test(label) ? 'pay' : null;
}

const DOWNLOADS =
  /\.(?:zip|rar|7z|gz|tgz|bz2|xz|exe|msi|msix|dmg|pkg|deb|rpm|apk|iso|jar|bat|cmd|ps1|sh|docx?|xlsx?|pptx?|csv|ics|vcf|torrent)$/i;

/** What following a link amounts to. */
export type LinkKind = 'here' | 'same-origin' | 'other-origin' | 'download' | 'other-program' | 'script';

export function linkKind(href: string, pageAddress: string, isDownload: boolean): LinkKind {
  let url: URL;
  let page: URL;
  try {
    url = new URL(href, pageAddress);
    page = new URL(pageAddress);
  } catch {
    return 'script';
  }
  if (url.protocol === 'javascript:') return 'script';
  if (!/^https?:$/.test(url.protocol))
    return url.protocol === 'blob:' || url.protocol === 'data:' ? 'download' : 'other-program';
  if (isDownload || DOWNLOADS.test(url.pathname)) return 'download';
  if (url.origin !== page.origin) return 'other-origin';
  return url.pathname === page.pathname && url.search === page.search ? 'here' : 'same-origin';
}
