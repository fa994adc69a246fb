import { Grip, MessageSquare, Mic, MicOff, Pause, PhoneOff, Play, Video as VideoIcon, VideoOff } from 'lucide';
import type { Engine } from '../lib/engine/api.ts';
import { type CallFeature, listMenu } from './call-features.ts';
import styles from './call-toolbar.module.css';
import type { CallView } from './create-call-view.ts';
import { IconButton } from './icon-button.tsx';
import { MenuButton } from './menu-button.tsx';
import { Toolbar } from './toolbar.tsx';
import { useI18n } from './view-context.ts';

export interface CallToolbarProps {
  readonly engine: Engine;
  readonly view: CallView;
  readonly features: readonly CallFeature[];
}

/** The call's bar: one row at 360 px, the rarer things behind the six dots. */
export function CallToolbar({ engine, view, features }: CallToolbarProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const { call } = engine;
  const state = call.state.value;
  const isPaused = state.kind === 'active' && state.pause !== null;
  return (
    <Toolbar label={t('callToolbar')} class={styles.toolbar}>
      <MuteButton engine={engine} />
      <VideoButton engine={engine} />
      <MessageButton engine={engine} view={view} />
      {features.map(({ id, Tools }) => Tools && <Tools key={id} engine={engine} view={view} />)}
      <MenuButton
        label={t('options')}
        placement="above"
        entries={listMenu(features, { engine, view }, i18n)}
        trigger={(props) => <IconButton {...props} icon={Grip} label={t('options')} tip={t('optionsTip')} />}
      />
      <IconButton
        icon={isPaused ? Play : Pause}
        label={t('pause')}
        tip={t(isPaused ? 'resumeTip' : 'pauseTip')}
        tone={isPaused ? 'on' : 'plain'}
        aria-pressed={isPaused}
        onClick={() => call.setPaused(!isPaused)}
      />
      {call.people.value.length > 1 && (
        <IconButton icon={PhoneOff} label={t('leave')} tip={t('leaveTip')} onClick={() => call.leave()} />
      )}
      <IconButton icon={PhoneOff} label={t('exit')} tip={t('exitTip')} tone="danger" onClick={() => call.exit()} />
    </Toolbar>
  );
}

export function MuteButton({ engine: { media } }: { readonly engine: Engine }) {
  const { t } = useI18n();
  const mic = media.mic.value;
  const isMuted = mic === 'muted';
  const isMissing = mic === 'none' || mic === 'denied';
  const tips = {
    on: 'muteTip',
    starting: 'muteTip',
    muted: 'unmuteTip',
    none: 'micNone',
    denied: 'micDenied',
  } as const;
  return (
    <IconButton
      icon={isMuted || isMissing ? MicOff : Mic}
      label={t('mute')}
      tip={t(tips[mic])}
      tone={isMuted ? 'on' : 'plain'}
      aria-pressed={isMuted}
      disabled={isMissing}
      onClick={() => media.setMuted(!isMuted)}
    />
  );
}

export function VideoButton({ engine: { media } }: { readonly engine: Engine }) {
  const { t } = useI18n();
  const camera = media.camera.value;
  const isOn = camera === 'on' || camera === 'starting';
  const tips = {
    on: 'videoOffTip',
    starting: 'videoOffTip',
    off: 'videoOnTip',
    none: 'cameraNone',
    denied: 'cameraDenied',
  } as const;
  return (
    <IconButton
      icon={isOn ? VideoIcon : VideoOff}
      label={t('video')}
      tip={t(tips[camera])}
      tone={isOn ? 'on' : 'plain'}
      aria-pressed={isOn}
      disabled={camera === 'none'}
      onClick={() => media.setCamera(!isOn)}
    />
  );
}

export function MessageButton({ engine: { messages }, view }: { readonly engine: Engine; readonly view: CallView }) {
  const { t, plural, format } = useI18n();
  const unread = messages.unread.value;
  const isOpen = view.messagesOpen.value;
  const hasNews = unread > 0 && !isOpen;
  return (
    <IconButton
      icon={MessageSquare}
      label={t('message')}
      tip={t('messageTip')}
      tone={isOpen ? 'on' : 'plain'}
      aria-expanded={isOpen}
      aria-description={hasNews ? plural('messageUnread', unread) : undefined}
      data-messages=""
      onClick={() => view.setMessagesOpen(!isOpen)}
    >
      {hasNews && <span class={styles.badge} data-count={format.number(unread)} />}
    </IconButton>
  );
}
