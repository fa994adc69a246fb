import { parseUrl } from './parse-url.ts';
import { fail, ok, type Result } from '../lib/shared/result.ts';

const isLocal = (hostname: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/**
 * What a person types as a desk's address, as an origin: "desk.example.com" is meant with https, "localhost:9000" without.
 * Only this very machine may be reached without TLS.
 */
export function toDeskUrl(text: string): Result<string, 'bad-address' | 'insecure'> {
  const typed = text.trim();
  const host = typed.split(/[/:]/)[0] ?? '';
  const full = /^https?:\/\//i.test(typed) ? typed : `${isLocal(host) ? 'http' : 'https'}://${typed}`;
  const url = parseUrl(full);
  if (
    !url ||
    url.hostname === '' ||
    !(url.hostname.includes('.') || isLocal(url.hostname) || url.hostname.includes(':'))
  ) {
    return fail('bad-address');
  }
  return url.protocol === 'http:' && !isLocal(url.hostname) ? fail('insecure') : ok(url.origin);
}
