import { useId, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import styles from './customer-home.module.css';
import { HelpForm } from './help-form.tsx';
import { JoinForm } from './join-form.tsx';
import { QueueCard } from './queue-card.tsx';
import { reasonText } from './reason-text.ts';
import { Section } from './section.tsx';
import { useI18n } from './view-context.ts';

export interface CustomerHomeProps {
  readonly engine: Engine;
  /** Digits from a link. */
  readonly code?: string;
  readonly isLarge?: boolean;
}

/** A customer between two calls: join by a code, or ask for help. */
export function CustomerHome({ engine, code = '', isLarge = false }: CustomerHomeProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const { desk, settings } = engine;
  const joinId = useId();
  const helpId = useId();
  const [tried, setTried] = useState<'join' | 'help' | null>(null);
  const queue = desk.queue.value;
  const reason = desk.error.value;
  const state = desk.state.value;
  // One name for both forms; the second comes when the desk has said what one can be helped with.
  const [name, setName] = useState(settings.current.value.name);
  const error = reason === null ? undefined : reasonText(reason, i18n);

  if (queue) return <QueueCard position={queue.position} onCancel={() => desk.cancelHelp()} />;
  return (
    <div class={styles.home}>
      <Section id={helpId} title={t('helpTitle')}>
        <HelpForm
          scenarios={desk.scenarios.value}
          name={name}
          onName={setName}
          error={tried === 'help' ? error : undefined}
          isOff={state.kind === 'offline'}
          isLarge={isLarge}
          onHelp={(scenarioId, as) => {
            setTried('help');
            desk.getHelp(scenarioId, as);
          }}
        />
      </Section>
      <p class={styles.or}>{t('or')}</p>
      <Section id={joinId} title={t('joinTitle')}>
        <p class={styles.hint}>{t('joinHint')}</p>
        <JoinForm
          code={code}
          name={name}
          onName={setName}
          error={tried === 'help' ? undefined : error}
          isLarge={isLarge}
          onJoin={(digits, as) => {
            setTried('join');
            desk.join(digits, as);
          }}
        />
      </Section>
    </div>
  );
}
