import * as v from 'valibot';
import { decodeJson } from '../../lib/protocol/decode-desk.ts';
import { MAX_SIGNAL_BYTES } from '../../lib/protocol/limits.ts';
import type { Result } from '../../lib/shared/result.ts';

const PeerId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,64}$/));

/**
 * What a PeerJS client may send. `src` is not read: the server sets it from the socket. Payloads are between the peers,
 * bounded by the size of the frame, and passed on unread. EXPIRE is the server's own word and not a client's.
 */
const Signal = v.variant('type', [
  v.object({ type: v.literal('HEARTBEAT') }),
  v.object({
    type: v.picklist(['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE']),
    dst: PeerId,
    payload: v.optional(v.unknown()),
  }),
]);
export type Signal = v.InferOutput<typeof Signal>;
export type Addressed = Exclude<Signal, { type: 'HEARTBEAT' }>;

/** One text frame from a PeerJS client. Never throws. */
export const decodeSignal = (data: string): Result<Signal, 'bad-message'> => decodeJson(Signal, data, MAX_SIGNAL_BYTES);
