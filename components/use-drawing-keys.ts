import { useEffect } from 'preact/hooks';
import { TOOL_KEYS } from '../lib/annotation/tools.ts';
import { TOOLS } from '../lib/protocol/ink-messages.ts';
import type { InkModel } from '../lib/state/ink-types.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="menu"]') !== null;

/** While something is drawn on: letters choose tools, Ctrl+Z takes back, Escape ends it. */
export function useDrawingKeys(ink: InkModel, surface: string | null, onDone: () => void): void {
  useEffect(() => {
    if (surface === null) return;
    const handleKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (act(event, ink, surface, onDone)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    document.addEventListener('keydown', handleKeyDown);
    return () => document.removeEventListener('keydown', handleKeyDown);
  }, [ink, surface]);
}

function act(event: KeyboardEvent, ink: InkModel, surface: string, onDone: () => void): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey || (key !== 'z' && key !== 'y')) return false;
    if (key === 'y' || event.shiftKey) ink.redo(surface);
    else ink.undo(surface);
    return true;
  }
  if (event.altKey) return false;
  if (key === 'escape') {
    onDone();
    return true;
  }
  const tool = TOOLS.find((each) => TOOL_KEYS[each] === key);
  if (tool === undefined) return false;
  ink.choose({ tool });
  return true;
}
