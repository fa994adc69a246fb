import type { PrivacyFilter } from '../cobrowse/privacy-filter.ts';
import type { FromAgent, SensitiveReason } from '../protocol/cobrowse-port.ts';
import type { AgentMarks } from './agent-marks.ts';
import type { PageNodes } from './page-nodes.ts';
import { sensitivityOf } from './sensitive-page.ts';

export interface PagePrivacyDeps {
  readonly document: Document;
  readonly filter: PrivacyFilter;
  readonly nodes: PageNodes;
  /** Has the recorder tell of everything that is there. */
  readonly flush: () => void;
  readonly hide: (id: number, size: { readonly width: number; readonly height: number }) => void;
  readonly marks: AgentMarks;
  /** What the customer is told to do when they may point at a part. */
  readonly text: string;
  readonly post: (message: FromAgent) => void;
  readonly signal: AbortSignal;
}

/** What the customer sees and does about their own privacy in this page. */
export interface PagePrivacyView {
  /** Something may have changed: tells, and tints, soon. */
  look(): void;
  setTinting(on: boolean): void;
  isPicking(): boolean;
  /** Lets the customer point at a part to hide. */
  pick(): void;
  stopPicking(): void;
}

const LOOK_AFTER_MS = 500;
/** Of the time, at most: a large page is looked through less often. */
const LOOKING = 0.02;
/** Boxes over a page with thousands of fields would cost more than they tell. */
const MAX_TINTED = 300;

export function createPagePrivacy({
  document,
  filter,
  nodes,
  flush,
  hide,
  marks,
  text,
  post,
  signal,
}: PagePrivacyDeps): PagePrivacyView {
  let isPlanned = false;
  let isTinting = false;
  let isPicking = false;
  let told: SensitiveReason | null = null;
  let lookAfterMs = LOOK_AFTER_MS;

  const report = () => {
    isPlanned = false;
    if (signal.aborted) return;
    const startedAt = performance.now();
    const covered = filter.coveredIds();
    post({ type: 'privacy', hiddenCount: filter.hiddenIds().length, maskedCount: covered.length, isPicking });
    if (isTinting) marks.tint(covered.slice(0, MAX_TINTED).flatMap((id) => elementOf(nodes.find(id))));
    const reason = sensitivityOf(document);
    if (reason !== null && reason !== told) post({ type: 'sensitive', reason });
    told = reason;
    lookAfterMs = Math.max(LOOK_AFTER_MS, (performance.now() - startedAt) / LOOKING);
  };
  /** What has just come is not told yet, and must be hidden all the same. */
  const idOf = (element: Element): number | null => {
    const id = nodes.idOf(element);
    if (id !== null) return id;
    flush();
    return nodes.idOf(element);
  };
  const look = () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(report, lookAfterMs);
  };
  const stopPicking = () => {
    if (!isPicking) return;
    isPicking = false;
    marks.cancelPick();
    look();
  };

  return {
    look,
    stopPicking,
    isPicking: () => isPicking,
    setTinting(on) {
      isTinting = on;
      if (!on) marks.tint([]);
      look();
    },
    pick() {
      isPicking = true;
      look();
      marks.pickPart(text, (element) => {
        stopPicking();
        const id = element === null ? null : idOf(element);
        if (id !== null && element !== null) hide(id, element.getBoundingClientRect());
        look();
      });
    },
  };
}

function elementOf(node: Node | null): Element[] {
  if (node === null) return [];
  if (node.nodeType === Node.ELEMENT_NODE) return [node as Element]; // by its nodeType
  return node.parentElement === null ? [] : [node.parentElement];
}
