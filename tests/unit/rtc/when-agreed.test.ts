import { expect, test } from 'vitest';
import { whenAgreed } from '../../../lib/rtc/when-agreed.ts';

/** A connection as the page sees it: it is told later what the browser has applied. */
class FakeConnection extends EventTarget {
  signalingState: RTCSignalingState = 'stable';
  localDescription: RTCSessionDescription | null = null;
  remoteDescription: RTCSessionDescription | null = null;

  hear(state: RTCSignalingState, known: { readonly local?: boolean; readonly remote?: boolean }) {
    const said = { type: 'offer', sdp: 'v=0' } as const;
    const description = { ...said, toJSON: () => said };
    this.signalingState = state;
    if (known.local) this.localDescription = description;
    if (known.remote) this.remoteDescription = description;
    this.dispatchEvent(new Event('signalingstatechange'));
  }
}

test.each([
  ['dialled', 'have-local-offer', 'local', 'remote'],
  ['was dialled', 'have-remote-offer', 'remote', 'local'],
] as const)(
  'the end that %s has agreed when it can read both descriptions, not before',
  async (_, state, first, last) => {
    const connection = new FakeConnection();
    let isAgreed = false;
    const agreed = whenAgreed(connection).then(() => (isAgreed = true));
    connection.hear(state, { [first]: true });
    await Promise.resolve();
    expect(isAgreed).toBe(false);
    connection.hear('stable', { [last]: true });
    await agreed;
  },
);

test('what was agreed before is not waited for', async () => {
  const connection = new FakeConnection();
  connection.hear('stable', { local: true, remote: true });
  await whenAgreed(connection);
});
