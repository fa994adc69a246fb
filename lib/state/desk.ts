import type { ReadonlySignal } from '@preact/signals';
import type { DeskModel } from '../engine/api.ts';
import type { Admission, Credentials, Introduction } from '../protocol/desk-messages.ts';
import type { DeskClient, DeskPush } from '../rtc/desk-client.ts';
import type { Result } from '../shared/result.ts';

/** The desk tells of a call: somebody rings us, or we are to dial. */
export interface Introduced {
  readonly introduction: Introduction;
  readonly direction: 'incoming' | 'outgoing';
  /** The expert pressed Answer in the waiting list: the call opens by itself. */
  readonly claimed: boolean;
  /** An expert whom the queue found for us: if that one does not answer, we go on waiting. */
  readonly queued: boolean;
}

export interface Desk extends DeskModel {
  readonly credentials: ReadonlySignal<Credentials | null>;
  readonly client: ReadonlySignal<DeskClient | null>;
  /** The id under which PeerJS finds this side, once the desk gave it. */
  readonly peerId: ReadonlySignal<string | null>;
  /** A fresh ticket for PeerJS. The desk may answer with another id; `peerId` then changes, too. */
  admit(): Promise<Result<Admission, string>>;
  onIntroduced(run: (introduced: Introduced) => void): void;
  onGone(run: (gone: Extract<DeskPush, { type: 'gone' }>) => void): void;
  /** Somebody answered: the waiting is over. */
  leaveQueue(): void;
  /** What the call makes of the presence: it goes before what the person chose, until it is null again. */
  setCallPresence(presence: 'on-call' | 'wrap-up' | null): void;
}
