import { signal, useComputed } from '@preact/signals';
import { Pencil } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { CallFeature, LayerProps } from './call-features.ts';
import { DrawingToolbar } from './drawing-toolbar.tsx';
import { IconButton } from './icon-button.tsx';
import { InkCanvas } from './ink-canvas.tsx';
import styles from './ink-feature.module.css';
import { InkSurface } from './ink-surface.tsx';
import { pictureLabel } from './picture-label.ts';
import type { Picture } from './pictures.ts';
import { useDrawingKeys } from './use-drawing-keys.ts';
import { useI18n } from './view-context.ts';

/** "Annotate": ink over the large picture, live. One for each page: it remembers whether this page is drawing. */
export function createInkFeature(): CallFeature {
  const isDrawing = signal(false);
  const stop = () => (isDrawing.value = false);

  // Known to the layer, which stands over the picture; the button is elsewhere.
  const hasPicture = signal(false);

  function AnnotateButton() {
    const { t } = useI18n();
    const isOn = isDrawing.value;
    return (
      <IconButton
        icon={Pencil}
        label={t('annotate')}
        tip={t(hasPicture.value ? (isOn ? 'annotateOffTip' : 'annotateOnTip') : 'annotateNoPicture')}
        tone={isOn ? 'on' : 'plain'}
        aria-pressed={isOn}
        disabled={!hasPicture.value && !isOn}
        onClick={() => (isDrawing.value = !isOn)}
      />
    );
  }

  function InkLayer({ engine, picture, video }: LayerProps) {
    const { t } = useI18n();
    const surface = surfaceOf(engine, picture);
    const isOn = isDrawing.value && video !== null;
    const isReady = surface !== null && video !== null;
    useEffect(() => {
      hasPicture.value = isReady;
      return () => (hasPicture.value = false);
    }, [isReady]);
    useDrawingKeys(engine.ink, isOn ? surface : null, stop);
    if (surface === null || video === null) return null;
    return (
      <>
        <InkCanvas ink={engine.ink} surface={surface} picture={video} nameOf={(author) => nameOf(engine, author)} />
        {isOn && (
          <>
            <InkSurface ink={engine.ink} surface={surface} picture={video} label={pictureLabel(picture, t)} />
            <div class={styles.tools}>
              <WhereItShows engine={engine} picture={picture} />
              <DrawingToolbar ink={engine.ink} surface={surface} onDone={stop} />
            </div>
          </>
        )}
      </>
    );
  }

  return { id: 'ink', Tools: AnnotateButton, Layer: InkLayer, wantsPicture };
}

/** On a screen or window the ink can't be painted where the other person looks, and whoever draws should know. */
function WhereItShows({ engine, picture }: { readonly engine: Engine; readonly picture: Picture }) {
  const { t } = useI18n();
  const shared = useComputed(
    () => engine.call.people.value.find(({ person }) => picture.id === `screen:${person.personId}`)?.media.screen,
  );
  if (picture.kind !== 'screen' || shared.value === 'tab' || shared.value === undefined) return null;
  return <p class={styles.note}>{t('inkOnPreviewOnly', { name: picture.name })}</p>;
}

/** Names of pictures are names of surfaces, but for one's own. */
function surfaceOf(engine: Engine, picture: Picture): string | null {
  const self = ownId(engine);
  return !picture.mine ? picture.id : self === null ? null : `${picture.kind}:${self}`;
}

function ownId({ desk }: Engine): string | null {
  const identity = desk.identity.value;
  return identity.kind === 'known' ? identity.personId : null;
}

/** What others draw on has to be seen: one's own picture becomes the large one while their ink is on it. */
function wantsPicture(engine: Engine): string | null {
  const self = ownId(engine);
  const isDrawnOn = (surface: string) =>
    engine.ink.shown.value.some((stroke) => stroke.surface === surface && stroke.author !== self);
  if (isDrawnOn(`camera:${self}`)) return 'self';
  return isDrawnOn(`screen:${self}`) ? 'self-screen' : null;
}

export function nameOf({ call }: Engine, author: string): string | undefined {
  return call.people.peek().find(({ person }) => person.personId === author)?.person.name;
}
