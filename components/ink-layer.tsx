import type { ReadonlySignal } from '@preact/signals';
import type { Engine } from '../lib/engine/api.ts';
import { DrawingToolbar } from './drawing-toolbar.tsx';
import { InkCanvas } from './ink-canvas.tsx';
import type { PictureElement } from './ink-geometry.ts';
import styles from './ink-layer.module.css';
import { InkSurface } from './ink-surface.tsx';
import { pictureLabel } from './picture-label.ts';
import type { Picture } from './pictures.ts';
import { useDrawingKeys } from './use-drawing-keys.ts';
import { useI18n } from './view-context.ts';

export interface InkOverPictureProps {
  readonly engine: Engine;
  readonly picture: Picture;
  readonly element: PictureElement;
  readonly surface: string;
  /** Changes when the picture is moved under the ink without changing its size. */
  readonly moved: ReadonlySignal<unknown>;
  readonly isDrawing: boolean;
  onDone(): void;
}

/** The ink on a live picture and, while drawing, everything to draw with. */
export function InkOverPicture(props: InkOverPictureProps) {
  const { engine, picture, element, surface, moved, isDrawing, onDone } = props;
  const { t } = useI18n();
  useDrawingKeys(engine.ink, isDrawing ? surface : null, onDone);
  return (
    <>
      <InkCanvas
        ink={engine.ink}
        surface={surface}
        picture={element}
        moved={moved}
        nameOf={(author) => nameOf(engine, author)}
      />
      {isDrawing && (
        <>
          <InkSurface
            ink={engine.ink}
            surface={surface}
            picture={element}
            moved={moved}
            label={pictureLabel(picture, t)}
          />
          <div class={styles.tools}>
            <WhereItShows engine={engine} picture={picture} />
            <DrawingToolbar ink={engine.ink} surface={surface} onDone={onDone} />
          </div>
        </>
      )}
    </>
  );
}

/** On a screen or window the ink can't be painted where the other person looks, and whoever draws should know. */
function WhereItShows({ engine, picture }: { readonly engine: Engine; readonly picture: Picture }) {
  const { t } = useI18n();
  const person = engine.call.people.value.find(({ person }) => picture.id === `screen:${person.personId}`);
  const shared = person?.media.screen ?? 'off';
  if (shared === 'off' || shared === 'tab') return null;
  return <p class={styles.note}>{t('inkOnPreviewOnly', { name: picture.name })}</p>;
}

/** The name of somebody else in the call. */
export function nameOf({ call }: Engine, author: string): string | undefined {
  return call.people.peek().find(({ person }) => person.personId === author)?.person.name;
}
