import { useComputed } from '@preact/signals';
import { MicOff, ShieldCheck } from 'lucide';
import { useState } from 'preact/hooks';
import { CallCover } from './call-cover.tsx';
import type { CallScreenProps } from './call-screen.tsx';
import styles from './call-stage.module.css';
import { ConnectionStatus } from './connection-status.tsx';
import { Icon } from './icon.tsx';
import { ownId } from './own-id.ts';
import { PictureView } from './picture-view.tsx';
import { pictureLabel } from './picture-label.ts';
import { arrangePictures, ownPicture, ownScreen } from './pictures.ts';
import { SelfView } from './self-view.tsx';
import { useI18n } from './view-context.ts';

export interface CallStageProps extends CallScreenProps {
  /** Makes one's own rear camera the large picture, until another one is chosen. */
  readonly ownFirst?: boolean;
}

/** The pictures: the other person's is the largest thing, one's own the smallest. */
export function CallStage({ engine, view, features, state, ownFirst = false }: CallStageProps) {
  const { t } = useI18n();
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const people = engine.call.people.value;
  const own = engine.media.selfView.value;
  const shared = engine.share.state.value;
  const isRear = ownFirst && own !== null && !engine.media.mirrorSelfView.value;
  // Asked of the ink with every point that is drawn, and seldom different.
  const wanted = useComputed(
    () => features.map((feature) => feature.wantsPicture?.(engine) ?? null).find((id) => id !== null) ?? null,
  ).value;
  // Whoever draws has the pointer in hand, and with it all the frames that there are.
  const othersDraw = useComputed(() => {
    const self = ownId(engine);
    return engine.ink.shown.value.some(({ author, live, stay }) => author !== self && (live || !stay));
  }).value;
  const { main, others } = arrangePictures(people, {
    own: [
      ...(own ? [ownPicture(own)] : []),
      ...(shared.kind === 'on' ? [ownScreen(shared.stream, shared.surface === 'monitor')] : []),
    ],
    chosen: view.chosenPicture.value,
    wanted,
    isRear,
  });
  const isReconnecting = state.reconnectingSince !== null;
  return (
    <div class={styles.stage}>
      {main && <PictureView key={main.id} picture={main} size="main" onElement={setVideo} />}
      {main &&
        features.map(
          ({ id, Layer }) => Layer && <Layer key={id} engine={engine} view={view} picture={main} video={video} />,
        )}
      <CallCover engine={engine} state={state} />
      <div class={styles.chips}>
        <ConnectionStatus
          quality={engine.call.quality.value}
          isReconnecting={isReconnecting}
          isOpen={view.numbersOpen.value}
          onToggle={(open) => view.setNumbersOpen(open)}
        />
        {engine.call.verified.value && (
          <span class={styles.chip}>
            <Icon node={ShieldCheck} size={16} />
            {t('verified')}
          </span>
        )}
        {people
          .filter(({ media }) => media.mic !== 'on')
          .map(({ person }) => (
            <span key={person.personId} class={styles.chip}>
              <Icon node={MicOff} size={16} />
              <span class={styles.chipText}>{t('theirMicMuted', { name: person.name })}</span>
            </span>
          ))}
      </div>
      {others.length > 0 && (
        <ul class={styles.others}>
          {others.map((picture) => (
            <li key={picture.id}>
              <PictureView picture={picture} size="thumb" isPainted={othersDraw} />
              <button
                type="button"
                class={styles.choose}
                aria-label={t('enlarge', { picture: pictureLabel(picture, t) })}
                onClick={() => view.choosePicture(picture.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {!isRear && wanted !== 'self' && <SelfView media={engine.media} view={view} isPainted={othersDraw} />}
    </div>
  );
}
