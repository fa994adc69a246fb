import { PhoneOff } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { Engine } from '../lib/engine/api.ts';
import { Button } from './button.tsx';
import type { CallFeature } from './call-features.ts';
import type { CallView } from './create-call-view.ts';
import type { MirrorView } from './create-mirror-view.ts';
import { FirstConsent } from './first-consent.tsx';
import { Icon } from './icon.tsx';
import styles from './mirror-app.module.css';
import { MirrorScreen } from './mirror-screen.tsx';
import { NoticesBar } from './notices-bar.tsx';
import { useFirstFocus } from './use-first-focus.ts';
import { useI18n } from './view-context.ts';

export interface MirrorAppProps {
  readonly engine: Engine;
  readonly view: CallView;
  readonly mirror: MirrorView;
  readonly features: readonly CallFeature[];
  readonly playerHref: string;
  readonly close: () => void;
}

/** The co-browse window: the shared page while there is a call, and a word when there is none. */
export function MirrorApp(props: MirrorAppProps) {
  const { engine, close } = props;
  const { t } = useI18n();
  const state = engine.call.state.value;
  const title = state.kind === 'active' ? t('mirrorTitle', { name: state.person.name }) : t('mirrorWindow');
  useEffect(() => {
    document.title = `${title} – ${t('brand')}`;
  }, [title]);
  return (
    <div class={styles.app}>
      <NoticesBar notices={engine.notices} />
      <div class={styles.screen}>
        {state.kind === 'active' ? (
          <MirrorScreen {...props} state={state} />
        ) : (
          <Over hasEnded={state.kind === 'ended'} close={close} />
        )}
      </div>
      <FirstConsent engine={engine} />
    </div>
  );
}

function Over({ hasEnded, close }: { readonly hasEnded: boolean; readonly close: () => void }) {
  const { t } = useI18n();
  const title = useFirstFocus<HTMLHeadingElement>();
  return (
    <main class={styles.over}>
      <span class={styles.icon}>
        <Icon node={PhoneOff} size={28} />
      </span>
      <h1 ref={title} tabIndex={-1} class={styles.title}>
        {t(hasEnded ? 'callEnded' : 'mirrorNoCall')}
      </h1>
      <p role="status" class={styles.hint}>
        {t(hasEnded ? 'mirrorEndedHint' : 'mirrorNoCallHint')}
      </p>
      <Button variant="primary" large onClick={close}>
        {t('mirrorClose')}
      </Button>
    </main>
  );
}
