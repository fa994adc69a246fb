import { effect } from '@preact/signals';
import type { Hub, Link, MayAnswer } from '../rtc/link.ts';
import { createPeerHub } from '../rtc/peer-hub.ts';
import type { Clock } from '../shared/clock.ts';
import type { Desk } from '../state/desk.ts';

export interface HubParts {
  readonly desk: Desk;
  readonly clock: Clock;
  readonly relayOnly: () => boolean;
  readonly mayAnswer: MayAnswer;
  readonly onLink: (link: Link) => void;
  /** A hub is there, e.g. to resume a session with. */
  readonly onHub: () => void;
  readonly until: AbortSignal;
}

const KEY_KIND: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

/** Keeps one hub for the peer id that the desk gave; another id means another hub. */
export async function createHubOfDesk(parts: HubParts): Promise<() => Hub | null> {
  const { desk, clock } = parts;
  // One certificate for the engine's life: the verification code stays the same over reconnects.
  const certificate = await RTCPeerConnection.generateCertificate(KEY_KIND);
  let hub: Hub | null = null;
  // Sooner than any time-out: the machine woke, or has a network again.
  addEventListener('online', () => desk.client.peek()?.wake(), { signal: parts.until });
  effect(() => {
    const peerId = desk.peerId.value;
    const client = desk.client.value;
    const identity = desk.identity.peek();
    if (!peerId || !client || identity.kind === 'none') return;
    const over = new AbortController();
    const created = createPeerHub({
      deskUrl: identity.deskUrl,
      peerId,
      admit: desk.admit,
      certificate,
      relayOnly: parts.relayOnly,
      mayAnswer: parts.mayAnswer,
      clock,
      until: AbortSignal.any([over.signal, parts.until]),
    });
    created.onLink(parts.onLink);
    hub = created;
    parts.onHub();
    return () => {
      over.abort();
      hub = null;
    };
  });
  return () => hub;
}
