import { PhoneOff } from 'lucide';
import type { CallModel, CallState } from '../lib/engine/api.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import { Button } from './button.tsx';
import styles from './ended-screen.module.css';
import { Icon } from './icon.tsx';
import { useFirstFocus } from './use-first-focus.ts';
import { useI18n } from './view-context.ts';
import { WrapUpForm } from './wrap-up-form.tsx';

type Ended = Extract<CallState, { kind: 'ended' }>;

/** How a call ended, said from this side: the second form is for when it was this side's doing. */
const SENTENCES: Readonly<Record<Ended['reason'], readonly [theirs: MessageKey, mine: MessageKey]>> = {
  exited: ['endedExited', 'endedExitedMine'],
  left: ['endedLeft', 'endedLeftMine'],
  declined: ['endedDeclined', 'endedDeclinedMine'],
  cancelled: ['endedCancelled', 'endedCancelledMine'],
  missed: ['endedMissed', 'endedMissedMine'],
  busy: ['endedBusy', 'endedBusy'],
  unavailable: ['endedUnavailable', 'endedUnavailable'],
  lost: ['endedLost', 'endedLost'],
  version: ['endedVersion', 'endedVersion'],
  untrusted: ['endedUntrusted', 'endedUntrusted'],
  'answered-elsewhere': ['endedElsewhere', 'endedElsewhere'],
};

export interface EndedScreenProps {
  readonly call: CallModel;
  readonly state: Ended;
}

/** After a call: how it ended, for how long it was, and, for an expert, the wrap-up. */
export function EndedScreen({ call, state }: EndedScreenProps) {
  const { lookUp, t, format } = useI18n();
  const { person, reason, mine, durationMs, engagementId } = state;
  const title = useFirstFocus<HTMLHeadingElement>();
  const sentence = lookUp(SENTENCES[reason][mine ? 1 : 0], { name: person.name });
  const hasLasted = durationMs > 0;
  return (
    <main class={styles.screen}>
      <span class={styles.icon}>
        <Icon node={PhoneOff} size={28} />
      </span>
      <h1 ref={title} tabIndex={-1} class={styles.title}>
        {hasLasted ? t('callEnded') : person.name}
      </h1>
      <p role="status" class={styles.about}>
        {sentence} {hasLasted && t('endedLasted', { time: format.duration(durationMs) })}
      </p>
      {engagementId !== null && hasLasted ? (
        <WrapUpForm onSave={(outcome, note) => call.wrapUp(outcome, note)} onSkip={() => call.dismiss()} />
      ) : (
        <Button variant="primary" large onClick={() => call.dismiss()}>
          {t('done')}
        </Button>
      )}
    </main>
  );
}
