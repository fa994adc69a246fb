import { signal, useComputed } from '@preact/signals';
import { Pencil } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import type { CallFeature, FeatureProps, LayerProps } from './call-features.ts';
import { DrawingToolbar } from './drawing-toolbar.tsx';
import { IconButton } from './icon-button.tsx';
import { InkCanvas } from './ink-canvas.tsx';
import styles from './ink-feature.module.css';
import { InkSurface } from './ink-surface.tsx';
import { pictureLabel } from './picture-label.ts';
import { listPictures, mainPicture, type Picture } from './pictures.ts';
import { useDrawingKeys } from './use-drawing-keys.ts';
import { useI18n } from './view-context.ts';

/** "Annotate": ink over the large picture, live. One for each page: it remembers whether this page is drawing. */
export function createInkFeature(): CallFeature {
  const isDrawing = signal(false);
  const stop = () => (isDrawing.value = false);

  function AnnotateButton({ engine, view }: FeatureProps) {
    const { t } = useI18n();
    const main = mainPicture(listPictures(engine.call.people.value), view.chosenPicture.value);
    const hasPicture = main?.stream !== null && main !== undefined;
    return (
      <IconButton
        icon={Pencil}
        label={t('annotate')}
        tip={t(hasPicture ? (isDrawing.value ? 'annotateOffTip' : 'annotateOnTip') : 'annotateNoPicture')}
        tone={isDrawing.value ? 'on' : 'plain'}
        aria-pressed={isDrawing.value}
        disabled={!hasPicture && !isDrawing.value}
        onClick={() => (isDrawing.value = !isDrawing.value)}
      />
    );
  }

  function InkLayer({ engine, picture, video }: LayerProps) {
    const { t } = useI18n();
    const surface = surfaceOf(engine, picture);
    const isOn = isDrawing.value && video !== null;
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

  return { id: 'ink', Tools: AnnotateButton, Layer: InkLayer };
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

/** Names of pictures are names of surfaces, but for one's own camera. */
function surfaceOf({ desk }: Engine, picture: Picture): string | null {
  if (!picture.mine) return picture.id;
  const identity = desk.identity.value;
  return identity.kind === 'known' ? `camera:${identity.personId}` : null;
}

export function nameOf({ call }: Engine, author: string): string | undefined {
  return call.people.peek().find(({ person }) => person.personId === author)?.person.name;
}
