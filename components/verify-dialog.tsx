import { ShieldCheck } from 'lucide';
import type { CallModel } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { useI18n } from './view-context.ts';
import styles from './verify-dialog.module.css';

/** Words that both sides read to each other: if they differ, somebody sits in between. */
export function VerifyDialog({ call, onClose }: { readonly call: CallModel; onClose(): void }) {
  const { t, format } = useI18n();
  const words = call.verification.value;
  const names = format.list(call.people.value.map(({ person }) => person.name));
  const isVerified = call.verified.value;
  return (
    <Dialog title={t('verifyConnection')} onClose={onClose}>
      <div class={styles.body}>
        {words === null ? (
          <p>{t('verifyNone')}</p>
        ) : (
          <>
            <p>{t('verifyHow', { name: names })}</p>
            <ol class={styles.words} aria-label={t('verifyWords')}>
              {words.map((word, index) => (
                <li key={index}>{word}</li>
              ))}
            </ol>
            {isVerified ? (
              <p class={styles.done} role="status">
                <Icon node={ShieldCheck} size={18} />
                {t('verifyDone')}
              </p>
            ) : (
              <Button
                variant="primary"
                wide
                onClick={() => {
                  call.markVerified();
                  onClose();
                }}
              >
                {t('verifySame')}
              </Button>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
