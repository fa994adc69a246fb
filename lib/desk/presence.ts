import type { Presence } from '../protocol/desk-messages.ts';
import { LEASE_MS } from '../protocol/limits.ts';

export interface Attendance {
  /** When the lease was last renewed, epoch ms; null for somebody who was never here. */
  readonly renewedAt: number | null;
  /** What the person, or their engine, last set. */
  readonly status: Presence;
  readonly inCall: boolean;
}

/** How often the desk looks for ended leases; taken off the lease, so that nobody is shown longer than LEASE_MS. */
export const SWEEP_MS = 500;

export const isLeased = (renewedAt: number | null, now: number): boolean =>
  renewedAt !== null && now - renewedAt < LEASE_MS - SWEEP_MS;

/** What others see: no lease means offline, whatever was set; a call that the desk knows of is shown by itself. */
export function shownPresence({ renewedAt, status, inCall }: Attendance, now: number): Presence {
  if (!isLeased(renewedAt, now) || status === 'offline') return 'offline';
  return inCall ? 'on-call' : status;
}

/** May somebody with this presence be rung? */
export function ringVerdict(shown: Presence, ringing: boolean): 'ring' | 'busy' | 'unavailable' {
  if (shown === 'offline' || shown === 'away') return 'unavailable';
  return shown === 'available' && !ringing ? 'ring' : 'busy';
}

/** The status somebody starts with after being away: a call or wrap-up that the desk knows nothing of is over. */
export const statusOnArrival = (last: Presence): Presence =>
  last === 'on-call' || last === 'wrap-up' ? 'available' : last;
