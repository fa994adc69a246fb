import { PhoneOff } from 'lucide';
import type { CallModel, CallState } from '../lib/engine/api.ts';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import styles from './dialling-screen.module.css';
import { useFirstFocus } from './use-first-focus.ts';
import { useI18n } from './view-context.ts';

export interface DiallingScreenProps {
  readonly call: CallModel;
  readonly state: Extract<CallState, { kind: 'dialling' }>;
}

/** We call somebody; it can be given up until they answer. */
export function DiallingScreen({ call, state: { person, linked } }: DiallingScreenProps) {
  const { t } = useI18n();
  const title = useFirstFocus<HTMLHeadingElement>();
  return (
    <main class={styles.screen}>
      <Avatar name={person.name} size="huge" />
      <h1 ref={title} tabIndex={-1} class={styles.title}>
        {t('calling', { name: person.name })}
      </h1>
      <p role="status" class={styles.about}>
        {t(linked ? 'theirPhoneRings' : 'dialling')}
      </p>
      <Button variant="danger" large icon={PhoneOff} onClick={() => call.cancel()}>
        {t('cancel')}
      </Button>
    </main>
  );
}
