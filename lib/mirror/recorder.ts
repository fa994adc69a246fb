/**
 * The recorder, in the page's own world: only there are programmatic values, rules and adopted sheets seen
 * (reference/cobrowse.md §0). Everything it says is filtered by the agent; what it is told tells the page nothing.
 */
import { record } from 'rrweb';
import type { RecorderEvent } from '../cobrowse/coalesce-events.ts';
import { HIDE_SELECTOR } from '../cobrowse/masking-directives.ts';
import { MAX_MIRROR_NODES } from '../protocol/cobrowse-limits.ts';
import { openRecorderChannel } from './page-channel.ts';
import { createEventBatch } from './recorder-batch.ts';
import { type FromRecorder, readToRecorder } from './recorder-messages.ts';

/** Our own layers over the page are recorded as empty elements and dropped by the filter. */
const BLOCKED = HIDE_SELECTOR.replace('.rr-block', '.rr-block:not([data-alongside-layer])');
const FULL_SNAPSHOT = 2;
/** More additions at once than this, and than half of the page, are cheaper as a snapshot (§2.3). */
const MANY_ADDS = 2_500;

export function startRecorder(document: Document): void {
  let stop: (() => void) | undefined;
  let additions = 0;
  let isDeaf = false;

  const send = (message: FromRecorder) => channel.send(JSON.stringify(message));
  const batch = createEventBatch((events) => {
    if (additions > MANY_ADDS && additions > document.getElementsByTagName('*').length / 2 && !hasSnapshot(events)) {
      additions = 0;
      snapshot();
      return;
    }
    additions = 0;
    send({ type: 'events', events });
  });

  const snapshot = () => {
    batch.clear();
    if (document.getElementsByTagName('*').length > MAX_MIRROR_NODES) send({ type: 'failed', reason: 'too-large' });
    else record.takeFullSnapshot(true);
    batch.flush();
  };

  const start = () => {
    if (stop !== undefined) return snapshot();
    if (document.getElementsByTagName('*').length > MAX_MIRROR_NODES) {
      return send({ type: 'failed', reason: 'too-large' });
    }
    stop = record({
      emit(event) {
        if (isDeaf) return;
        additions += additionsOf(event.data);
        batch.add(event);
        // A snapshot is what somebody waits for.
        if (event.type === FULL_SNAPSHOT) queueMicrotask(() => batch.flush());
      },
      recordAfter: 'DOMContentLoaded',
      sampling: { mousemove: false, mouseInteraction: false, scroll: 50, media: 500, input: 'all' },
      // Neither is a regular class name: what is hidden is told by selector alone.
      blockClass: /^alongside-none$/,
      blockSelector: BLOCKED,
      maskInputOptions: { password: true },
      maskInputFn: (text) => (text === '' ? '' : '•'),
      slimDOMOptions: 'all',
      inlineStylesheet: true,
      inlineImages: false,
      collectFonts: false,
      recordCanvas: false,
      recordCrossOriginIframes: false,
      errorHandler: () => true,
    });
  };

  const channel = openRecorderChannel(document, (text) => {
    const message = readToRecorder(text);
    switch (message?.type) {
      case 'start':
        isDeaf = false;
        return start();
      case 'stop':
        stop?.();
        stop = undefined;
        return batch.clear();
      case 'pause':
        isDeaf = message.on;
        return batch.clear();
      case 'snapshot':
        if (stop !== undefined) snapshot();
        return undefined;
      case 'pressure':
        return batch.setLevel(message.level);
      case 'flush':
        return batch.flush();
      case 'find': {
        record.mirror.getNode(message.id)?.dispatchEvent(new CustomEvent(message.mark, { composed: true }));
        return undefined;
      }
      case 'identify':
        return document.addEventListener(message.mark, (event) => answer(event, message.mark), {
          capture: true,
          once: true,
        });
      default:
        return undefined;
    }
  });

  const answer = (event: Event, mark: string) => {
    const node = event.composedPath()[0];
    if (node instanceof Node) send({ type: 'identified', mark, id: record.mirror.getId(node) });
  };
}

const hasSnapshot = (events: readonly RecorderEvent[]): boolean => events.some(({ type }) => type === FULL_SNAPSHOT);

const additionsOf = (data: unknown): number =>
  typeof data === 'object' && data !== null && 'adds' in data && Array.isArray(data.adds) ? data.adds.length : 0;
