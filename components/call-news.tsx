import { AskLine } from './ask-line.tsx';
import type { FeatureProps } from './call-features.ts';
import styles from './call-news.module.css';
import { useI18n } from './view-context.ts';

/** What happens while one looks elsewhere: shown as a line above the toolbar, or only read out where it is seen anyway. */
export function CallNews({ engine, view }: FeatureProps) {
  const { t, format } = useI18n();
  const people = engine.call.people.value;
  const name = format.list(people.map(({ person }) => person.name));
  const last = engine.messages.items.value.findLast((item) => !item.mine);
  const isUnread = engine.messages.unread.value > 0 && !view.messagesOpen.value;
  const cameras = people.map(({ person, media }) =>
    t(media.camera === 'on' ? 'cameraIsOnOf' : 'cameraIsOffOf', { name: person.name }),
  );
  return (
    <div class={styles.news}>
      <AskLine consent={engine.consent} name={name} />
      <p role="status" class={view.talking.value ? styles.talking : 'visually-hidden'}>
        {view.talking.value && t('talking')}
      </p>
      <p role="status" class="visually-hidden">
        {isUnread && last && t('newMessageFrom', { name: last.author, text: last.text })}
      </p>
      <p role="status" class="visually-hidden">
        {cameras.join(' ')}
      </p>
    </div>
  );
}
