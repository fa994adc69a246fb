import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallState, Engine } from '../lib/engine/api.ts';
import { CallDialogs } from './call-dialogs.tsx';
import type { CallFeature } from './call-features.ts';
import { CallNews } from './call-news.tsx';
import { CallToolbar } from './call-toolbar.tsx';
import type { CallView } from './create-call-view.ts';
import type { MirrorView } from './create-mirror-view.ts';
import { DrawingToolbar } from './drawing-toolbar.tsx';
import { MessagesPanel } from './messages-panel.tsx';
import { MirrorControlDialog } from './mirror-control-dialog.tsx';
import { coverOf, MirrorCover } from './mirror-cover.tsx';
import { MirrorDraw } from './mirror-draw.tsx';
import { MirrorGlass } from './mirror-glass.tsx';
import { MirrorHeader } from './mirror-header.tsx';
import { MirrorHighlighter } from './mirror-highlighter.tsx';
import { mirrorSurface } from './mirror-ink.ts';
import { MirrorLog, MirrorNews } from './mirror-log.tsx';
import { MirrorNative } from './mirror-native.tsx';
import { MirrorPast } from './mirror-past.tsx';
import { MirrorRoom } from './mirror-room.tsx';
import styles from './mirror-screen.module.css';
import { MirrorTabs } from './mirror-tabs.tsx';
import { MirrorTools } from './mirror-tools.tsx';
import { useDrawingKeys } from './use-drawing-keys.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useI18n } from './view-context.ts';

export interface MirrorScreenProps {
  readonly engine: Engine;
  readonly view: CallView;
  readonly mirror: MirrorView;
  readonly features: readonly CallFeature[];
  readonly state: Extract<CallState, { kind: 'active' }>;
  readonly playerHref: string;
}

/** The customer's page as the expert sees it, with everything that can be done with it and with the call. */
export function MirrorScreen({ engine, view, mirror, features, state, playerHref }: MirrorScreenProps) {
  const i18n = useI18n();
  const { t, format } = i18n;
  const people = engine.call.people.value;
  const name = people.length > 0 ? format.list(people.map(({ person }) => person.name)) : state.person.name;
  const surface = mirrorSurface(engine);
  const tool = mirror.tool.value;
  const past = mirror.past.value;
  const isLive = engine.cobrowse.state.value.kind === 'live';
  const cover = coverOf({ engine, mirror, name, state }, i18n);
  const isOn = isLive && cover === null;
  const isControlled = engine.cobrowse.control.value.scopes.length > 0;
  const tools = useRef<HTMLDivElement | null>(null);
  useShortcuts(engine, view);
  useDrawingKeys(engine.ink, isOn && tool === 'draw' ? surface : null, () => mirror.setTool('hand'));
  useMirrorKeys({ view, mirror, tools }, isOn);
  useEffect(() => () => view.reset(), [view]);

  const over = (page: HTMLElement) => {
    if (!isOn || past !== null || surface === null) return null;
    if (tool === 'draw') return <MirrorDraw engine={engine} surface={surface} name={name} />;
    if (tool === 'highlight')
      return <MirrorHighlighter engine={engine} mirror={mirror} surface={surface} name={name} />;
    return isControlled && <MirrorGlass engine={engine} mirror={mirror} page={page} name={name} />;
  };
  return (
    <div class={styles.screen}>
      <div class={styles.top}>
        <MirrorHeader engine={engine} mirror={mirror} name={name} state={state} />
        <MirrorTabs engine={engine} mirror={mirror} name={name} />
      </div>
      <main class={styles.body}>
        <div class={styles.view}>
          {isLive && (
            <MirrorRoom
              engine={engine}
              mirror={mirror}
              playerHref={playerHref}
              name={t('mirrorTitle', { name })}
              customer={name}
              isControlled={isControlled}
              over={over}
            />
          )}
          <MirrorCover engine={engine} mirror={mirror} name={name} state={state} />
          {isOn && past === null && tool === 'draw' && surface !== null && (
            <div class={styles.drawing}>
              <DrawingToolbar ink={engine.ink} surface={surface} onDone={() => mirror.setTool('hand')} />
            </div>
          )}
          {isOn && past === null && <MirrorNative engine={engine} mirror={mirror} name={name} />}
          <MirrorNews engine={engine} mirror={mirror} name={name} />
        </div>
        {mirror.isLogOpen.value && (
          <div class={styles.side}>
            <MirrorLog engine={engine} mirror={mirror} name={name} />
          </div>
        )}
        {view.messagesOpen.value && (
          <div class={styles.side}>
            <MessagesPanel engine={engine} view={view} features={features} />
          </div>
        )}
      </main>
      <ControlNews engine={engine} />
      <CallNews engine={engine} view={view} />
      {past !== null && <MirrorPast mirror={mirror} past={past} />}
      <footer class={styles.footer}>
        <div ref={tools}>
          <MirrorTools mirror={mirror} name={name} isOn={isOn} onResync={() => engine.cobrowse.resync()} />
        </div>
        <CallToolbar engine={engine} view={view} features={features} />
      </footer>
      {mirror.isAsking.value && (
        <MirrorControlDialog cobrowse={engine.cobrowse} name={name} onClose={() => mirror.setAsking(false)} />
      )}
      <CallDialogs engine={engine} view={view} />
      {features.map(({ id, Surface }) => Surface && <Surface key={id} engine={engine} view={view} />)}
    </div>
  );
}

/** Losing control is said at once: the next key would go nowhere. */
function ControlNews({ engine: { cobrowse } }: { readonly engine: Engine }) {
  const { t } = useI18n();
  const isControlled = cobrowse.control.value.scopes.length > 0;
  const [hadControl, setHadControl] = useState(isControlled);
  useEffect(() => {
    if (isControlled) setHadControl(true);
  }, [isControlled]);
  return (
    <p role="alert" class="visually-hidden">
      {hadControl && !isControlled && t('mirrorControlOver')}
    </p>
  );
}

const TOOL_KEYS = { h: 'hand', d: 'draw', e: 'highlight' } as const;
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="menu"]') !== null;

interface KeyParts {
  readonly view: CallView;
  readonly mirror: MirrorView;
  readonly tools: { readonly current: HTMLElement | null };
}

/** Single keys of this window. They stand behind those of drawing, and never act while somebody types. */
function useMirrorKeys({ view, mirror, tools }: KeyParts, isOn: boolean): void {
  useEffect(() => {
    const handleKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'F6') {
        event.preventDefault();
        tools.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
        return;
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!view.shortcutsOn.peek() || document.querySelector('dialog[open]')) return;
      const key = event.key.toLowerCase();
      if (key === '+' || key === '-') mirror.zoomBy(key === '+' ? 1 : -1);
      else if (key === '0') mirror.setZoom('fit');
      else if (key === '1') mirror.setZoom(1);
      else if (isOn && key === 'r') mirror.port.peek()?.post({ type: 'rewind', open: !mirror.isLookingBack.peek() });
      else if (isOn && mirror.tool.peek() !== 'draw' && key in TOOL_KEYS)
        mirror.setTool(TOOL_KEYS[key as keyof typeof TOOL_KEYS]); // just checked
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', handleKeyDown);
    return () => document.removeEventListener('keydown', handleKeyDown);
  }, [view, mirror, isOn]);
}
