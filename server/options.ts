import type { Logger } from 'pino';
import type { BucketRule } from '../lib/desk/token-bucket.ts';
import type { ScenarioCard } from '../lib/protocol/desk-messages.ts';
import type { DeskMaskingRule } from '../lib/protocol/masking-rules.ts';
import type { Clock } from '../lib/shared/clock.ts';

export interface TurnOptions {
  /** e.g. `turn:turn.example:3478?transport=udp`. */
  readonly urls: readonly string[];
  /** coturn's `static-auth-secret`. */
  readonly secret: string;
  /** How long credentials are good. A call that goes on keeps its relay; a new link asks anew. */
  readonly ttlSeconds: number;
}

/** How much one network address or socket may do. */
export interface RateOptions {
  /** New WebSockets, by address. */
  readonly connections: BucketRule;
  /** `/api/guest` and `/api/enrol`, by address. */
  readonly newPeople: BucketRule;
  /** `/api/admit`, by address. */
  readonly admissions: BucketRule;
  /** PeerJS messages, by socket. A call needs 20 to 40 (reference/quality.md §1.7), a mesh of four three times that. */
  readonly signals: BucketRule;
  /** Requests on the desk socket, by socket. */
  readonly requests: BucketRule;
}

export interface DeskOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Where people reach the desk, without a slash at the end; '' for the address that it listens on. */
  readonly publicUrl: string;
  readonly deskName: string;
  /** A file, or `:memory:`. */
  readonly store: string;
  /** Directory with the built guest page. */
  readonly guestDir: string;
  readonly scenarios: readonly ScenarioCard[];
  /** What customers' extensions keep from being seen in co-browsed pages. */
  readonly masking: readonly DeskMaskingRule[];
  /** Web origins besides the desk's own and the extensions' that may talk to the desk. */
  readonly origins: readonly string[];
  /** Ids of the extensions that may; empty for any. */
  readonly extensionIds: readonly string[];
  readonly stunUrls: readonly string[];
  readonly turn: TurnOptions | null;
  /** How many reverse proxies in front add to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** Bearer token for `/metrics`; '' allows it from this machine only. */
  readonly metricsToken: string;
  readonly maxSockets: number;
  readonly rates: RateOptions;
  readonly clock: Clock;
  readonly log: Logger;
}

export const DEFAULT_RATES: RateOptions = {
  // After a restart everybody behind one office's address comes back at once.
  connections: { capacity: 400, perSecond: 20 },
  newPeople: { capacity: 60, perSecond: 1 },
  admissions: { capacity: 400, perSecond: 20 },
  signals: { capacity: 300, perSecond: 50 },
  requests: { capacity: 60, perSecond: 10 },
};
