import { Volume2 } from 'lucide';
import type { MediaModel } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import styles from './device-chooser.module.css';
import { Field } from './field.tsx';
import { LevelMeter } from './level-meter.tsx';
import { useI18n } from './view-context.ts';

/** Microphone with its level, camera, and loudspeaker with a test sound; a choice acts at once, also in a call. */
export function DeviceChooser({ media }: { readonly media: MediaModel }) {
  const { t } = useI18n();
  const { microphones, cameras, speakers } = media.devices.value;
  const chosen = media.chosen.value;
  return (
    <div class={styles.root}>
      <div class={styles.group}>
        <DeviceField
          label={t('microphone')}
          none={t('noMicrophone')}
          devices={microphones}
          chosen={chosen.mic}
          onChoose={(id) => media.choose('mic', id)}
        />
        <LevelMeter media={media} />
      </div>
      <DeviceField
        label={t('cameraDevice')}
        none={t('noCamera')}
        devices={cameras}
        chosen={chosen.camera}
        onChoose={(id) => media.choose('camera', id)}
      />
      <div class={styles.group}>
        <DeviceField
          label={t('speaker')}
          none={t('speakerSystem')}
          devices={speakers}
          chosen={chosen.speaker}
          onChoose={(id) => media.choose('speaker', id)}
        />
        <div>
          <Button icon={Volume2} onClick={() => media.playTestSound()}>
            {t('testSound')}
          </Button>
        </div>
      </div>
    </div>
  );
}

interface DeviceFieldProps {
  readonly label: string;
  /** Shown when there is nothing to choose from. */
  readonly none: string;
  readonly devices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: string;
  onChoose(id: string): void;
}

function DeviceField({ label, none, devices, chosen, onChoose }: DeviceFieldProps) {
  const { t } = useI18n();
  return (
    <Field
      label={label}
      control={(props) => (
        <select
          {...props}
          value={chosen}
          disabled={devices.length === 0}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {devices.length === 0 && <option value="">{none}</option>}
          {devices.map(({ id, label: name }, index) => (
            <option key={id} value={id}>
              {name === '' ? t('unnamedDevice', { number: index + 1 }) : name}
            </option>
          ))}
        </select>
      )}
    />
  );
}
