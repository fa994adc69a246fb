import { signal } from '@preact/signals';
import { Pencil } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { CallFeature, LayerProps } from './call-features.ts';
import { IconButton } from './icon-button.tsx';
import { ownId } from './own-id.ts';
import type { Picture } from './pictures.ts';
import { useLazy } from './use-lazy.ts';
import { useI18n } from './view-context.ts';

/** What draws comes when a call is on screen: a page's first load is without it. */
const loadLayer = async () => (await import('./ink-layer.tsx')).InkOverPicture;

/** "Annotate": ink over the large picture, live. One for each page: it remembers whether this page is drawing. */
export function createInkFeature(): CallFeature {
  const isDrawing = signal(false);
  const stop = () => (isDrawing.value = false);
  // Known to the layer, which stands over the picture; the button is elsewhere.
  const drawable = signal<string | null>(null);

  function AnnotateButton() {
    const { t } = useI18n();
    const isOn = isDrawing.value;
    const hasPicture = drawable.value !== null;
    return (
      <IconButton
        icon={Pencil}
        label={t('annotate')}
        tip={t(hasPicture ? (isOn ? 'annotateOffTip' : 'annotateOnTip') : 'annotateNoPicture')}
        tone={isOn ? 'on' : 'plain'}
        aria-pressed={isOn}
        disabled={!hasPicture && !isOn}
        onClick={() => (isDrawing.value = !isOn)}
      />
    );
  }

  function InkLayer({ engine, view, picture, video }: LayerProps) {
    const InkOverPicture = useLazy(loadLayer);
    const surface = surfaceOf(engine, picture);
    const isReady = surface !== null && video !== null;
    useEffect(() => {
      drawable.value = isReady ? picture.id : null;
      return () => (drawable.value = null);
    }, [isReady, picture.id]);
    if (surface === null || video === null || InkOverPicture === null) return null;
    return (
      <InkOverPicture
        engine={engine}
        picture={picture}
        element={video}
        surface={surface}
        moved={view.zoom}
        isDrawing={isDrawing.value}
        onDone={stop}
      />
    );
  }

  return {
    id: 'ink',
    Tools: AnnotateButton,
    Layer: InkLayer,
    // What is being drawn on stays under the pen.
    wantsPicture: (engine) => (isDrawing.value && drawable.value !== null ? drawable.value : drawnOn(engine)),
  };
}

/** Names of pictures are names of surfaces, but for one's own. */
export function surfaceOf(engine: Engine, picture: Picture): string | null {
  const self = ownId(engine);
  return !picture.mine ? picture.id : self === null ? null : `${picture.kind}:${self}`;
}

/** What is drawn on has to be seen: one's own picture becomes the large one while there is ink on it. */
function drawnOn(engine: Engine): string | null {
  const self = ownId(engine);
  const surfaces = new Set(engine.ink.shown.value.map(({ surface }) => surface));
  if (surfaces.has(`camera:${self}`)) return 'self';
  // In a shared tab the page itself shows it.
  return surfaces.has(`screen:${self}`) && engine.ink.inPage.value === null ? 'self-screen' : null;
}
