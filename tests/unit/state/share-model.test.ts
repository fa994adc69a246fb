import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createNoticesModel } from '../../../lib/state/notices-model.ts';
import { createShareModel } from '../../../lib/state/share-model.ts';
import { createActiveCall } from '../../fakes/active-call.ts';
import { type CallPair, createCallPair } from '../../fakes/fake-call.ts';
import { FakeMediaDevices, FakeStream, FakeTrack } from '../../fakes/fake-media.ts';

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeStream);
  return () => vi.unstubAllGlobals();
});

const screen = (displaySurface = 'monitor') => new FakeTrack('video', 'screen', { displaySurface });

function createScene(pair: CallPair) {
  const { caller, callee } = pair;
  const devices = new FakeMediaDevices();
  const notices = createNoticesModel();
  const share = createShareModel({
    call: caller.call,
    notices,
    mediaDevices: () => devices,
    clickedTab: () => Promise.resolve(null),
  });
  return {
    ...{ caller, callee, devices, notices, share },
    /** What the other side gets on a tap. */
    sees: (tap: 'screen' | 'screenSound') => callee.call.link.peek()?.taps.received(tap) ?? null,
    async choose(...tracks: FakeTrack[]) {
      const started = share.start();
      devices.openings.at(-1)?.choose(...tracks);
      return started;
    },
    async refuse(errorName: string) {
      const started = share.start();
      devices.openings.at(-1)?.refuse(errorName);
      return started;
    },
  };
}

const inCall = async () => createScene(await createActiveCall());

describe('sharing a screen', () => {
  test('asks the browser in the same task, and sends what was chosen', async () => {
    const { share, devices, sees } = await inCall();
    const [picture, sound] = [screen(), new FakeTrack('audio')];
    const started = share.start();
    expect([devices.openings.length, share.state.peek().kind]).toEqual([1, 'starting']);
    devices.openings[0]?.choose(picture, sound);
    expect(await started).toBe(true);
    expect(share.state.peek()).toMatchObject({ kind: 'on', surface: 'monitor', hasSound: true, tabId: null });
    expect([sees('screen'), sees('screenSound')]).toEqual([picture, sound]);
  });

  test.each([
    ['browser', 'tab'],
    ['window', 'window'],
    ['monitor', 'monitor'],
    ['', 'unknown'],
  ])('names the surface “%s” as %s', async (displaySurface, surface) => {
    const { share, choose } = await inCall();
    await choose(screen(displaySurface));
    expect(share.state.peek()).toMatchObject({ kind: 'on', surface, hasSound: false });
  });

  test('closing the chooser is an answer and no error', async () => {
    const { share, notices, refuse } = await inCall();
    expect(await refuse('NotAllowedError')).toBe(false);
    expect(share.state.peek()).toEqual({ kind: 'off' });
    expect(notices.list.peek()).toEqual([]);
  });

  test.each([
    ['NotFoundError', 'noticeShareNone'],
    ['NotReadableError', 'noticeShareFailed'],
  ])('%s is told', async (errorName, key) => {
    const { share, notices, refuse } = await inCall();
    expect(await refuse(errorName)).toBe(false);
    expect(share.state.peek()).toEqual({ kind: 'off' });
    expect(notices.list.peek()).toMatchObject([{ key, tone: 'warning' }]);
  });

  test('another surface takes the place of the first, with nothing in between', async () => {
    const { share, choose, sees } = await inCall();
    const [first, second] = [screen(), screen('window')];
    await choose(first);
    const kinds: string[] = [];
    const stop = share.state.subscribe(({ kind }) => kinds.push(kind));
    await choose(second);
    stop();
    expect(new Set(kinds)).toEqual(new Set(['on']));
    expect(share.state.peek()).toMatchObject({ kind: 'on', surface: 'window' });
    expect([sees('screen'), first.readyState]).toEqual([second, 'ended']);
  });

  test('a second chooser that is closed leaves the first surface as it is', async () => {
    const { share, choose, refuse, sees } = await inCall();
    const picture = screen();
    await choose(picture);
    await refuse('NotAllowedError');
    expect(share.state.peek()).toMatchObject({ kind: 'on', surface: 'monitor' });
    expect(sees('screen')).toBe(picture);
  });

  test('ends by our press', async () => {
    const { share, choose, sees } = await inCall();
    const [picture, sound] = [screen(), new FakeTrack('audio')];
    await choose(picture, sound);
    share.stop();
    expect(share.state.peek()).toEqual({ kind: 'off' });
    expect([sees('screen'), sees('screenSound')]).toEqual([null, null]);
    expect([picture.readyState, sound.readyState]).toEqual(['ended', 'ended']);
  });

  test('ends by the browser’s own stop bar, sound and all', async () => {
    const { share, choose, sees } = await inCall();
    const [picture, sound] = [screen(), new FakeTrack('audio')];
    await choose(picture, sound);
    picture.end();
    expect(share.state.peek()).toEqual({ kind: 'off' });
    expect([sees('screen'), sound.readyState]).toEqual([null, 'ended']);
  });

  test('sends nothing during a pause, and goes on after it', async () => {
    const { caller, share, choose, sees } = await inCall();
    const picture = screen();
    await choose(picture);
    caller.call.setPaused(true);
    expect(sees('screen')).toBeNull();
    expect(share.state.peek().kind).toBe('on');
    caller.call.setPaused(false);
    expect(sees('screen')).toBe(picture);
  });

  test('ends with the call', async () => {
    const { caller, share, choose } = await inCall();
    const picture = screen();
    await choose(picture);
    caller.call.end('exited', true, { type: 'exit' });
    expect([share.state.peek().kind, picture.readyState]).toEqual(['off', 'ended']);
  });

  test('what was chosen after the call had ended is let go', async () => {
    const { caller, share, devices } = await inCall();
    const started = share.start();
    caller.call.end('exited', true, { type: 'exit' });
    const [picture, sound] = [screen(), new FakeTrack('audio')];
    devices.openings[0]?.choose(picture, sound);
    expect(await started).toBe(false);
    expect([share.state.peek().kind, picture.readyState, sound.readyState]).toEqual(['off', 'ended', 'ended']);
  });

  test('outside a call nobody is asked', async () => {
    const { share, devices } = createScene(createCallPair());
    expect(await share.start()).toBe(false);
    expect(devices.openings).toHaveLength(0);
  });
});

test('“Share this tab” without a press on the icon says what to do', async () => {
  const { share, notices } = await inCall();
  expect(share.canShareTab).toBe(true);
  share.shareTab();
  await vi.waitFor(() => expect(notices.list.peek()).toMatchObject([{ key: 'noticeShareTabNotInvoked' }]));
  expect(share.state.peek()).toEqual({ kind: 'off' });
});
