import type { ComponentType } from 'preact';
import type { ChatItem } from '../lib/engine/api.ts';
import type { FeatureProps, StillProps } from './call-features.ts';
import { createLazy } from './create-lazy.tsx';
import styles from './message-item.module.css';
import { useI18n } from './view-context.ts';

export interface MessageItemProps extends FeatureProps {
  readonly item: ChatItem;
  readonly Still: ComponentType<StillProps> | undefined;
}

const DELIVERY = { sending: 'deliverySending', delivered: 'deliveryDelivered', seen: 'deliverySeen' } as const;

export function MessageItem({ item, Still, engine, view }: MessageItemProps) {
  const { t, format } = useI18n();
  const { mine, author, text, at, delivery, stillId } = item;
  const shownAuthor = mine ? t('you') : author;
  const by = t('messageBy', { author: shownAuthor, time: format.time(at) });
  return (
    <div class={`${styles.item} ${mine ? styles.mine : ''}`}>
      {stillId !== undefined && Still && <Still engine={engine} view={view} stillId={stillId} author={shownAuthor} />}
      {text !== '' && (
        <p class={styles.text} dir="auto">
          <LazyText text={text} />
        </p>
      )}
      <p class={styles.by}>
        {by}
        {mine && ` · ${t(DELIVERY[delivery])}`}
      </p>
    </div>
  );
}

/** What finds addresses in a text knows every top-level domain: it comes with the first message, not with the page. */
const LazyText = createLazy(
  async () => (await import('./linked-text.tsx')).LinkedText,
  ({ text }: { readonly text: string }) => <>{text}</>,
);
