import type { ComponentType } from 'preact';
import type { ChatItem } from '../lib/engine/api.ts';
import type { FeatureProps, StillProps } from './call-features.ts';
import styles from './message-item.module.css';
import { splitLinks } from './split-links.ts';
import { useI18n } from './view-context.ts';

export interface MessageItemProps extends FeatureProps {
  readonly item: ChatItem;
  readonly Still: ComponentType<StillProps> | undefined;
}

const DELIVERY = { sending: 'deliverySending', delivered: 'deliveryDelivered', seen: 'deliverySeen' } as const;

export function MessageItem({ item, Still, engine, view }: MessageItemProps) {
  const { t, format } = useI18n();
  const { mine, author, text, at, delivery, stillId } = item;
  const by = t('messageBy', { author: mine ? t('you') : author, time: format.time(at) });
  return (
    <div class={`${styles.item} ${mine ? styles.mine : ''}`}>
      {stillId !== undefined && Still && <Still engine={engine} view={view} stillId={stillId} mine={mine} />}
      {text !== '' && (
        <p class={styles.text} dir="auto">
          <LinkedText text={text} />
        </p>
      )}
      <p class={styles.by}>
        {by}
        {mine && ` · ${t(DELIVERY[delivery])}`}
      </p>
    </div>
  );
}

function LinkedText({ text }: { readonly text: string }) {
  const { t } = useI18n();
  return (
    <>
      {splitLinks(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a
            key={index}
            href={part.href}
            title={t('linkOpensNewTab', { address: part.href })}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            <bdi>{part.text}</bdi>
          </a>
        ),
      )}
    </>
  );
}
