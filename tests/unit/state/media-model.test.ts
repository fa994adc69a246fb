import { beforeEach, expect, test, vi } from 'vitest';
import { createMediaModel } from '../../../lib/state/media-model.ts';
import { createNoticesModel } from '../../../lib/state/notices-model.ts';
import { createMemoryStore } from '../../../lib/store/store.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { FakeMediaDevices, FakeStream, FakeTrack } from '../../fakes/fake-media.ts';

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeStream);
  return () => vi.unstubAllGlobals();
});

async function createScene(open: () => Promise<MediaStream>) {
  const { caller } = await createActiveCall();
  const devices = new FakeMediaDevices();
  devices.getUserMedia = open;
  const notices = createNoticesModel();
  const media = await createMediaModel({
    call: caller.call,
    captureHost: { mediaDevices: devices },
    store: createMemoryStore(),
    notices,
    audioOut: { play: () => {}, setSpeaker: () => {}, resume: () => {} },
    volume: () => 1,
    preferRearCamera: false,
  });
  return { caller, media, notices };
}

test('a camera that was allowed and opens is granted', async () => {
  const { media } = await createScene(async () => new FakeStream([new FakeTrack('video')]));
  expect(await media.startCamera()).toBe(true);
  expect(media.camera.value).toBe('on');
});

test.each(['NotAllowedError', 'NotFoundError', 'NotReadableError'])(
  'one that the browser does not open (%s) is not granted, and is off',
  async (name) => {
    const { media, notices } = await createScene(() => Promise.reject(new DOMException('', name)));
    expect(await media.startCamera()).toBe(false);
    expect(media.camera.value).not.toBe('on');
    expect(notices.list.value.map(({ key }) => key)).toContainEqual(expect.stringMatching(/^noticeCamera/));
  },
);

test('allowed in a pause, it is on after it', async () => {
  const { caller, media } = await createScene(async () => new FakeStream([new FakeTrack('video')]));
  caller.call.setPaused(true);
  expect(await media.startCamera()).toBe(true);
  expect(media.camera.value).toBe('off');
  caller.call.setPaused(false);
  await vi.waitFor(() => expect(media.camera.value).toBe('on'));
});
