import styles from './call-dialogs.module.css';
import type { FeatureProps } from './call-features.ts';
import { FactList } from './caller-information.tsx';
import { DeviceChooser } from './device-chooser.tsx';
import { Dialog } from './dialog.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { VerifyDialog } from './verify-dialog.tsx';
import { useI18n } from './view-context.ts';

/** The dialog that is open in a call, if any. */
export function CallDialogs({ engine, view }: FeatureProps) {
  const { t } = useI18n();
  const close = () => view.setDialog('none');
  switch (view.dialog.value) {
    case 'verify':
      return <VerifyDialog call={engine.call} onClose={close} />;
    case 'devices':
      return (
        <Dialog title={t('devices')} onClose={close}>
          <DeviceChooser media={engine.media} />
        </Dialog>
      );
    case 'shortcuts':
      return <ShortcutsDialog view={view} onClose={close} />;
    case 'facts':
      return (
        <Dialog title={t('sharedFacts')} onClose={close}>
          <p class={styles.how}>{t('sharedFactsHow')}</p>
          <FactList facts={engine.call.ownFacts.value} />
        </Dialog>
      );
    case 'none':
      return null;
  }
}
