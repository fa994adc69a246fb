import { effect } from '@preact/signals';
import { isFree } from '../call/phase.ts';
import type { Desk } from '../state/desk.ts';
import type { Notices } from '../state/notices-model.ts';
import type { Call } from './create-call.ts';

/** The desk introduces, the call happens, and the desk is told how it went: who is free, and nothing else. */
export function connectDesk(desk: Desk, call: Call, notices: Notices): void {
  const tell = (type: 'answered' | 'declined' | 'cancel' | 'ended', sessionId: string) =>
    void desk.client.peek()?.request(type, { sessionId });

  let queuedSession = '';
  desk.onIntroduced(({ introduction, direction, claimed, queued }) => {
    if (queued) queuedSession = introduction.sessionId;
    if (call.begin(introduction, direction, claimed)) return;
    // A call came while there is one: the desk did not know yet that we are busy.
    tell(direction === 'incoming' ? 'declined' : 'cancel', introduction.sessionId);
  });

  desk.onGone(({ sessionId, reason }) => {
    const now = call.phase.peek();
    if (isFree(now) || now.sessionId !== sessionId) return;
    // In an open call the two ends decide between themselves, except that one may be gone for good.
    if (now.kind === 'active' && !(reason === 'ended' && now.lostSince !== null)) return;
    call.end(reason === 'ended' ? 'exited' : reason, false, null);
  });

  let before = call.phase.peek();
  effect(() => {
    const now = call.phase.value;
    const last = before;
    before = now;
    if (now.kind === 'active') {
      desk.setCallPresence('on-call');
      desk.leaveQueue();
      if (last.kind === 'ringing') tell('answered', now.sessionId);
    } else if (now.kind === 'ended') {
      if (last.kind === 'active') tell('ended', now.sessionId);
      if (last.kind === 'ringing' && now.mine) tell('declined', now.sessionId);
      if (last.kind === 'dialling') tell('cancel', now.sessionId);
      // To the desk, giving up one expert is not leaving the queue.
      if (last.kind === 'dialling' && now.mine && now.reason === 'cancelled') desk.cancelHelp();
      desk.setCallPresence(last.kind === 'active' ? 'wrap-up' : null);
      // A ring that came to nothing leaves nothing to look at; nor does an expert whom the queue found and who did not
      // answer: one goes on waiting. Later, when every subject has seen the end.
      const wasQueued = last.kind === 'dialling' && now.reason !== 'cancelled' && now.sessionId === queuedSession;
      const isPlain = now.reason !== 'version' && now.reason !== 'untrusted';
      if ((last.kind === 'ringing' && isPlain) || wasQueued) queueMicrotask(call.dismiss);
      if (last.kind === 'ringing' && (now.reason === 'missed' || now.reason === 'cancelled')) {
        notices.show({ tone: 'info', key: 'noticeMissedCall', values: { name: now.person.name } });
      }
    } else if (now.kind === 'idle') desk.setCallPresence(null);
  });
}
