import { Volume2 } from 'lucide';
import { useId } from 'preact/hooks';
import type { MediaModel, SettingsModel } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import styles from './ring-settings.module.css';
import { Switch } from './switch.tsx';
import { useI18n } from './view-context.ts';

/** How a call makes itself noticed. */
export function RingSettings({ settings, media }: { readonly settings: SettingsModel; readonly media: MediaModel }) {
  const { t, format } = useI18n();
  const volumeId = useId();
  const { ring } = settings.current.value;
  const change = (part: Partial<typeof ring>) => settings.update({ ring: { ...ring, ...part } });
  return (
    <>
      <Switch label={t('ringSound')} checked={ring.sound} onChange={(sound) => change({ sound })} />
      <div class={styles.volume}>
        <label for={volumeId}>{t('ringVolume')}</label>
        <input
          id={volumeId}
          type="range"
          min="0"
          max="1"
          step="0.05"
          value={ring.volume}
          disabled={!ring.sound}
          aria-valuetext={format.percent(ring.volume)}
          onChange={({ currentTarget }) => change({ volume: Number(currentTarget.value) })}
        />
        <Button icon={Volume2} onClick={() => media.playTestSound()}>
          {t('testSound')}
        </Button>
      </div>
      <Switch
        label={t('ringNotification')}
        hint={t('ringNotificationHow')}
        checked={ring.notification}
        onChange={(notification) => change({ notification })}
      />
    </>
  );
}
