import type { Engine } from '../lib/engine/api.ts';
import type { CallFeature } from './call-features.ts';
import type { CallView } from './create-call-view.ts';
import { DiallingScreen } from './dialling-screen.tsx';
import { FirstConsent } from './first-consent.tsx';
import { GuestHome } from './guest-home.tsx';
import { GuestReady, type GuestReadyProps } from './guest-ready.tsx';
import type { GuestRoute } from './guest-route.ts';
import { IncomingCall } from './incoming-call.tsx';
import { LazyEndedScreen, LazyGuestCall } from './lazy-call.ts';
import { NoticesBar } from './notices-bar.tsx';
import styles from './panel-app.module.css';

export interface GuestAppProps extends Pick<GuestReadyProps, 'isGranted' | 'isSilent' | 'askForMedia'> {
  readonly engine: Engine;
  readonly view: CallView;
  readonly features: readonly CallFeature[];
  readonly route: GuestRoute;
}

/** The guest page: what is shown follows from the address and the call's state. */
export function GuestApp(props: GuestAppProps) {
  const { engine } = props;
  return (
    <div class={styles.app}>
      <NoticesBar notices={engine.notices} />
      <div class={styles.screen}>
        <Screen {...props} />
      </div>
      <FirstConsent engine={engine} />
    </div>
  );
}

function Screen(props: GuestAppProps) {
  const { engine, view, features, route } = props;
  const state = engine.call.state.value;
  switch (state.kind) {
    case 'idle':
      return route.kind === 'ready' ? (
        <GuestReady {...props} invite={route.invite} />
      ) : (
        <GuestHome engine={engine} code={route.kind === 'join' ? route.code : null} />
      );
    case 'dialling':
      return <DiallingScreen call={engine.call} state={state} />;
    case 'ringing':
      return <IncomingCall engine={engine} state={state} />;
    case 'active':
      return <LazyGuestCall engine={engine} view={view} features={features} state={state} />;
    case 'ended':
      return <LazyEndedScreen call={engine.call} state={state} />;
  }
}
