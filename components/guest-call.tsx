import { useEffect } from 'preact/hooks';
import type { CallState, Engine } from '../lib/engine/api.ts';
import { CallDialogs } from './call-dialogs.tsx';
import type { CallFeature } from './call-features.ts';
import { CallNews } from './call-news.tsx';
import { CallStage } from './call-stage.tsx';
import { CallTimer } from './call-timer.tsx';
import type { CallView } from './create-call-view.ts';
import styles from './guest-call.module.css';
import { GuestToolbar } from './guest-toolbar.tsx';
import { MessagesPanel } from './messages-panel.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useI18n } from './view-context.ts';

export interface GuestCallProps {
  readonly engine: Engine;
  readonly view: CallView;
  readonly features: readonly CallFeature[];
  readonly state: Extract<CallState, { kind: 'active' }>;
}

/** A call on the guest page: a phone, a headset, or any browser. */
export function GuestCall({ engine, view, features, state }: GuestCallProps) {
  const { format } = useI18n();
  useShortcuts(engine, view);
  useEffect(() => () => view.reset(), [view]);
  const people = engine.call.people.value;
  const names = people.length > 0 ? people.map(({ person }) => person.name) : [state.person.name];
  return (
    <div class={`stage ${styles.screen}`}>
      <header class={styles.header}>
        <h1 class={styles.names}>{format.list(names)}</h1>
        <CallTimer startedAt={state.startedAt} />
      </header>
      <main class={styles.body}>
        <CallStage engine={engine} view={view} features={features} state={state} ownFirst />
        {view.messagesOpen.value && (
          <div class={styles.messages}>
            <MessagesPanel engine={engine} view={view} features={features} />
          </div>
        )}
      </main>
      <footer>
        <GuestToolbar engine={engine} view={view} features={features} />
      </footer>
      <CallDialogs engine={engine} view={view} />
      <CallNews engine={engine} view={view} />
      {features.map(({ id, Surface }) => Surface && <Surface key={id} engine={engine} view={view} />)}
    </div>
  );
}
