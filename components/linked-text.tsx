import { splitLinks } from './split-links.ts';
import { useI18n } from './view-context.ts';

/** A message with its web addresses as links. */
export function LinkedText({ text }: { readonly text: string }) {
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
