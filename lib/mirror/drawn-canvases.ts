import { noteCalls } from './note-calls.ts';
import { eachDocument } from './reachable-documents.ts';

/** What may have put something on a canvas. */
const DRAWS = [
  'clear',
  'drawArrays',
  'drawArraysInstanced',
  'drawElements',
  'drawElementsInstanced',
  'drawRangeElements',
  'blitFramebuffer',
] as const;

/**
 * WebGL forgets its picture as soon as it is on the screen: it can be taken only in the task that drew it. In the page's own
 * world, from now on, an event of the name `mark` is fired on each canvas at the end of such a task, in frames of the same
 * origin too. Returns what ends it.
 */
export function watchDrawing(document: Document, mark: string): () => void {
  const over = new AbortController();
  const drawn = new Set<object>();
  const tell = () => {
    for (const context of drawn) {
      // One in a worker has no place in the page.
      const canvas: unknown = Reflect.get(context, 'canvas');
      if (canvas !== null && typeof canvas === 'object' && 'isConnected' in canvas) {
        (canvas as HTMLCanvasElement).dispatchEvent(new CustomEvent(mark, { composed: true }));
      }
    }
    drawn.clear();
  };
  const note = (context: object) => {
    if (drawn.size === 0) queueMicrotask(tell);
    drawn.add(context);
  };
  eachDocument(
    document,
    ({ defaultView: view }) => {
      for (const kind of ['WebGLRenderingContext', 'WebGL2RenderingContext']) {
        const prototype: unknown = view && Reflect.get(view, kind)?.prototype;
        if (typeof prototype !== 'object' || prototype === null) continue;
        for (const method of DRAWS) noteCalls(prototype, method, note, over.signal);
      }
    },
    over.signal,
  );
  return () => over.abort();
}
