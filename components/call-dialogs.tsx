import type { FeatureProps } from './call-features.ts';
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
    case 'none':
      return null;
  }
}
