import { PhoneOff, Video } from 'lucide';
import { useId } from 'preact/hooks';
import type { CallState, Engine } from '../lib/engine/api.ts';
import { RING_TIMEOUT_MS } from '../lib/protocol/limits.ts';
import { Avatar } from './avatar.tsx';
import { FactList } from './caller-information.tsx';
import { Icon } from './icon.tsx';
import styles from './incoming-call.module.css';
import { useFirstFocus } from './use-first-focus.ts';
import { useView } from './view-context.ts';

export interface IncomingCallProps {
  readonly engine: Engine;
  readonly state: Extract<CallState, { kind: 'ringing' }>;
}

/**
 * Somebody rings. The dialog itself takes the focus, not one of its buttons: whoever was typing must not answer by the
 * next Return. Tab leads to the buttons, Escape does nothing (silence is a missed call, which is not a "no").
 */
export function IncomingCall({ engine, state }: IncomingCallProps) {
  const { i18n, now } = useView();
  const { t, format } = i18n.value;
  const titleId = useId();
  const aboutId = useId();
  const dialog = useFirstFocus<HTMLDivElement>();

  const { person, scenario, since, answering } = state;
  const facts = engine.call.people.value.find((remote) => remote.person.personId === person.personId)?.facts ?? [];
  const leftMs = Math.max(0, since + RING_TIMEOUT_MS - now.value);
  return (
    <div
      ref={dialog}
      role="alertdialog"
      aria-modal="true"
      aria-labelledby={titleId}
      aria-describedby={aboutId}
      tabIndex={-1}
      class={styles.screen}
    >
      <div class={styles.ring}>
        <Avatar name={person.name} size="huge" />
      </div>
      <h1 id={titleId} class={styles.title}>
        <span class="visually-hidden">{t('incomingFrom', { name: person.name })}</span>
        <span aria-hidden="true">{person.name}</span>
      </h1>
      <p id={aboutId} class={styles.about}>
        {t('asksForHelp', { scenario: scenario.name })}
      </p>
      {facts.length > 0 && (
        <div class={styles.facts}>
          <FactList facts={facts} />
        </div>
      )}
      <div class={styles.actions}>
        <button type="button" class={`${styles.action} ${styles.decline}`} onClick={() => engine.call.decline()}>
          <span>
            <Icon node={PhoneOff} size={28} />
          </span>
          {t('decline')}
        </button>
        <button
          type="button"
          class={`${styles.action} ${styles.answer}`}
          disabled={answering}
          onClick={() => engine.call.answer()}
        >
          <span>
            <Icon node={Video} size={28} />
          </span>
          {t('answer')}
        </button>
      </div>
      <p class={styles.left}>{answering ? t('answering') : t('ringsFor', { time: format.duration(leftMs) })}</p>
    </div>
  );
}
