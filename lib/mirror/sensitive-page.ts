import { safeAddress } from '../cobrowse/masking-address.ts';
import { sensitivityOfAddress } from '../cobrowse/sensitive-address.ts';
import type { SensitiveReason } from '../protocol/cobrowse-port.ts';

/** Why this page should pause by itself, by its address or by what it asks for; null when there is no reason. */
export function sensitivityOf(document: Document): SensitiveReason | null {
  const byAddress = sensitivityOfAddress(safeAddress(document.location.href));
  if (byAddress !== null) return byAddress;
  const has = (selector: string) => document.querySelector(selector) !== null;
  if (has('input[autocomplete~="new-password" i]') && document.querySelectorAll('input[type=password]').length > 1) {
    return 'password';
  }
  return has('input[autocomplete~="cc-number" i]') && has('input[autocomplete~="cc-csc" i]') ? 'payment' : null;
}
