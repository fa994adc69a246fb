import { Copy, QrCode as QrIcon, UserPlus } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DeskModel, SessionCode } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import { createLazy } from './create-lazy.tsx';
import { groupDigits } from './group-digits.ts';
import { parseUrl } from './parse-url.ts';
import styles from './session-code.module.css';
import { useView } from './view-context.ts';

const LazyQrCode = createLazy(async () => (await import('./qr-code.tsx')).QrCode);

/** Starts a session, and shows its code while it waits to be used. */
export function NewSession({ desk }: { readonly desk: DeskModel }) {
  const { i18n } = useView();
  const { t } = i18n.value;
  const code = desk.code.value;
  const isOnline = desk.state.value.kind === 'online';
  if (code) return <CodeCard code={code} onCancel={() => desk.cancelCode()} />;
  return (
    <div class={styles.start}>
      <Button
        variant="primary"
        large
        wide
        icon={UserPlus}
        title={isOnline ? undefined : t('deskOffline')}
        disabled={!isOnline}
        onClick={() => desk.createCode()}
      >
        {t('newSession')}
      </Button>
      <p class={styles.hint}>{t('newSessionHint')}</p>
    </div>
  );
}

function CodeCard({ code: { code, link, expiresAt }, onCancel }: { readonly code: SessionCode; onCancel(): void }) {
  const { i18n, now, copy } = useView();
  const { t, format } = i18n.value;
  const [showsQr, setShowsQr] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const card = useRef<HTMLDivElement | null>(null);
  const digits = groupDigits(code);

  // The button that was pressed has gone, so the focus goes to the first thing to do next.
  useLayoutEffect(() => card.current?.querySelector('button')?.focus(), []);

  return (
    <div ref={card} class={styles.card}>
      <p class={styles.title}>{t('sessionCodeTitle')}</p>
      <p role="status" aria-label={t('sessionCode', { code: digits })} class={styles.digits}>
        <bdi dir="ltr">{digits}</bdi>
      </p>
      <p class={styles.about}>
        {t('sessionCodeHow', { place: parseUrl(link)?.host ?? link })}
        <br />
        <span class={styles.countdown}>
          {t('sessionCodeExpires', { time: format.duration(Math.max(0, expiresAt - now.value)) })}
        </span>
      </p>
      <div class={styles.actions}>
        <Button
          variant="primary"
          icon={Copy}
          onClick={() => {
            copy(link);
            setCopied(true);
          }}
        >
          {t('copyLink')}
        </Button>
        <Button icon={QrIcon} aria-expanded={showsQr} onClick={() => setShowsQr(!showsQr)}>
          {t('showQrCode')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
      <p role="status" class={isCopied ? styles.copied : 'visually-hidden'}>
        {isCopied && t('linkCopied')}
      </p>
      {showsQr && <LazyQrCode text={link} label={t('qrCodeLabel', { code: digits })} class={styles.qr} />}
    </div>
  );
}
