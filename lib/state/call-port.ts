import type { ReadonlySignal } from '@preact/signals';
import type { Phase } from '../call/phase.ts';
import type { PersonCard } from '../protocol/desk-messages.ts';
import type { SessionMessage } from '../protocol/peer-messages.ts';
import type { Link } from '../rtc/link.ts';

export type MessageOf<T extends SessionMessage['type']> = Extract<SessionMessage, { type: T }>;

/** What a subject (messages, media, consent, ink …) may use of the call. */
export interface CallPort {
  readonly phase: ReadonlySignal<Phase>;
  /** The proven link; null while there is none. */
  readonly link: ReadonlySignal<Link | null>;
  /** True while somebody has paused. */
  readonly paused: ReadonlySignal<boolean>;
  /** Numbered and kept until the other side has it, link or no link. Does nothing without a session. */
  send(message: SessionMessage): void;
  /** Messages that the table in lib/call/may-receive.ts lets through. */
  on<T extends SessionMessage['type']>(type: T, run: (message: MessageOf<T>, from: PersonCard) => void): void;
  /** Sent messages that the other side has not confirmed. */
  readonly pending: ReadonlySignal<readonly SessionMessage[]>;
}
