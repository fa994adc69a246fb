import type { CallNotice, Caller, EngineCommand } from '../protocol/extension-messages.ts';
import { showCallBadge, showRingBadge } from './badge.ts';
import { onShortcut } from './commands.ts';
import { answerMessages, sendMessage } from './messages.ts';
import { onRingPress, showRing } from './notifications.ts';
import { openPanelWindow, openPanel } from './panel.ts';

type Run = (command: EngineCommand) => void;

/** How an engine makes itself noticed when no view is open (lib/engine/home.ts says what each member promises). */
interface Attention {
  ring(caller: Caller | null): void;
  inCall(state: CallNotice): void;
  onCommand(run: Run): void;
}

/** Shows a ring: notification and badge. */
export async function ring(caller: Caller | null): Promise<void> {
  await Promise.all([showRing(caller), showRingBadge(caller !== null)]);
}

/** Passes presses on the notification and shortcuts on to `run`. Call it while the script is first run. */
export function watchCommands(run: Run): void {
  onShortcut(run);
  onRingPress((press) => {
    // Opened in the task of the press, where the browser takes it for one; Firefox never does.
    void openPanel().then((opened) => (opened ? undefined : openPanelWindow()));
    if (press !== 'open') run(press);
  });
}

/** For an engine in Chrome's offscreen page: the service worker does it. */
export function createRemoteAttention(): Attention {
  return {
    ring: (caller) => void sendMessage('attention.ring', caller),
    inCall: (state) => void sendMessage('attention.call', state),
    onCommand: (run) =>
      answerMessages('engine', {
        command(command) {
          run(command);
          return null;
        },
      }),
  };
}

/** For an engine in Firefox's background page. */
export function createLocalAttention(): Attention {
  return {
    ring: (caller) => void ring(caller),
    inCall: (state) => void showCallBadge(state),
    onCommand: watchCommands,
  };
}
