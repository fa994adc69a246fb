import type { TabMirror } from './tab-mirror.ts';

/** A node of the stream, as its own frame names it. */
interface FocusedNode {
  readonly frameId: number;
  readonly epoch: number;
  readonly nodeId: number;
  /** The page shows it as focused. */
  readonly isVisible: boolean;
}

/** Where the focus is in each mirrored tab. */
export interface MirrorFocus {
  /** The stream tells; null: nothing has the focus, or nothing that may be known. */
  tell(mirror: FocusMirror, at: FocusedNode | null): void;
  /** Null also while the node has not been drawn. */
  nodeIn(mirror: FocusMirror | null): Node | null;
  isVisible(mirror: FocusMirror | null): boolean;
  /**
   * Answers with what has the focus once that is `nodeId`: who asks may have heard of it before the stream was played
   * until there. At once for null. A newer question takes the place of one that waits, which is answered with null.
   */
  ask(mirror: FocusMirror | null, nodeId: number | null, answer: (node: Node | null) => void): void;
}

type FocusMirror = Pick<TabMirror, 'nodeOf'>;

export function createMirrorFocus(): MirrorFocus {
  const focused = new WeakMap<FocusMirror, FocusedNode | null>();
  let waiting: { readonly mirror: FocusMirror; readonly nodeId: number; answer(node: Node | null): void } | null = null;

  const nodeIn = (mirror: FocusMirror | null): Node | null => {
    const at = mirror === null ? null : (focused.get(mirror) ?? null);
    return mirror === null || at === null ? null : mirror.nodeOf(at.frameId, at.epoch, at.nodeId);
  };

  return {
    nodeIn,
    isVisible: (mirror) => mirror !== null && focused.get(mirror)?.isVisible === true,
    tell(mirror, at) {
      focused.set(mirror, at);
      if (waiting === null || waiting.mirror !== mirror || waiting.nodeId !== at?.nodeId) return;
      const { answer } = waiting;
      waiting = null;
      answer(nodeIn(mirror));
    },
    ask(mirror, nodeId, answer) {
      waiting?.answer(null);
      waiting = null;
      const isThere = nodeId === null || mirror === null || focused.get(mirror)?.nodeId === nodeId;
      if (isThere) answer(nodeIn(mirror));
      else waiting = { mirror, nodeId, answer };
    },
  };
}
