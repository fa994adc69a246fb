import { useEffect } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { CallView } from './create-call-view.ts';

const INTERACTIVE = 'a, button, input, select, textarea, summary, [contenteditable], [role="menu"], [role="slider"]';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** The single keys of a call: M, V, C, ? and Space held. They never act while somebody types, nor with a modifier. */
export function useShortcuts(engine: Engine, view: CallView): void {
  useEffect(() => {
    let isTalking = false;
    const talk = (held: boolean) => {
      if (isTalking === held) return;
      isTalking = held;
      engine.media.pushToTalk(held);
      view.setTalking(held && engine.media.mic.peek() === 'muted');
    };

    const handleKeyDown = (event: KeyboardEvent) => {
      if (!view.shortcutsOn.peek() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      if (event.key === ' ') {
        // On a button, Space presses that button.
        if (event.target instanceof Element && event.target.closest(INTERACTIVE)) return;
        event.preventDefault();
        talk(true);
        return;
      }
      if (act(event.key.toLowerCase(), engine, view)) event.preventDefault();
    };
    const handleKeyUp = (event: KeyboardEvent) => {
      if (event.key === ' ') talk(false);
    };
    const letGo = () => talk(false);

    document.addEventListener('keydown', handleKeyDown);
    document.addEventListener('keyup', handleKeyUp);
    window.addEventListener('blur', letGo);
    return () => {
      letGo();
      document.removeEventListener('keydown', handleKeyDown);
      document.removeEventListener('keyup', handleKeyUp);
      window.removeEventListener('blur', letGo);
    };
  }, [engine, view]);
}

/** Does what `key` stands for; false when it stands for nothing. */
function act(key: string, { media }: Engine, view: CallView): boolean {
  switch (key) {
    case 'm': {
      const mic = media.mic.peek();
      if (mic === 'on' || mic === 'muted' || mic === 'starting') media.setMuted(mic !== 'muted');
      return true;
    }
    case 'v': {
      const camera = media.camera.peek();
      if (camera !== 'none') media.setCamera(camera !== 'on' && camera !== 'starting');
      return true;
    }
    case 'c':
      view.setMessagesOpen(!view.messagesOpen.peek());
      return true;
    case '?':
      view.setDialog('shortcuts');
      return true;
    default:
      return false;
  }
}
