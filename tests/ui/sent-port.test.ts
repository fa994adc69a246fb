import { describe, expect, it, vi } from 'vitest';
import { connectSent } from '../../components/sent-port.ts';
import type { SentScreen } from '../../lib/state/cobrowse-share-api.ts';
import { createFakeShare } from '../fakes/fake-share.ts';

const PAGE = {
  title: 'Shop',
  address: 'https://shop.example/',
  visible: true,
  loading: false,
  unmirrorable: null,
  width: 1000,
  height: 600,
  scrollX: 0,
  scrollY: 0,
  devicePixelRatio: 1,
  zoom: { scale: 1, x: 0, y: 0 },
  mode: 'strict',
  focusId: null,
};

function createScene() {
  const share = createFakeShare();
  const frame = document.createElement('iframe');
  const handed: MessagePort[] = [];
  const contentWindow = { postMessage: (_: string, __: string, [port]: MessagePort[]) => port && handed.push(port) };
  Object.defineProperty(frame, 'contentWindow', { value: contentWindow });
  const onSize = vi.fn<(size: object) => void>();
  const gone = new AbortController();
  const port = connectSent({ frame, share, onSize, signal: gone.signal });
  frame.dispatchEvent(new Event('load'));
  const [player] = handed;
  if (player === undefined) throw new Error('No port was handed over');
  const told: { type: string }[] = [];
  player.addEventListener('message', ({ data }) => told.push(data as { type: string })); // our own messages
  player.start();
  const screen = () => share.verbs.find(({ name }) => name === 'watchSent')?.args[0] as SentScreen; // its first argument
  return { share, port, player, told, onSize, gone, screen };
}

const page = (tabId: number, width: number) => ({
  type: 'stream' as const,
  frame: {
    kind: 'page' as const,
    seq: 1,
    epoch: 1,
    tabId,
    frameId: 0,
    sentAtMs: 0,
    payload: new TextEncoder().encode(JSON.stringify({ ...PAGE, width })),
  },
});

describe('"See what they see"', () => {
  it('feeds the player with what is sent once it is ready, and asks for pictures that it lacks', async () => {
    const { share, player, told, screen } = createScene();
    expect(screen()).toBeUndefined();
    player.postMessage({ type: 'ready' });
    await vi.waitFor(() => expect(screen()).toBeDefined());
    screen().show({ type: 'asset', hash: 'a'.repeat(64), mime: 'image/webp', bytes: new Uint8Array(3) });
    await vi.waitFor(() => expect(told.map(({ type }) => type)).toEqual(['asset']));
    player.postMessage({ type: 'want', tabId: 1, hashes: ['b'.repeat(64)] });
    await vi.waitFor(() => expect(share.verbs).toContainEqual({ name: 'wantSent', args: [1, ['b'.repeat(64)]] }));
  });

  it('takes the size of the page that is shown, and fits it', async () => {
    const { port, player, told, onSize, screen } = createScene();
    player.postMessage({ type: 'ready' });
    await vi.waitFor(() => expect(screen()).toBeDefined());
    port.show(2, [1, 2]);
    screen().show(page(1, 800));
    expect(onSize).not.toHaveBeenCalled();
    screen().show(page(2, 1000));
    expect(onSize).toHaveBeenLastCalledWith({ width: 1000, height: 600 });
    port.show(1, [1, 2]);
    expect(onSize).toHaveBeenLastCalledWith({ width: 800, height: 600 });
    port.fit({ width: 800, height: 600 }, 200);
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ type: 'scale', scale: 0.25 }));
  });

  it('hears nothing that no player says', async () => {
    const { share, player, screen } = createScene();
    player.postMessage({ type: 'want', tabId: 'x', hashes: 7 });
    player.postMessage({ type: 'ready', more: true });
    player.postMessage({ type: 'ready' });
    await vi.waitFor(() => expect(screen()).toBeDefined());
    expect(share.verbs.map(({ name }) => name)).toEqual(['watchSent']);
  });
});
