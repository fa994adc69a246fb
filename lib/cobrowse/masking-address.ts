import { holdsSecretNumber, looksGenerated } from './masking-text.ts';

const HIDDEN_PART = '~';

/**
 * An address as it may be shown: origin and path, no user, query or hash, and path segments that look generated,
 * number people or hold an e-mail address replaced. What is no web address is told by its scheme alone. '' when it is none.
 */
export function safeAddress(address: string, base?: string): string {
  if (address.trim() === '') return '';
  let url: URL;
  try {
    url = new URL(address.trim(), base);
  } catch {
    return '';
  }
  if (!/^(?:https?|file|chrome|moz-extension|chrome-extension|about):$/.test(url.protocol)) return '';
  if (!/^https?:$/.test(url.protocol)) return `${url.protocol}${url.protocol === 'about:' ? url.pathname : '//'}`;
  return url.origin + url.pathname.split('/').map(safeSegment).join('/');
}

/** Origin of a web address, '' for everything else. */
export function originOf(address: string): string {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) ? url.origin : '';
  } catch {
    return '';
  }
}

function safeSegment(segment: string): string {
  let text = segment;
  try {
    text = decodeURIComponent(segment);
  } catch {
    // Not UTF-8: judged as it stands.
  }
  const isSecret =
    text.includes('@') || holdsSecretNumber(text) || text.split(/[.;,=:]/).some((part) => looksGenerated(part));
  return isSecret ? HIDDEN_PART : (segment.split(/[;=]/, 1)[0] ?? '');
}
