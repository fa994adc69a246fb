import {
  CirclePause,
  EyeOff,
  FileQuestionMark,
  Globe,
  Hourglass,
  type IconNode,
  LoaderCircle,
  MonitorOff,
} from 'lucide';
import type { ComponentChildren } from 'preact';
import type { CallState, Engine } from '../lib/engine/api.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { PauseReason } from '../lib/protocol/cobrowse-messages.ts';
import { Button } from './button.tsx';
import type { MirrorView } from './create-mirror-view.ts';
import { Icon } from './icon.tsx';
import styles from './mirror-cover.module.css';
import { CANT_WORDS, PAUSE_WORDS } from './mirror-words.ts';
import { useI18n } from './view-context.ts';
import { withdrawCobrowse } from './withdraw-cobrowse.ts';

export interface MirrorCoverProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  readonly name: string;
  readonly state: Extract<CallState, { kind: 'active' }>;
}

type Step = 'ask' | 'screen' | 'resync' | 'withdraw' | 'resume';

export interface Cover {
  readonly icon: IconNode;
  readonly title: string;
  readonly hint: string;
  readonly steps: readonly Step[];
  /** What was seen stays visible below. */
  readonly isThin?: boolean;
  readonly isBusy?: boolean;
}

const PAUSE_ICONS: Readonly<Record<PauseReason, IconNode>> = {
  customer: CirclePause,
  'sensitive-page': EyeOff,
  'new-origin': Globe,
  'call-paused': CirclePause,
  'hidden-tab': EyeOff,
  overload: Hourglass,
};

/** Why there is no live page, and what can be done about it. Null while there is one. Reads signals. */
export function coverOf({ engine, mirror, name, state }: MirrorCoverProps, i18n: I18n): Cover | null {
  const { cobrowse } = engine;
  const { t } = i18n;
  const now = cobrowse.state.value;
  if (state.pause !== null) {
    const title = state.pause.mine ? t('pausedByYou') : t('pausedBy', { name: state.pause.by });
    return { icon: CirclePause, title, hint: t('mirrorPauseCallHint'), steps: state.pause.mine ? ['resume'] : [] };
  }
  if (state.reconnectingSince !== null) {
    return { icon: LoaderCircle, title: t('reconnecting'), hint: '', steps: [], isThin: true, isBusy: true };
  }
  switch (now.kind) {
    case 'off':
      return {
        icon: MonitorOff,
        title: t('mirrorOffTitle'),
        hint: t('mirrorOffHint', { name }),
        steps: ['ask', 'screen'],
      };
    case 'waiting':
      return {
        icon: Hourglass,
        title: t('mirrorWaitTitle', { name }),
        hint: t('mirrorWaitHint', { name }),
        steps: ['withdraw'],
      };
    case 'refused':
      return refusedCover(now.reason, name, i18n);
    case 'live':
      return liveCover(engine, mirror, name, i18n);
  }
}

function refusedCover(reason: 'refused' | 'timed-out' | 'unavailable', name: string, { t }: I18n): Cover {
  const icon = MonitorOff;
  const steps = ['ask', 'screen'] as const;
  switch (reason) {
    case 'refused':
      return { icon, title: t('mirrorRefusedTitle', { name }), hint: t('mirrorRefusedHint'), steps };
    case 'timed-out':
      return { icon, title: t('mirrorTimedOutTitle', { name }), hint: t('mirrorTimedOutHint', { name }), steps };
    case 'unavailable':
      return { icon, title: t('mirrorUnavailableTitle'), hint: t('mirrorUnavailableHint', { name }), steps };
  }
}

function liveCover({ cobrowse }: Engine, mirror: MirrorView, name: string, { t, lookUp }: I18n): Cover | null {
  const state = cobrowse.state.value;
  const page = cobrowse.page.value;
  const tab = state.kind === 'live' ? cobrowse.tabs.value.find(({ tabId }) => tabId === state.tabId) : undefined;
  const pause = cobrowse.pause.value ?? (tab?.state === 'asking' ? 'new-origin' : null);
  if (pause !== null) {
    const [title, hint] = PAUSE_WORDS[pause];
    return {
      icon: PAUSE_ICONS[pause],
      title: lookUp(title, { name }) ?? '',
      hint: lookUp(hint, { name }) ?? '',
      steps: pause === 'customer' || pause === 'call-paused' ? [] : ['screen'],
    };
  }
  const reason = page?.unmirrorable ?? null;
  if (tab?.state === 'unmirrorable' || reason !== null) {
    const why = reason === null ? '' : t(CANT_WORDS[reason]);
    return {
      icon: FileQuestionMark,
      title: t('mirrorCantTitle'),
      hint: `${why} ${t('mirrorCantHint')}`.trim(),
      steps: ['screen', 'resync'],
    };
  }
  if (tab !== undefined && mirror.shownTabs.value.has(tab.tabId)) return null;
  return {
    icon: LoaderCircle,
    title: t('mirrorLoadingTitle'),
    hint: t('mirrorLoadingHint', { name }),
    steps: ['resync'],
    isBusy: true,
  };
}

/** Lies over the page while there is none to see. What it says is read out when it changes. */
export function MirrorCover(props: MirrorCoverProps) {
  const i18n = useI18n();
  const cover = coverOf(props, i18n);
  return (
    <div class={cover === null ? styles.none : `${styles.cover} ${cover.isThin ? styles.thin : ''}`}>
      <div role="status" class={styles.words}>
        {cover !== null && (
          <>
            <span class={cover.isBusy ? styles.busy : styles.icon}>
              <Icon node={cover.icon} size={32} />
            </span>
            <p class={styles.title}>{cover.title}</p>
            {cover.hint !== '' && <p class={styles.hint}>{cover.hint}</p>}
          </>
        )}
      </div>
      {cover !== null && cover.steps.length > 0 && (
        <div class={styles.steps}>
          {cover.steps.map((step, index) => (
            <StepButton key={step} step={step} isFirst={index === 0} {...props} />
          ))}
        </div>
      )}
    </div>
  );
}

function StepButton({ step, isFirst, engine }: MirrorCoverProps & { readonly step: Step; readonly isFirst: boolean }) {
  const { t } = useI18n();
  const { cobrowse, consent, call } = engine;
  const button = (label: ComponentChildren, run: () => void, disabled = false) => (
    <Button variant={isFirst ? 'primary' : 'quiet'} disabled={disabled} onClick={run}>
      {label}
    </Button>
  );
  switch (step) {
    case 'ask':
      return button(t(cobrowse.state.value.kind === 'refused' ? 'mirrorAskAgain' : 'mirrorStart'), () =>
        cobrowse.ask(),
      );
    case 'screen': {
      const isAsked = consent.outgoing.value.some((ask) => ask.kind === 'screen' && ask.state === 'waiting');
      return button(t('askForScreen'), () => consent.ask('screen'), isAsked);
    }
    case 'resync':
      return button(t('mirrorResync'), () => cobrowse.resync());
    case 'withdraw':
      return button(t('askWithdraw'), () => withdrawCobrowse(engine));
    case 'resume':
      return button(t('resume'), () => call.setPaused(false));
  }
}
