import { Camera, Download, PencilLine, Send, Trash2 } from 'lucide';
import { useId, useRef, useState } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import type { Still } from '../lib/state/still-types.ts';
import { Button } from './button.tsx';
import { DrawingToolbar } from './drawing-toolbar.tsx';
import { Icon } from './icon.tsx';
import { InkSurface } from './ink-surface.tsx';
import styles from './still-dialog.module.css';
import { flatten, saveAs } from './still-frame.ts';
import { StillPicture } from './still-picture.tsx';
import { useDrawingKeys } from './use-drawing-keys.ts';
import { useModal } from './use-modal.ts';
import { useI18n } from './view-context.ts';

export interface AnnotateStillProps {
  readonly engine: Engine;
  readonly still: Still;
  onClose(): void;
}

/** "Annotate still": draw, then send, save or discard. The call goes on behind it. */
export function AnnotateStill({ engine, still, onClose }: AnnotateStillProps) {
  const { t } = useI18n();
  const titleId = useId();
  const [image, setImage] = useState<HTMLImageElement | null>(null);
  const discardButton = useRef<HTMLButtonElement | null>(null);
  const hasInk = engine.ink.possible.value.get(still.surface)?.clear === true;
  const discard = () => {
    engine.stills.discard(still.id);
    onClose();
  };
  // A press too many must not throw a drawing away: with one, Escape only goes to the button that does.
  const leave = () => (hasInk ? discardButton.current?.focus() : discard());
  useDrawingKeys(engine.ink, still.surface, leave);
  return (
    <StillWindow labelledBy={titleId} onEscape={leave}>
      <header class={styles.header}>
        <h2 id={titleId} class="visually-hidden">
          {t('annotateStill')}
        </h2>
        <StillState still={still} />
      </header>
      <StillPicture
        engine={engine}
        still={still}
        onImage={setImage}
        over={(picture) => <InkSurface ink={engine.ink} surface={still.surface} picture={picture} label={t('still')} />}
      />
      <footer class={styles.footer}>
        <DrawingToolbar ink={engine.ink} surface={still.surface} hasFading={false} />
        <div class={styles.actions}>
          <button ref={discardButton} type="button" class={styles.quiet} onClick={discard}>
            <Icon node={Trash2} size={18} />
            {t('stillDiscard')}
          </button>
          <SaveButton engine={engine} still={still} image={image} />
          <Button
            variant="primary"
            icon={Send}
            disabled={still.state === 'failed' || engine.call.state.value.kind !== 'active'}
            onClick={() => {
              engine.stills.send(still.id);
              onClose();
            }}
          >
            {t('stillSend')}
          </Button>
        </div>
      </footer>
    </StillWindow>
  );
}

export interface ReceivedStillProps extends AnnotateStillProps {
  readonly from: string;
  onDraw(): void;
}

/** "Picture from …": look at it, save it, draw on it and send it back. */
export function ReceivedStill({ engine, still, from, onClose, onDraw }: ReceivedStillProps) {
  const { t } = useI18n();
  const titleId = useId();
  const [image, setImage] = useState<HTMLImageElement | null>(null);
  return (
    <StillWindow labelledBy={titleId} onEscape={onClose}>
      <header class={styles.header}>
        <h2 id={titleId} class={styles.title}>
          {t('stillFrom', { name: from })}
        </h2>
      </header>
      <StillPicture engine={engine} still={still} onImage={setImage} />
      <footer class={styles.footer}>
        <div class={styles.actions}>
          {engine.call.state.value.kind === 'active' && (
            <Button icon={PencilLine} onClick={onDraw}>
              {t('stillDraw')}
            </Button>
          )}
          <SaveButton engine={engine} still={still} image={image} />
          <Button variant="primary" data-first-focus="" onClick={onClose}>
            {t('close')}
          </Button>
        </div>
      </footer>
    </StillWindow>
  );
}

interface SaveButtonProps {
  readonly engine: Engine;
  readonly still: Still;
  readonly image: HTMLImageElement | null;
}

function SaveButton({ engine, still, image }: SaveButtonProps) {
  const { t } = useI18n();
  const save = async () => {
    if (image === null) return;
    const strokes = engine.ink.shown.peek().filter(({ surface }) => surface === still.surface);
    const file = await flatten(image, strokes);
    if (file) saveAs(file, `${t('stillFileName')}-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.png`);
  };
  return (
    <Button icon={Download} disabled={still.url === null} onClick={() => void save()}>
      {t('stillSave')}
    </Button>
  );
}

/** What the picture is, and how much of it is here. */
function StillState({ still }: { readonly still: Still }) {
  const { t, format } = useI18n();
  const { state, isFull, width, height, progress } = still;
  const size = width > 0 ? t('stillOf', { width: format.number(width), height: format.number(height) }) : t('still');
  const news =
    state === 'failed'
      ? t('stillFailed')
      : state === 'arriving'
        ? t('stillArriving', { percent: format.percent(Math.round(progress * 100) / 100) })
        : state === 'waiting'
          ? t('stillWaiting')
          : t(isFull ? 'stillLive' : 'stillLocalOnly');
  return (
    <>
      <p class={styles.chip}>
        <Icon node={Camera} size={16} />
        {size}
      </p>
      <p class={styles.chip} role="status">
        {news}
      </p>
    </>
  );
}

interface StillWindowProps {
  readonly labelledBy: string;
  readonly children: preact.ComponentChildren;
  onEscape(): void;
}

/** A modal as large as the window: the picture needs the room. */
function StillWindow({ labelledBy, children, onEscape }: StillWindowProps) {
  const element = useModal();
  return (
    <dialog
      ref={element}
      aria-labelledby={labelledBy}
      class={`stage ${styles.window}`}
      onKeyDown={(event) => {
        // What was not for a pen or a menu inside goes to the one who decides about leaving.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onEscape();
      }}
      onCancel={(event) => event.preventDefault()}
    >
      {children}
    </dialog>
  );
}
