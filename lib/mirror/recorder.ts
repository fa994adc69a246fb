/**
 * The recorder, in the page's own world: only there are programmatic values, rules and adopted sheets seen
 * (reference/cobrowse.md §0). Everything it says is filtered by the agent; what it is told tells the page nothing.
 */
import { record } from 'rrweb';
import type { RecorderEvent } from '../cobrowse/coalesce-events.ts';
import { HIDE_SELECTOR } from '../cobrowse/masking-directives.ts';
import { MAX_MIRROR_NODES } from '../protocol/cobrowse-limits.ts';
import { createClosedRoots } from './closed-roots.ts';
import { watchDefinitions } from './defined-elements.ts';
import { watchDrawing } from './drawn-canvases.ts';
import { hasRecorder, openRecorderChannel } from './page-channel.ts';
import { reachableDocuments } from './reachable-documents.ts';
import { createEventBatch } from './recorder-batch.ts';
import { type FromRecorder, readToRecorder, writeFromRecorder } from './recorder-messages.ts';
import { watchRuleStyles } from './rule-styles.ts';
import { createSlices, type Slices } from './slices.ts';
import { tellLoaded, withChoices } from './told-beside.ts';

/** Our own layers over the page are recorded as empty elements and dropped by the filter. */
const BLOCKED = HIDE_SELECTOR.replace('.rr-block', '.rr-block:not([data-alongside-layer])');
/** Of a sheet, with absolute addresses; null when it can't be read (scripts/build/recorded-styles.ts). */
const { cssOf } = record as unknown as { cssOf(sheet: CSSStyleSheet): string | null };
const INCREMENTAL = 3;
const INPUT = 5;
const SCROLL = 3;

