import { ArrowLeft, ArrowRight, Hand, RotateCw, ShieldCheck, X } from 'lucide';
import { useId } from 'preact/hooks';
import type { CallState, Engine } from '../lib/engine/api.ts';
import type { ControlScope } from '../lib/protocol/cobrowse-control-messages.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import { Button } from './button.tsx';
import type { MirrorView } from './create-mirror-view.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './mirror-header.module.css';
import { useI18n, useView } from './view-context.ts';

export interface MirrorHeaderProps {
  readonly engine: Engine;
  readonly mirror: MirrorView;
  readonly name: string;
  readonly state: Extract<CallState, { kind: 'active' }>;
}

/** How live it is, which page it is, and whose hand is in it. All of it is said by this window, never by the page. */
export function MirrorHeader(props: MirrorHeaderProps) {
  const { t } = useI18n();
  const { cobrowse } = props.engine;
  const titleId = useId();
  const isLive = cobrowse.state.value.kind === 'live';
  return (
    <section aria-labelledby={titleId} class={styles.header}>
      <h1 id={titleId} class="visually-hidden">
        {t('mirrorTitle', { name: props.name })}
      </h1>
      <LivePill {...props} />
      <Address engine={props.engine} />
      {isLive && <ControlButton {...props} />}
    </section>
  );
}

type Liveness = 'live' | 'paused' | 'past' | 'waiting' | 'off' | 'loading' | 'reconnecting';

const LIVENESS_WORDS = {
  live: 'mirrorLive',
  paused: 'mirrorPausedShort',
  past: 'mirrorPastShort',
  waiting: 'mirrorWaitingShort',
  off: 'mirrorOffShort',
  loading: 'mirrorLoadingShort',
  reconnecting: 'reconnecting',
} as const satisfies Record<Liveness, MessageKey>;

function livenessOf({ engine: { cobrowse }, mirror, state }: MirrorHeaderProps): Liveness {
  const now = cobrowse.state.value;
  if (state.reconnectingSince !== null) return 'reconnecting';
  if (now.kind !== 'live') return now.kind === 'waiting' ? 'waiting' : 'off';
  if (mirror.isLookingBack.value) return 'past';
  const tab = cobrowse.tabs.value.find(({ tabId }) => tabId === now.tabId);
  if (state.pause !== null || cobrowse.pause.value !== null || (tab && tab.state !== 'live')) return 'paused';
  return !mirror.shownTabs.value.has(now.tabId) || cobrowse.page.value?.loading ? 'loading' : 'live';
}

function LivePill(props: MirrorHeaderProps) {
  const { t } = useI18n();
  const { delayMs } = props.engine.cobrowse;
  const liveness = livenessOf(props);
  const delay = liveness === 'live' ? delayMs.value : null;
  return (
    <div class={`${styles.pill} ${styles[liveness] ?? ''}`}>
      <span class={styles.dot} aria-hidden="true" />
      <span role="status">{t(LIVENESS_WORDS[liveness])}</span>
      {delay !== null && (
        <span class={styles.delay} title={t('mirrorDelay', { value: delay })}>
          <span aria-hidden="true">· </span>
          <bdi>{t('unitMs', { value: delay })}</bdi>
        </span>
      )}
    </div>
  );
}

function Address({ engine: { cobrowse } }: Pick<MirrorHeaderProps, 'engine'>) {
  const { t } = useI18n();
  const page = cobrowse.page.value;
  const state = cobrowse.state.value;
  const tab = state.kind === 'live' ? cobrowse.tabs.value.find(({ tabId }) => tabId === state.tabId) : undefined;
  const address = page?.address || tab?.address || '';
  const title = page?.title || tab?.title || '';
  const { host, rest } = partsOf(address);
  return (
    <section aria-label={t('mirrorAddress')} class={styles.address}>
      {address !== '' && (
        <>
          <Icon node={ShieldCheck} size={16} />
          <span class={styles.title} dir="auto">
            {title === '' ? t('mirrorNoTitle') : title}
          </span>
          <bdi class={styles.where} dir="ltr">
            <b>{host}</b>
            {rest}
          </bdi>
        </>
      )}
    </section>
  );
}

/** What is before the first slash is where it is; the rest is up to the page. */
export function partsOf(address: string): { readonly host: string; readonly rest: string } {
  const url = URL.parse(address);
  if (url === null) return { host: address, rest: '' };
  return { host: url.host || url.protocol, rest: url.pathname === '/' ? '' : url.pathname };
}

const SCOPE_WORDS = {
  point: 'scopePoint',
  scroll: 'scopeScroll',
  click: 'scopeClick',
  type: 'scopeType',
  navigate: 'scopeNavigate',
} as const satisfies Record<ControlScope, MessageKey>;

function ControlButton({ engine, mirror, name }: MirrorHeaderProps) {
  const { t } = useI18n();
  const { cobrowse, consent } = engine;
  const asked = consent.outgoing.value.find((ask) => ask.kind === 'control' && ask.state === 'waiting');
  if (cobrowse.control.value.scopes.length > 0) return <Controlling engine={engine} mirror={mirror} name={name} />;
  return asked ? (
    <div class={styles.asked}>
      <span role="status">{t('mirrorControlWaiting')}</span>
      <IconButton icon={X} label={t('askWithdraw')} onClick={() => consent.withdraw(asked.id)} />
    </div>
  ) : (
    <Button variant="primary" icon={Hand} onClick={() => mirror.setAsking(true)}>
      {t('mirrorControlAsk')}
    </Button>
  );
}

function Controlling({ engine: { cobrowse }, name }: Pick<MirrorHeaderProps, 'engine' | 'mirror' | 'name'>) {
  const { i18n, now } = useView();
  const { t, format } = i18n.value;
  const { scopes, endsAt, preempted } = cobrowse.control.value;
  const state = cobrowse.state.value;
  const go = (to: 'back' | 'forward' | 'reload') => () => {
    if (state.kind === 'live') cobrowse.perform({ tabId: state.tabId, frameId: 0, epoch: 0 }, { type: 'go', to });
  };
  const words = format.list(scopes.map((scope) => t(SCOPE_WORDS[scope])));
  return (
    <div class={styles.controlling}>
      {scopes.includes('navigate') && (
        <div class={styles.go}>
          <IconButton icon={ArrowLeft} label={t('mirrorBack')} onClick={go('back')} />
          <IconButton icon={ArrowRight} label={t('mirrorForward')} onClick={go('forward')} />
          <IconButton icon={RotateCw} label={t('mirrorReload')} onClick={go('reload')} />
        </div>
      )}
      <p class={styles.mine}>
        <span role="status">
          {preempted ? t('mirrorControlBusy', { name }) : t('mirrorControlled', { scopes: words })}
        </span>
        {endsAt !== null && (
          <span class={styles.left}>
            {t('mirrorControlLeft', { time: format.timer(Math.max(0, endsAt - now.value)) })}
          </span>
        )}
      </p>
      <Button variant="danger" icon={X} title={t('mirrorControlStopTip')} onClick={() => cobrowse.releaseControl()}>
        {t('mirrorControlStop')}
      </Button>
    </div>
  );
}
