import { fail, ok, type Result } from '../shared/result.ts';
import { createChunkJoiner } from './wire-chunks.ts';
import {
  checksum,
  HEADER_BYTES,
  type HeaderFailure,
  type PackedHeader,
  unpackHeader,
  type WireFrame,
} from './wire-frame.ts';
import { createWireHistory, type WireHistory } from './wire-history.ts';
import { inflateBounded } from './wire-inflate.ts';

/**
 * `gap`: frames are missing before this one; `replayed`: this one came before; `out-of-step`: it continues a history
 * that was lost. After each of these, and after `corrupt` and `bomb`, ask for a `resync` with `whole`.
 */
export type WireFailure = HeaderFailure | 'gap' | 'replayed' | 'out-of-step';

export interface WireDecoder {
  /** Takes the next channel message: a frame when it completed one, null before that. Never throws. */
  push(chunk: Uint8Array): Result<WireFrame | null, WireFailure>;
}

const NO_DICTIONARY = new Uint8Array(0);

/** The receiving end of one direction of one link. A failed frame is lost; later ones decode again after a restart. */
export function createWireDecoder(): WireDecoder {
  const joiner = createChunkJoiner();
  let expected = 1;
  let history: WireHistory | null = null;

  const inflate = (header: PackedHeader, body: Uint8Array): Result<Uint8Array, WireFailure> => {
    if (header.packing === 'closed-start') history = createWireHistory();
    if (history === null) return fail('out-of-step');
    if (header.packing === 'plain') return body.length === header.rawLength ? ok(body) : fail('corrupt', 'length');
    return inflateBounded(body, header.rawLength, header.packing === 'shared' ? history.dictionary() : NO_DICTIONARY);
  };

  const decode = (bytes: Uint8Array): Result<WireFrame, WireFailure> => {
    const header = unpackHeader(bytes);
    if (!header.ok) return header;
    const { kind, epoch, tabId, frameId, sentAtMs, seq, packing } = header.value;
    if (seq < expected) return fail('replayed', `frame ${seq} again`);
    const missing = seq - expected;
    expected = seq + 1;
    // A sender begins its history anew only before it sends everything again, so nothing is missed there.
    if (missing > 0 && packing !== 'closed-start') return fail('gap', `${missing} frames`);
    const payload = inflate(header.value, bytes.subarray(HEADER_BYTES));
    if (!payload.ok) return payload;
    if (checksum(bytes, payload.value) !== header.value.checksum) return fail('corrupt', 'checksum');
    history?.add(payload.value);
    return ok({ kind, epoch, tabId, frameId, sentAtMs, seq, payload: payload.value });
  };

  const lose = <F extends { readonly ok: false; readonly reason: WireFailure }>(failure: F): F => {
    if (failure.reason !== 'replayed') history = null;
    return failure;
  };

  return {
    push(chunk) {
      const joined = joiner.push(chunk);
      if (!joined.ok) return lose(joined);
      if (joined.value === null) return ok(null);
      const frame = decode(joined.value);
      return frame.ok ? frame : lose(frame);
    },
  };
}
