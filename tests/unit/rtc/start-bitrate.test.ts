import { expect, test } from 'vitest';
import { withStartBitrate } from '../../../lib/rtc/taps.ts';

const sdp = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 98',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:98 VP9/90000',
  'a=fmtp:98 profile-id=0',
  '',
].join('\r\n');

test('every video codec gets a start bitrate; retransmission and sound are left alone', () => {
  const lines = withStartBitrate(sdp).split('\r\n');
  expect(lines).toContain('a=fmtp:96 x-google-start-bitrate=2500');
  expect(lines).toContain('a=fmtp:97 apt=96');
  expect(lines).toContain('a=fmtp:98 profile-id=0;x-google-start-bitrate=2500');
  expect(lines).toContain('a=fmtp:111 minptime=10;useinbandfec=1');
  expect(lines.at(-1)).toBe('');
});
