import type { MirrorNodes } from './mirror-nodes.ts';
import { FILE } from '../cobrowse/sanitise-attributes.ts';
import { isFrame, reachableDocuments } from './reachable-documents.ts';

/**
 * Writes into frames of which nothing is seen that it is so: inside the frame itself, so that it is covered by what covers
 * the frame. Called again and again, because they may be built anew; a frame whose content has come is left alone.
 */
export function standIn(frames: readonly Element[], text: string, nodes: MirrorNodes): void {
  for (const frame of frames) {
    const inside = isFrame(frame) ? frame.contentDocument : null;
    if (!inside?.body || nodes.getId(inside) > 0 || inside.body.textContent === text) continue;
    inside.body.textContent = text;
    Object.assign(inside.body.style, STYLE);
  }
}

/** The places of files in a mirrored page. */
export const filesIn = (document: Document | null): Element[] =>
  (document === null ? [] : reachableDocuments(document)).flatMap((inner) =>
    // Browsers remember where frames are.
    [...inner.getElementsByTagName('iframe')].filter((frame) => frame.hasAttribute(FILE)),
  );

const STYLE = {
  boxSizing: 'border-box',
  height: '100vh',
  margin: '0',
  padding: '4px',
  display: 'grid',
  placeItems: 'center',
  overflow: 'hidden',
  border: '1px dashed #58626e',
  background: 'repeating-linear-gradient(135deg, #eef1f4 0 10px, #e3e8ed 10px 20px)',
  color: '#3b444e',
  font: '13px/1.4 system-ui, sans-serif',
  textAlign: 'center',
} as const;
