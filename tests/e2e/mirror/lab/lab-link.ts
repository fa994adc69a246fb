/** A real connection between two pages of the lab, and what may go wrong on it. Descriptions are carried by the test. */
import { createByteChannels } from '../../../../lib/rtc/byte-channels.ts';
import type { StreamChannel } from '../../../../lib/rtc/link.ts';

export interface Faults {
  /** So many messages to come are lost. */
  drop: number;
  /** So many messages to come arrive without their second half. */
  damage: number;
  /** Each message waits up to this long, ms; their order stays. */
  jitterMs: number;
}

export const NO_FAULTS: Faults = { drop: 0, damage: 0, jitterMs: 0 };

export function createLabLink(closed: AbortSignal, faults: Faults = NO_FAULTS) {
  const connection = new RTCPeerConnection();
  const channels = createByteChannels(connection, closed, () => {});
  const whole = async (): Promise<string> => {
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((done) => connection.addEventListener('icegatheringstatechange', done, { once: true }));
    }
    return JSON.stringify(connection.localDescription);
  };
  const read = (description: string) => JSON.parse(description) as RTCSessionDescriptionInit; // as written above
  return {
    connection,
    channels: { ...channels, cobrowse: withFaults(channels.cobrowse, faults) },
    async sentBytes() {
      let total = 0;
      (await connection.getStats()).forEach((report: { type: string; bytesSent?: number }) => {
        if (report.type === 'data-channel') total += report.bytesSent ?? 0;
      });
      return total;
    },
    async offer() {
      await connection.setLocalDescription();
      return whole();
    },
    async answer(offer: string) {
      await connection.setRemoteDescription(read(offer));
      await connection.setLocalDescription();
      return whole();
    },
    async accept(answer: string) {
      await connection.setRemoteDescription(read(answer));
      while (connection.connectionState !== 'connected') {
        await new Promise((done) => connection.addEventListener('connectionstatechange', done, { once: true }));
      }
    },
  };
}

function withFaults(channel: StreamChannel, faults: Faults): StreamChannel {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...channel,
    send(bytes) {
      if (faults.drop > 0) {
        faults.drop -= 1;
        return Promise.resolve();
      }
      if (faults.damage > 0) {
        faults.damage -= 1;
        bytes = bytes.slice(0, Math.ceil(bytes.length / 2));
      }
      if (faults.jitterMs === 0) return channel.send(bytes);
      const due = new Promise((done) => setTimeout(done, Math.random() * faults.jitterMs));
      const next = Promise.all([last, due]).then(() => channel.send(bytes));
      last = next.catch(() => undefined);
      return next;
    },
  };
}
