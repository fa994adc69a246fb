import { describe, expect, test, vi } from 'vitest';
import type { CaptureFailure } from '../../../lib/media/capture.ts';
import { fail, ok, type Result } from '../../../lib/shared/result.ts';
import { createMediaSource } from '../../../lib/state/media-source.ts';
import { FakeTrack } from '../../fakes/fake-media.ts';

/** A source whose browser answers when the test says so. */
function createScene() {
  const openings: ((result: Result<MediaStreamTrack, CaptureFailure>) => void)[] = [];
  const replaced: (string | null)[] = [];
  const source = createMediaSource({
    open: () => new Promise((resolve) => openings.push(resolve)),
    onReplaced: (label) => replaced.push(label),
  });
  return {
    ...{ source, openings, replaced },
    async answer(index: number, result: Result<MediaStreamTrack, CaptureFailure>) {
      openings[index]?.(result);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

async function createOpen() {
  const scene = createScene();
  const track = new FakeTrack('audio', 'Headset');
  scene.source.setWanted(true);
  await scene.answer(0, ok(track));
  return { ...scene, track };
}

describe('a microphone or camera', () => {
  test('is opened once when it is wanted, and stopped when it is not', async () => {
    const { source, openings, answer } = createScene();
    expect(source.state.peek()).toBe('off');
    source.setWanted(true);
    source.setWanted(true);
    expect(source.state.peek()).toBe('starting');
    const track = new FakeTrack('audio');
    await answer(0, ok(track));
    source.setWanted(true);
    expect(openings).toHaveLength(1);
    expect([source.state.peek(), source.track.peek()]).toEqual(['on', track]);
    source.setWanted(false);
    expect([source.state.peek(), source.track.peek(), track.readyState]).toEqual(['off', null, 'ended']);
  });

  test('given while nobody wants it any more is let go at once', async () => {
    const { source, answer } = createScene();
    source.setWanted(true);
    source.setWanted(false);
    const late = new FakeTrack('video');
    await answer(0, ok(late));
    expect([source.state.peek(), source.track.peek(), late.readyState]).toEqual(['off', null, 'ended']);
  });

  test('wanted again while the first question is open takes the last answer only', async () => {
    const { source, answer } = createScene();
    source.setWanted(true);
    source.setWanted(false);
    source.setWanted(true);
    const [first, second] = [new FakeTrack('video'), new FakeTrack('video')];
    await answer(1, ok(second));
    await answer(0, ok(first));
    expect([source.track.peek(), first.readyState, second.readyState]).toEqual([second, 'ended', 'live']);
  });

  test.each(['denied', 'none', 'busy', 'no-host', 'failed'] as const)(
    'that can’t be had says “%s”, and may be tried again',
    async (reason) => {
      const { source, openings, replaced, answer } = createScene();
      source.setWanted(true);
      await answer(0, fail(reason));
      expect([source.state.peek(), source.track.peek()]).toEqual([reason, null]);
      source.setWanted(true);
      expect(openings).toHaveLength(2);
      await answer(1, ok(new FakeTrack('audio')));
      expect(source.state.peek()).toBe('on');
      expect(replaced).toEqual([]);
    },
  );

  test('that was unplugged is replaced, and the new one is named', async () => {
    const { source, track, replaced, answer } = await createOpen();
    track.end();
    expect(source.state.peek()).toBe('starting');
    const other = new FakeTrack('audio', 'Built-in');
    await answer(1, ok(other));
    expect([source.track.peek(), replaced]).toEqual([other, ['Built-in']]);
  });

  test('that was unplugged and has no replacement says so', async () => {
    const { source, track, replaced, answer } = await createOpen();
    track.end();
    await answer(1, fail('none'));
    expect([source.state.peek(), source.track.peek(), replaced]).toEqual(['none', null, [null]]);
  });

  test('opened anew with another choice stops the old one, without calling it lost', async () => {
    const { source, track, replaced, answer } = await createOpen();
    source.reopen();
    expect(track.readyState).toBe('ended');
    // The browser tells of the end of a track that is no longer ours.
    track.end();
    const other = new FakeTrack('audio', 'Other');
    await answer(1, ok(other));
    expect([source.track.peek(), replaced]).toEqual([other, []]);
  });

  test('is not opened anew while nobody wants it', () => {
    const { source, openings } = createScene();
    source.reopen();
    expect(openings).toHaveLength(0);
  });

  test('shows each change to whoever watches', async () => {
    const { source, answer } = createScene();
    const seen = vi.fn<(state: string) => void>();
    source.state.subscribe(seen);
    source.setWanted(true);
    await answer(0, ok(new FakeTrack('audio')));
    source.setWanted(false);
    expect(seen.mock.calls.flat()).toEqual(['off', 'starting', 'on', 'off']);
  });
});
