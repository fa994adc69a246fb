import { deflateSync } from 'fflate';
import { splitFrame } from './wire-chunks.ts';
import { type FrameHead, packHeader, type Packing } from './wire-frame.ts';
import { createWireHistory } from './wire-history.ts';

/** Below this DEFLATE saves nothing. */
const PLAIN_BELOW_BYTES = 16;

export interface WireEncoder {
  /**
   * One frame as the channel messages to send, in order. `raw` is the payload; `closed` is the same payload as a DEFLATE
   * stream without a dictionary (CompressionStream 'deflate-raw'), for snapshots that were packed elsewhere.
   */
  encode(head: FrameHead, raw: Uint8Array, closed?: Uint8Array): Uint8Array<ArrayBuffer>[];
  /** Forgets the shared history: the other side has lost it. The next frame begins it anew. */
  restart(): void;
}

/** The sending end of one direction of one link. All frames must be sent, in the order in which they were encoded. */
export function createWireEncoder(): WireEncoder {
  let seq = 0;
  let history = createWireHistory();
  let isFresh = true;

  const pack = (raw: Uint8Array, closed?: Uint8Array): readonly [Packing, Uint8Array] => {
    if (closed !== undefined) return [isFresh ? 'closed-start' : 'closed', closed];
    if (isFresh) return ['closed-start', deflateSync(raw)];
    if (raw.length < PLAIN_BELOW_BYTES) return ['plain', raw];
    return ['shared', deflateSync(raw, { dictionary: history.dictionary(), mem: 4 })];
  };

  return {
    encode(head, raw, closed) {
      seq += 1;
      const [packing, body] = pack(raw, closed);
      isFresh = false;
      history.add(raw);
      return splitFrame(packHeader({ ...head, seq, packing, rawLength: raw.length }, raw), body);
    },
    restart() {
      history = createWireHistory();
      isFresh = true;
    },
  };
}
