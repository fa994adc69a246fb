import { Replayer } from 'rrweb';
import type { SafeEvent } from '../cobrowse/mirror-events.ts';
import { defineElements } from './mirror-elements.ts';
import { showBuiltPicture, showChangedPictures } from './mirror-pictures.ts';
import { MIRROR_RULES } from './mirror-rules.ts';
import { createSheetSwitches } from './sheet-switches.ts';

/** Where the customer's pointer was. `atMs`: this side's clock. */
export interface CursorSample {
  readonly atMs: number;
  readonly x: number;
  readonly y: number;
  readonly pressed: boolean;
}

export interface Past {
  readonly fromMs: number;
  readonly toMs: number;
  readonly events: readonly SafeEvent[];
  readonly cursor: readonly CursorSample[];
  readonly width: number;
  readonly height: number;
  /** Style rules that every document gets: pictures and fonts that came after the style sheets that name them. */
  readonly rules: readonly string[];
}

/** Shows what was streamed a while ago, in an iframe of its own over the live one, which goes on below. */
export interface RewindScreen {
  readonly lengthMs: number;
  /** Ms since the beginning. */
  atMs(): number;
  seek(atMs: number): void;
  play(on: boolean): void;
  isPlaying(): boolean;
  /** The pointer as it was then; null before the first sample. */
  cursor(): CursorSample | null;
  close(): void;
}

export function createRewindScreen(root: HTMLElement, past: Past): RewindScreen {
  const lengthMs = Math.max(1, past.toMs - past.fromMs);
  const { width, height, fromMs, cursor } = past;
  const switches = createSheetSwitches(() => replayer.getMirror());
  const replayer: Replayer = new Replayer(
    [
      { type: 4, timestamp: fromMs, data: { href: 'about:blank', width, height } },
      // The replayer changes what it is given.
      ...structuredClone([...past.events]),
      // A quiet end is part of the time, too.
      { type: 5, timestamp: past.toMs, data: { tag: 'end', payload: null } },
    ],
    {
      root,
      triggerFocus: false,
      mouseTail: false,
      showWarning: false,
      UNSAFE_replayCanvas: false,
      insertStyleRules: [...MIRROR_RULES, ...past.rules.filter(isRule)],
      // As the live mirror is built, so that the same is seen.
      useVirtualDom: false,
      plugins: [
        {
          onBuild(node) {
            showBuiltPicture(node as Node); // never a virtual node
            switches.built(node as Node);
          },
          handler(event, _isSync, { replayer }) {
            const { type, data } = event as SafeEvent; // as given above
            switches.applied(event as SafeEvent);
            defineElements(event as SafeEvent, replayer.getMirror());
            if (type === 3 && data.source === 0) showChangedPictures(data.attributes, replayer.getMirror());
          },
        },
      ],
    },
  );
  replayer.iframe.tabIndex = -1;
  replayer.iframe.setAttribute('allow', '');
  let isPlaying = false;
  let at = 0;
  replayer.on('finish', () => {
    isPlaying = false;
    at = lengthMs;
  });
  const now = () => (isPlaying ? Math.min(lengthMs, replayer.getCurrentTime()) : at);
  const seek = (atMs: number) => {
    at = Math.min(lengthMs, Math.max(0, atMs));
    // At 0 the replayer has shown nothing yet, not even the snapshot that it begins with.
    const offset = Math.max(1, at);
    if (isPlaying) replayer.play(offset);
    else replayer.pause(offset);
  };
  return {
    lengthMs,
    atMs: now,
    seek,
    play(on) {
      if (on === isPlaying) return;
      at = now();
      if (on && at >= lengthMs) at = 0;
      isPlaying = on;
      seek(at);
    },
    isPlaying: () => isPlaying,
    cursor: () => cursor.findLast((sample) => sample.atMs <= fromMs + now()) ?? null,
    close: () => replayer.destroy(),
  };
}

/** The replayer takes rules one by one, and fails as a whole with one that is none. */
function isRule(css: string): boolean {
  try {
    new CSSStyleSheet().insertRule(css);
    return true;
  } catch {
    return false;
  }
}
