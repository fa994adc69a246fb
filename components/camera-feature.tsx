import { Flashlight, FlashlightOff, SwitchCamera, ZoomIn, ZoomOut } from 'lucide';
import type { MediaModel } from '../lib/engine/api.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { CallFeature, FeatureProps, LayerProps } from './call-features.ts';
import styles from './camera-feature.module.css';
import { IconButton } from './icon-button.tsx';
import type { MenuEntry } from './menu-button.tsx';
import { Toolbar } from './toolbar.tsx';
import { useI18n } from './view-context.ts';

export interface CameraFeatureOptions {
  /** On a phone or headset these are buttons with words; a panel has room for them in its menu only. */
  readonly hasButtons: boolean;
}

/** The other camera, the lamp and the zoom of one's own, where the device has them. */
export function createCameraFeature({ hasButtons }: CameraFeatureOptions): CallFeature {
  return {
    id: 'camera',
    ...(hasButtons && { Tools: TorchButton, Layer: ZoomLayer }),
    menu: ({ engine: { media } }: FeatureProps, { t }: I18n): readonly MenuEntry[] => [
      ...(hasButtons ? [] : switchAndTorch(media, t)),
      ...zoomSteps(media).map(({ way, icon, name }) => ({
        id: `camera-${way}`,
        group: 2,
        icon,
        label: t(name),
        run: () => media.zoomCamera(way),
      })),
    ],
  };
}

function switchAndTorch(media: MediaModel, t: I18n['t']): readonly MenuEntry[] {
  const isOn = media.camera.value === 'on';
  const torch = media.torch.value;
  const entries: (MenuEntry | false)[] = [
    isOn &&
      media.devices.value.cameras.length > 1 && {
        id: 'switch-camera',
        group: 2,
        icon: SwitchCamera,
        label: t('switchCamera'),
        run: () => media.switchCamera(),
      },
    torch !== null && {
      id: 'torch',
      group: 2,
      icon: torch ? FlashlightOff : Flashlight,
      label: t(torch ? 'torchOff' : 'torchOn'),
      run: () => media.setTorch(!torch),
    },
  ];
  return entries.filter((entry) => entry !== false);
}

/** What can still be done: at an end of the zoom, only the way back. */
function zoomSteps(media: MediaModel) {
  const zoom = media.cameraZoom.value;
  if (zoom === null) return [];
  return [
    ...(zoom.value < zoom.max ? [{ way: 'in', icon: ZoomIn, name: 'cameraNearer' } as const] : []),
    ...(zoom.value > zoom.min ? [{ way: 'out', icon: ZoomOut, name: 'cameraFarther' } as const] : []),
  ];
}

function TorchButton({ engine: { media } }: FeatureProps) {
  const { t } = useI18n();
  const torch = media.torch.value;
  if (torch === null) return null;
  return (
    <IconButton
      icon={torch ? Flashlight : FlashlightOff}
      label={t('torch')}
      tip={t(torch ? 'torchOff' : 'torchOn')}
      tone={torch ? 'on' : 'plain'}
      aria-pressed={torch}
      onClick={() => media.setTorch(!torch)}
    />
  );
}

/** Over one's own camera while that is the large picture. */
function ZoomLayer({ engine: { media }, picture }: LayerProps) {
  const { t } = useI18n();
  const zoom = media.cameraZoom.value;
  if (zoom === null || !picture.mine || picture.kind !== 'camera') return null;
  return (
    <div class={styles.zoom}>
      <Toolbar label={t('zoom')} class={styles.toolbar} hasWords>
        <IconButton
          icon={ZoomIn}
          label={t('zoomIn')}
          disabled={zoom.value >= zoom.max}
          onClick={() => media.zoomCamera('in')}
        />
        <IconButton
          icon={ZoomOut}
          label={t('zoomOut')}
          disabled={zoom.value <= zoom.min}
          onClick={() => media.zoomCamera('out')}
        />
      </Toolbar>
    </div>
  );
}
