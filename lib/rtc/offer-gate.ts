import type { MayAnswer } from './link.ts';

/** What PeerJS's socket is to us: an emitter whose one `message` listener feeds the Peer. */
interface SignallingSocket {
  listeners(event: 'message'): unknown[];
  removeAllListeners(event: 'message'): unknown;
  on(event: 'message', run: (message: unknown) => void): unknown;
}

interface SignallingMessage {
  readonly type: string;
  readonly src?: string;
}

/** What may wait of one peer: an offer and its candidates. */
const MAX_HELD = 64;
/** How many peers may wait at once: more than ever ring, fewer than fill memory. */
const MAX_PEERS = 16;

export interface OfferGate {
  guard(socket: SignallingSocket): void;
  reconsider(): void;
  /** Told when what was sent to a peer is lost: the desk can't reach it, or it says so itself. Returns a function that stops it. */
  onMissed(run: (peerId: string) => void): () => void;
}

/**
 * Stands between PeerJS's socket and its Peer. PeerJS answers any offer at once, and with it gives away this side's
 * addresses; here an offer waits until its sender was introduced and the person's settings allow an answer. LEAVE is
 * kept back: PeerJS would close links that are well. Between us it means "my signalling is new, what you sent is lost".
 */
export function createOfferGate(mayAnswer: MayAnswer): OfferGate {
  const held = new Map<string, { message: SignallingMessage; deliver: (message: unknown) => void }[]>();
  const missedListeners = new Set<(peerId: string) => void>();

  const pass = (message: SignallingMessage, deliver: (message: unknown) => void) => {
    const from = message.src;
    if (from === undefined || message.type === 'ANSWER') return deliver(message);
    // A second offer means that the first was given up.
    if (message.type === 'OFFER') held.delete(from);
    const waiting = held.get(from);
    if (message.type !== 'OFFER' && !waiting) return deliver(message);
    const verdict = mayAnswer(from);
    if (verdict === 'yes') return deliver(message);
    const hasRoom = waiting ? waiting.length < MAX_HELD : held.size < MAX_PEERS;
    if (verdict === 'hold' && hasRoom) {
      held.set(from, [...(waiting ?? []), { message, deliver }]);
    }
  };

  return {
    guard(socket) {
      const [original] = socket.listeners('message');
      if (typeof original !== 'function') throw new Error('PeerJS changed: its socket has no message listener.');
      const deliver = (message: unknown) => void original(message);
      socket.removeAllListeners('message');
      socket.on('message', (message) => {
        if (!isSignalling(message)) return;
        if (message.type === 'LEAVE' || message.type === 'EXPIRE') {
          for (const run of missedListeners) run(message.src ?? '');
          return;
        }
        pass(message, deliver);
      });
    },
    reconsider() {
      for (const [peerId, messages] of [...held]) {
        const verdict = mayAnswer(peerId);
        if (verdict === 'hold') continue;
        held.delete(peerId);
        if (verdict === 'yes') for (const { message, deliver } of messages) deliver(message);
      }
    },
    onMissed(run) {
      missedListeners.add(run);
      return () => missedListeners.delete(run);
    },
  };
}

const isSignalling = (message: unknown): message is SignallingMessage =>
  typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string';
