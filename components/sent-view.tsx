import { useEffect, useRef, useState } from 'preact/hooks';
import type { CobrowseShareModel, SharedTabView } from '../lib/state/cobrowse-share-api.ts';
import { connectSent, type PageSize, type SentPort } from './sent-port.ts';
import styles from './seen-section.module.css';
import { useGone } from './use-gone.ts';
import { useI18n } from './view-context.ts';

export interface SentViewProps {
  readonly tabs: readonly SharedTabView[];
  readonly share: CobrowseShareModel;
  readonly name: string;
  readonly playerHref: string;
}

/** The stream that leaves this machine, drawn by the same page that draws it for the expert. */
export function SentView({ tabs, share, name, playerHref }: SentViewProps) {
  const { t } = useI18n();
  const frame = useRef<HTMLIFrameElement | null>(null);
  const [port, setPort] = useState<SentPort | null>(null);
  const [size, setSize] = useState<PageSize>({ width: 1280, height: 800 });
  const shown = (tabs.find(({ active }) => active) ?? tabs[0])?.tabId ?? 0;
  const kept = tabs.map(({ tabId }) => tabId).join(' ');

  useGone(
    (signal) => {
      if (frame.current !== null) setPort(connectSent({ frame: frame.current, share, onSize: setSize, signal }));
    },
    [share],
  );
  useEffect(() => port?.show(shown, kept.split(' ').map(Number)), [port, shown, kept]);
  useEffect(() => port?.fit(size, frame.current?.clientWidth ?? 0), [port, size]);

  return (
    <iframe
      ref={frame}
      src={playerHref}
      title={t('seenMirrorFrame', { name })}
      tabIndex={-1}
      class={styles.mirror}
      style={{ aspectRatio: `${size.width} / ${size.height}` }}
    />
  );
}
