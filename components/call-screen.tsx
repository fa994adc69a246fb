import { ExternalLink } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { CallState, Engine } from '../lib/engine/api.ts';
import { CallDialogs } from './call-dialogs.tsx';
import type { CallFeature } from './call-features.ts';
import { CallNews } from './call-news.tsx';
import styles from './call-screen.module.css';
import { CallStage } from './call-stage.tsx';
import { CallTimer } from './call-timer.tsx';
import { CallToolbar } from './call-toolbar.tsx';
import { CallerInformation } from './caller-information.tsx';
import type { CallView } from './create-call-view.ts';
import { IconButton } from './icon-button.tsx';
import { MessagesPanel } from './messages-panel.tsx';
import { StatusMenu } from './status-menu.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useI18n } from './view-context.ts';

export interface CallScreenProps {
  readonly engine: Engine;
  readonly view: CallView;
  readonly features: readonly CallFeature[];
  readonly state: Extract<CallState, { kind: 'active' }>;
  readonly popOut?: (() => void) | undefined;
}

/** A call, in the side panel and in the stage window: pictures, facts, messages, and one row of tools. */
export function CallScreen({ engine, view, features, state, popOut }: CallScreenProps) {
  const { t, format } = useI18n();
  useShortcuts(engine, view);
  useEffect(() => () => view.reset(), [view]);

  const people = engine.call.people.value;
  const names = people.length > 0 ? people.map(({ person }) => person.name) : [state.person.name];
  const facts = people.flatMap((person) => person.facts);
  return (
    <div class={`stage ${styles.screen}`}>
      <header class={styles.header}>
        <StatusMenu desk={engine.desk} compact />
        <h1 class={styles.names}>{format.list(names)}</h1>
        <CallTimer startedAt={state.startedAt} />
        {popOut && <IconButton icon={ExternalLink} label={t('popOut')} tip={t('popOutTip')} onClick={popOut} />}
      </header>
      <main class={styles.body}>
        <div class={styles.column}>
          <CallStage engine={engine} view={view} features={features} state={state} />
          {features.map(({ id, Beside }) => Beside && <Beside key={id} engine={engine} view={view} />)}
          <CallerInformation facts={facts} isOpen={view.infoOpen.value} onToggle={(open) => view.setInfoOpen(open)} />
        </div>
        {view.messagesOpen.value && (
          <div class={styles.messages}>
            <MessagesPanel engine={engine} view={view} features={features} />
          </div>
        )}
      </main>
      <footer>
        <CallToolbar engine={engine} view={view} features={features} />
      </footer>
      <CallDialogs engine={engine} view={view} />
      <CallNews engine={engine} view={view} />
      {features.map(({ id, Surface }) => Surface && <Surface key={id} engine={engine} view={view} />)}
    </div>
  );
}
