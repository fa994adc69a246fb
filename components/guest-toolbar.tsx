import { Grip, LogOut, SwitchCamera } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import { type CallFeature, listMenu } from './call-features.ts';
import { MessageButton, MuteButton, VideoButton } from './call-toolbar.tsx';
import type { CallView } from './create-call-view.ts';
import styles from './guest-toolbar.module.css';
import { IconButton } from './icon-button.tsx';
import { MenuButton } from './menu-button.tsx';
import { Toolbar } from './toolbar.tsx';
import { useI18n } from './view-context.ts';

export interface GuestToolbarProps {
  readonly engine: Engine;
  readonly view: CallView;
  readonly features: readonly CallFeature[];
}

/** Large controls whose visible words are their names: on a headset one says what one sees. */
export function GuestToolbar({ engine, view, features }: GuestToolbarProps) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <Toolbar label={t('callToolbar')} class={styles.toolbar} hasWords>
      <MuteButton engine={engine} />
      <VideoButton engine={engine} />
      <SwitchCameraButton engine={engine} />
      <MessageButton engine={engine} view={view} />
      {features.map(({ id, Tools }) => Tools && <Tools key={id} engine={engine} view={view} />)}
      <MenuButton
        label={t('options')}
        placement="above"
        entries={listMenu(features, { engine, view }, i18n)}
        trigger={(props) => <IconButton {...props} icon={Grip} label={t('options')} tip={t('optionsTip')} />}
      />
      <IconButton
        icon={LogOut}
        label={t('leave')}
        tip={t('leaveTip')}
        tone="danger"
        onClick={() => engine.call.leave()}
      />
    </Toolbar>
  );
}

/** Front or rear; only where there is something to switch to. */
function SwitchCameraButton({ engine: { media } }: { readonly engine: Engine }) {
  const { t } = useI18n();
  if (media.devices.value.cameras.length < 2) return null;
  const isOn = media.camera.value === 'on';
  return (
    <IconButton
      icon={SwitchCamera}
      label={t('switchCamera')}
      {...(isOn ? {} : { tip: t('switchCameraOff') })}
      disabled={!isOn}
      onClick={() => media.switchCamera()}
    />
  );
}
