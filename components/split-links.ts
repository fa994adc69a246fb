import { tokenize } from 'linkifyjs';
import { parseUrl } from './parse-url.ts';

export interface TextPart {
  readonly text: string;
  /** Set for a link that is safe to offer. */
  readonly href?: string;
}

/**
 * Cuts a message into text and links. Only http and https become links, and only where the text is the address: what a
 * person reads is where a press leads.
 */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: { text: string; href?: string }[] = [];
  for (const token of tokenize(text)) {
    const href = token.isLink && token.t === 'url' ? toSafeHref(token.toHref('https')) : null;
    if (href) parts.push({ text: token.v, href });
    else if (parts.length > 0 && parts.at(-1)?.href === undefined)
      parts[parts.length - 1] = { text: (parts.at(-1)?.text ?? '') + token.v };
    else parts.push({ text: token.v });
  }
  return parts;
}

function toSafeHref(href: string): string | null {
  const url = parseUrl(href);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  // "https://bank.example@evil.example" reads like the one and leads to the other.
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}
