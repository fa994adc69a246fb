import { signal } from '@preact/signals';
import { Camera } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { CallFeature, FeatureProps, LayerProps, StillProps } from './call-features.ts';
import { IconButton } from './icon-button.tsx';
import { surfaceOf } from './ink-feature.tsx';
import { useLazy } from './use-lazy.ts';
import { useI18n } from './view-context.ts';

const loadFrame = () => import('./still-frame.ts');
const loadDialogs = () => import('./still-dialog.tsx');
const loadMessage = async () => (await import('./still-message.tsx')).StillMessage;

interface Opened {
  readonly id: string;
  readonly mode: 'draw' | 'look';
  readonly from: string;
}

export interface StillFeatureOptions {
  /** Whether this page has "Freeze" among its tools: a headset's row is for what its wearer needs. */
  readonly canFreeze: boolean;
}

/** "Freeze": a still of the large picture, to draw on and to send; and the stills that come. One for each page. */
export function createStillFeature({ canFreeze }: StillFeatureOptions): CallFeature {
  const frozen = signal<{ readonly surface: string; readonly video: HTMLVideoElement } | null>(null);
  const opened = signal<Opened | null>(null);

  function FreezeButton({ engine }: FeatureProps) {
    const { t } = useI18n();
    const hasPicture = frozen.value !== null;
    const freeze = () => {
      const picture = frozen.peek();
      if (picture === null) return;
      const local = loadFrame().then(({ takeFrame }) => takeFrame(picture.video));
      opened.value = { id: engine.stills.freeze(picture.surface, local), mode: 'draw', from: '' };
    };
    return (
      <IconButton
        icon={Camera}
        label={t('freeze')}
        tip={t(hasPicture ? 'freezeTip' : 'freezeNoPicture')}
        disabled={!hasPicture}
        onClick={freeze}
      />
    );
  }

  function PictureWatch({ engine, picture, video }: LayerProps) {
    const surface = surfaceOf(engine, picture);
    useLazy(loadFrame);
    useEffect(() => {
      frozen.value = surface !== null && video !== null ? { surface, video } : null;
      return () => (frozen.value = null);
    }, [surface, video]);
    return null;
  }

  function Dialogs({ engine }: FeatureProps) {
    const dialogs = useLazy(loadDialogs);
    const [arrival] = engine.stills.arrivals.value;
    const shown: Opened | null =
      opened.value ?? (arrival ? { id: arrival.stillId, mode: 'look', from: arrival.from } : null);
    const still = shown && engine.stills.stills.value.find(({ id }) => id === shown.id);
    if (!dialogs || !shown || !still) return null;
    const close = () => {
      opened.value = null;
      engine.stills.closeArrival(shown.id);
    };
    const { AnnotateStill, ReceivedStill } = dialogs;
    return shown.mode === 'draw' ? (
      <AnnotateStill key={shown.id} engine={engine} still={still} onClose={close} />
    ) : (
      <ReceivedStill
        key={shown.id}
        engine={engine}
        still={still}
        from={shown.from}
        onClose={close}
        onDraw={() => {
          engine.stills.closeArrival(shown.id);
          opened.value = { ...shown, mode: 'draw' };
        }}
      />
    );
  }

  function Still({ engine, stillId, author }: StillProps) {
    const StillMessage = useLazy(loadMessage);
    if (!StillMessage) return null;
    const open = () => (opened.value = { id: stillId, mode: 'look', from: author });
    return <StillMessage engine={engine} stillId={stillId} onOpen={open} />;
  }

  const freezing = canFreeze ? { Tools: FreezeButton, Layer: PictureWatch } : {};
  return { id: 'still', ...freezing, Surface: Dialogs, Still };
}
