import { useEffect } from 'preact/hooks';
import { FirstConsent } from './first-consent.tsx';
import { HomeScreen, type HomeScreenProps } from './home-screen.tsx';
import { IncomingCall } from './incoming-call.tsx';
import { LazyCallScreen, LazyDiallingScreen, LazyEndedScreen, preloadAround } from './lazy-call.ts';
import { NoticesBar } from './notices-bar.tsx';
import styles from './panel-app.module.css';

export interface PanelAppProps extends HomeScreenProps {
  /** Asks for a site where the browser lends a tab for one document only (Firefox); in the task of a press. */
  readonly keepSite?: (url: string) => Promise<boolean>;
  /** Opens the stage window; left out in the stage window itself. */
  readonly popOut?: () => void;
}

/** The side panel, the sidebar and the stage window: what is shown follows from the call's state. */
export function PanelApp(props: PanelAppProps) {
  const { engine, keepSite } = props;
  return (
    <div class={styles.app}>
      <NoticesBar notices={engine.notices} />
      <div class={styles.screen}>
        <Screen {...props} />
      </div>
      <FirstConsent engine={engine} keepSite={keepSite} />
    </div>
  );
}

function Screen(props: PanelAppProps) {
  const { engine, view, features, popOut } = props;
  const state = engine.call.state.value;
  const isNear = state.kind !== 'idle';
  useEffect(() => void LazyDiallingScreen.preload(), []);
  useEffect(() => {
    if (!isNear) return;
    void preloadAround(LazyCallScreen);
    for (const feature of features) void feature.preload?.();
  }, [isNear]);
  switch (state.kind) {
    case 'idle':
      return <HomeScreen {...props} />;
    case 'dialling':
      return <LazyDiallingScreen call={engine.call} state={state} />;
    case 'ringing':
      return <IncomingCall engine={engine} state={state} />;
    case 'active':
      return <LazyCallScreen engine={engine} view={view} features={features} state={state} popOut={popOut} />;
    case 'ended':
      return <LazyEndedScreen call={engine.call} state={state} />;
  }
}