/** Once for each document, however often it is called. */
export function startRecorder(document: Document): void {
  if (hasRecorder(document)) return;
  let stop: (() => void) | undefined;
  let isDeaf = false;
  let isAwaited = false;
  let unwatch: (() => void) | undefined;
  let undraw: (() => void) | undefined;
  let unhear: (() => void)[] = [];
  let carrier: Comment | null = null;

  const end = () => {
    isAwaited = false;
    stop?.();
    unwatch?.();
    undraw?.();
    for (const each of unhear) each();
    unhear = [];
    unwatch = undraw = stop = undefined;
    slices.stop();
    batch.clear();
  };
  const send = (message: FromRecorder) => {
    // Nobody hears a recorder whose document was written anew; another one is put in.
    if (hasRecorder(document)) channel.send(writeFromRecorder(message));
    else end();
  };
  const batch = createEventBatch((events) => send({ type: 'events', events }));

  const snapshot = () => {
    batch.clear();
    if (document.getElementsByTagName('*').length > MAX_MIRROR_NODES) send({ type: 'failed', reason: 'too-large' });
    else slices.take(() => record.takeFullSnapshot(true));
  };

  const emit = (event: RecorderEvent) => {
    if (isDeaf) return;
    batch.add(withChoices(event, record.mirror));
  };

  /** Outside a closed root nobody hears which of its fields was typed into. */
  const roots = createClosedRoots(document, (root) => {
    const hear = ({ target }: Event) => {
      const data = stop === undefined ? null : inputOf(target, record.mirror.getId(target as Node)); // of a tree of nodes
      if (data !== null) emit({ type: INCREMENTAL, data, timestamp: Date.now() });
    };
    for (const type of ['input', 'change']) root.addEventListener(type, hear);
  });

  const slices: Slices = createSlices(document, {
    isHost: roots.isHost,
    isKnown: (node) => record.mirror.hasNode(node),
    isFree: batch.isFree,
    onSlice: batch.flushIfFree,
    onScrolled(node) {
      const id = record.mirror.getId(node);
      const scroller = node instanceof Document ? (node.scrollingElement ?? node.documentElement) : node;
      const data = { source: SCROLL, id, x: scroller.scrollLeft, y: scroller.scrollTop };
      if (id > 0) emit({ type: INCREMENTAL, data, timestamp: Date.now() });
    },
  });

  const start = () => {
    if (stop !== undefined) return snapshot();
    if (document.getElementsByTagName('*').length > MAX_MIRROR_NODES) {
      return send({ type: 'failed', reason: 'too-large' });
    }
    // rrweb would wait by itself, but then look when nobody shows it what to see.
    if (document.readyState === 'loading') {
      isAwaited = true;
      return document.addEventListener('DOMContentLoaded', () => isAwaited && start(), { once: true });
    }
    unwatch ??= roots.watch();
    if (unhear.length === 0) {
      unhear = [
        tellLoaded(document, record.mirror, cssOf, emit),
        watchDefinitions(document, record.mirror, emit),
        watchRuleStyles(document),
      ];
    }
    stop = roots.while(() => slices.while(() => slices.take(recordPage)));
    if (!slices.isComplete()) snapshot();
  };

  const recordPage = () =>
    record({
      emit,
      recordAfter: 'DOMContentLoaded',
      sampling: { mousemove: false, mouseInteraction: false, scroll: 50, media: 500, input: 'all' },
      // No page has this class: what is hidden is told by selector alone.
      blockClass: 'alongside-none',
      blockSelector: BLOCKED,
      maskInputOptions: { password: true },
      maskInputFn: maskPassword,
      slimDOMOptions: { headTitleMutations: true },
      inlineStylesheet: true,
      inlineImages: false,
      collectFonts: false,
      recordCanvas: false,
      recordCrossOriginIframes: false,
      errorHandler: () => true,
    });

  const carry = (mark: string) => {
    carrier = document.createComment('');
    document.documentElement.append(carrier);
    carrier.dispatchEvent(new CustomEvent(mark, { bubbles: true }));
    carrier.remove();
    carrier = null;
  };

  const channel = openRecorderChannel(document, (text, leave) => {
    const message = readToRecorder(text);
    switch (message?.type) {
      case 'watch':
        unwatch ??= roots.watch();
        undraw ??= watchDrawing(document, message.mark);
        return undefined;
      case 'start':
        isDeaf = false;
        return start();
      case 'stop':
        end();
        return leave();
      case 'pause':
        isDeaf = message.on;
        return batch.clear();
      case 'snapshot':
        if (stop !== undefined) snapshot();
        return undefined;
      case 'pressure':
        return batch.setLevel(message.level);
      case 'flush':
        slices.flush();
        return batch.flush();
      case 'carry':
        return carry(message.mark);
      case 'root': {
        const root = carrier?.getRootNode();
        // Not by `instanceof`: it may be a frame's.
        if (root !== undefined && 'host' in root) roots.learn(root as ShadowRoot);
        return undefined;
      }
      case 'find': {
        record.mirror.getNode(message.id)?.dispatchEvent(new CustomEvent(message.mark, { composed: true }));
        return undefined;
      }
      case 'identify':
        return identify(message.mark, message.inFrame ? reachableDocuments(document) : [document]);
      default:
        return undefined;
    }
  });

  const identify = (mark: string, places: readonly Document[]) => {
    const heard = new AbortController();
    const answer = (event: Event) => {
      heard.abort();
      const [node] = event.composedPath();
      if (node !== undefined && 'nodeType' in node) {
        send({ type: 'identified', mark, id: record.mirror.getId(node as Node) }); // of a tree of nodes
      }
    };
    for (const place of places) place.addEventListener(mark, answer, { capture: true, signal: heard.signal });
  };
}

/** What a field holds, as rrweb tells it; null for what is no field or has no number. */
function inputOf(target: EventTarget | null, id: number): Readonly<Record<string, unknown>> | null {
  if (!isField(target) || id <= 0) return null;
  const isPassword = target.type === 'password';
  const isChecked = 'checked' in target && target.checked;
  return { source: INPUT, id, text: isPassword ? maskPassword(target.value) : target.value, isChecked };
}

/** Not by `instanceof`: it may be a frame's. */
const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  target !== null && 'nodeName' in target && /^(?:INPUT|TEXTAREA|SELECT)$/.test(String(target.nodeName));

const maskPassword = (text: string): string => (text === '' ? '' : '•');
