import { Replayer } from 'rrweb';
import type { SafeEvent } from '../cobrowse/mirror-events.ts';
import { MIRROR_RULES } from './mirror-rules.ts';
import type { MirrorNodes } from './mirror-nodes.ts';

/**
 * rrweb's Replayer as a live mirror. Events are applied at once and in the order of arrival, whatever clock they carry:
 * a baseline far in the future makes each of them "late", and late events need neither animation frames nor timers
 * (reference/cobrowse.md §1.3). Nothing of the past is kept.
 */
export interface LiveReplayer {
  readonly iframe: HTMLIFrameElement;
  readonly nodes: MirrorNodes;
  apply(event: SafeEvent): void;
  destroy(): void;
}

export interface ReplayTrouble {
  /** The event spoke of a node that is not there, or could not be applied. */
  onTrouble(kind: 'unknown-node' | 'failed'): void;
  onBuilt(node: Node): void;
}

const FAR_FUTURE_MS = 8e15;
/** Rewritten style sheets are remembered by their text; a page that makes new ones all the time must not fill memory. */
const EVENTS_PER_CACHE = 2_000;

export function createLiveReplayer(root: HTMLElement, { onTrouble, onBuilt }: ReplayTrouble): LiveReplayer {
  const warn = (...args: unknown[]) => {
    const text = args.find((arg) => typeof arg === 'string' && !arg.startsWith('[replayer]'));
    onTrouble(typeof text === 'string' && text.startsWith('Node with id') ? 'unknown-node' : 'failed');
  };
  const replayer = new Replayer([], {
    root,
    liveMode: true,
    useVirtualDom: false,
    pauseAnimation: false,
    triggerFocus: false,
    mouseTail: false,
    UNSAFE_replayCanvas: false,
    insertStyleRules: MIRROR_RULES,
    logger: { log: () => {}, warn },
    plugins: [{ onBuild: (node) => onBuilt(node as Node) }], // never a virtual node: useVirtualDom is off
  });
  replayer.startLive(FAR_FUTURE_MS);
  const { iframe } = replayer;
  iframe.tabIndex = -1;
  iframe.setAttribute('allow', '');
  iframe.setAttribute('aria-hidden', 'true');
  let applied = 0;
  return {
    iframe,
    nodes: replayer.getMirror(),
    apply(event) {
      // Straight to the machine: `addEvent` would wait for a microtask, and the caller looks at the result at once.
      replayer.service.send({ type: 'ADD_EVENT', payload: { event } });
      replayer.service.state.context.events.length = 0;
      applied += 1;
      if (event.type === 2 || applied % EVENTS_PER_CACHE === 0) replayer.resetCache();
    },
    destroy: () => replayer.destroy(),
  };
}
