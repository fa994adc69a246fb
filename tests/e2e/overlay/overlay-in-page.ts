/** Bundled and put into fixture pages: the overlay with handles for tests. */
import { createOverlay, type Overlay } from '../../../lib/overlay/create-overlay.ts';
import type { ShownStroke } from '../../../lib/annotation/shown-ink.ts';
import type { PageStatus } from '../../../lib/overlay/status-bar.ts';
import { systemClock } from '../../../lib/shared/clock.ts';

const pressed: string[] = [];
const painted: string[] = [];
let overlay: Overlay | null = null;

const dotAt = (n: number, x: number, y: number): ShownStroke => ({
  key: `expert:${n}`,
  author: 'expert',
  n,
  surface: 'page:customer1',
  shape: {
    tool: 'pen',
    colour: '#ff00ff',
    width: 20,
    seed: 5,
    points: [Math.round((x / innerWidth) * 32_767), Math.round((y / innerHeight) * 32_767), 128],
  },
  stay: true,
  releasedAt: Date.now(),
  live: false,
  order: n,
});
let dots: ShownStroke[] = [];

const handle = {
  pressed,
  painted,
  start(): void {
    overlay = createOverlay({
      document,
      clock: systemClock,
      onPress: (button) => pressed.push(button),
      onPainted: ({ key }) => painted.push(key),
      nameOf: () => undefined,
    });
  },
  /** A magenta dot in the middle of the element. */
  markMiddle(selector: string): void {
    const element = document.querySelector(selector);
    if (element === null) throw new Error(`No ${selector}`);
    const box = element.getBoundingClientRect();
    handle.mark(box.x + box.width / 2, box.y + box.height / 2);
  },
  mark(x: number, y: number): void {
    dots = [...dots, dotAt(dots.length + 1, x, y)];
    overlay?.showInk(dots);
  },
  show(strokes: ShownStroke[]): void {
    overlay?.showInk(strokes);
  },
  clear(): void {
    dots = [];
    overlay?.showInk([]);
  },
  status(status: PageStatus | null): void {
    overlay?.showStatus(status);
  },
  stop(): void {
    overlay?.stop();
    overlay = null;
  },
};

declare global {
  var overlayTest: typeof handle;
}

globalThis.overlayTest = handle;
