import { HIGH_WATER_BYTES, LOW_WATER_BYTES } from '../protocol/limits.ts';
import { type BulkPace, createBulkPace } from './bulk-pace.ts';
import { createEarlyBytes } from './early-bytes.ts';
import type { LossyChannel, StreamChannel } from './link.ts';

/** Both ends create these with fixed ids, so that no end has to wait for an announcement. PeerJS's own channel gets 0 or 1. */
const CHANNEL_IDS = { pointer: 101, cobrowse: 102, bulk: 103 } as const;

/** Above this a lossy channel drops: at pointer rates it is about 100 ms of traffic (reference/quality.md §1.3). */
const POINTER_DROP_BYTES = 8_192;

const MARK = 'mark';
const ECHO = 'echo';

export interface ByteChannels {
  readonly pointer: LossyChannel;
  readonly cobrowse: StreamChannel;
  readonly bulk: StreamChannel;
}

export function createByteChannels(
  connection: RTCPeerConnection,
  closed: AbortSignal,
  heard: () => void,
): ByteChannels {
  const open = (label: keyof typeof CHANNEL_IDS, options: RTCDataChannelInit) => {
    const channel = connection.createDataChannel(label, { ...options, negotiated: true, id: CHANNEL_IDS[label] });
    channel.binaryType = 'arraybuffer';
    return channel;
  };
  return {
    pointer: toLossyChannel(open('pointer', { ordered: false, maxRetransmits: 0 }), heard),
    cobrowse: toStreamChannel(open('cobrowse', { ordered: true }), closed, heard),
    bulk: toGentleChannel(open('bulk', { ordered: true }), closed, heard),
  };
}

function toLossyChannel(channel: RTCDataChannel, heard: () => void): LossyChannel {
  return {
    send(bytes) {
      if (channel.readyState !== 'open' || channel.bufferedAmount > POINTER_DROP_BYTES) return false;
      channel.send(bytes);
      return true;
    },
    onBytes: (run) => listen(channel, heard, run),
  };
}

/** One that takes no more of the path than leaves a voice alone. Its marks are text: all else that it carries is bytes. */
function toGentleChannel(channel: RTCDataChannel, closed: AbortSignal, heard: () => void): StreamChannel {
  const say = (text: typeof MARK | typeof ECHO) => {
    if (channel.readyState === 'open') channel.send(text);
  };
  const pace = createBulkPace(() => say(MARK), closed);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === MARK) say(ECHO);
    else if (data === ECHO) pace.echoed();
  });
  return toStreamChannel(channel, closed, heard, pace);
}

function toStreamChannel(
  channel: RTCDataChannel,
  closed: AbortSignal,
  heard: () => void,
  pace?: BulkPace,
): StreamChannel {
  channel.bufferedAmountLowThreshold = LOW_WATER_BYTES;
  const early = createEarlyBytes();
  listen(channel, heard, early.put);
  let last: Promise<void> = Promise.resolve();
  const sendNow = async (bytes: Uint8Array<ArrayBuffer>) => {
    if (channel.readyState === 'connecting') await once(channel, 'open', closed);
    await pace?.room();
    if (channel.bufferedAmount > HIGH_WATER_BYTES) await once(channel, 'bufferedamountlow', closed);
    channel.send(bytes);
    pace?.left(bytes.length);
  };
  return {
    send(bytes) {
      const next = last.then(() => sendNow(bytes));
      last = next.catch(() => undefined);
      return next;
    },
    onBytes: early.onBytes,
    bufferedBytes: () => channel.bufferedAmount,
  };
}

function listen(channel: RTCDataChannel, heard: () => void, run: (bytes: Uint8Array<ArrayBuffer>) => void): void {
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    heard();
    if (data instanceof ArrayBuffer) run(new Uint8Array(data));
  });
}

/** Resolves at the next `event`; rejects when the channel or the link closes first. */
function once(channel: RTCDataChannel, event: 'open' | 'bufferedamountlow', closed: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (run: () => void) => () => {
      channel.removeEventListener(event, onEvent);
      channel.removeEventListener('close', onEnd);
      closed.removeEventListener('abort', onEnd);
      run();
    };
    const onEvent = settle(resolve);
    const onEnd = settle(() => reject(new Error('The link closed.')));
    if (closed.aborted || channel.readyState === 'closed') return reject(new Error('The link closed.'));
    channel.addEventListener(event, onEvent);
    channel.addEventListener('close', onEnd);
    closed.addEventListener('abort', onEnd);
  });
}
