import { computed } from '@preact/signals';
import '../../components/base.css';
import { createBasicFeature } from '../../components/basic-feature.ts';
import { createCameraFeature } from '../../components/camera-feature.tsx';
import { createCobrowseFeature } from '../../components/cobrowse-feature.tsx';
import { createCallView } from '../../components/create-call-view.ts';
import { createInkFeature } from '../../components/ink-feature.tsx';
import { PanelApp } from '../../components/panel-app.tsx';
import { createSeenFeature } from '../../components/seen-feature.tsx';
import { shareFeature } from '../../components/share-feature.tsx';
import { createStillFeature } from '../../components/still-feature.tsx';
import { pageChoices, startView } from '../../components/start-view.tsx';
import { watchGrant } from '../../components/watch-grant.ts';
import { showFailure } from '../../components/show-failure.tsx';
import { findEngine } from '../../lib/engine/find-engine.ts';
import { openWindow } from '../../lib/platform/pages.ts';
import { askForSite } from '../../lib/platform/permissions.ts';

const gone = new AbortController();
addEventListener('pagehide', () => gone.abort(), { once: true });

const engine = await findEngine().catch(showFailure);
const view = createCallView(pageChoices);
const micGrant = watchGrant('microphone', gone.signal);
// Chrome shows no prompt in a side panel, so the microphone is granted on the welcome page; Firefox asks here, when needed.
const isMicGrantMissing = computed(
  () => micGrant.value === 'denied' || (import.meta.env.CHROME && micGrant.value === 'prompt'),
);
const popOut = () => void openWindow('stage');
// Firefox takes a tab back when its document goes; a share must survive a reload.
const keepSite = import.meta.env.FIREFOX ? askForSite : undefined;
const features = [
  createBasicFeature({ popOut }),
  createInkFeature(),
  createStillFeature({ canFreeze: true }),
  shareFeature,
  createCobrowseFeature({ open: () => void openWindow('cobrowse') }),
  createCameraFeature({ hasButtons: false }),
  createSeenFeature({ askForSite, keepSite, playerHref: '/player.html' }),
];

await startView({ engine, root: document.querySelector('#app') ?? document.body, until: gone.signal }, () => (
  <PanelApp
    engine={engine}
    view={view}
    features={features}
    popOut={popOut}
    welcomeHref="/welcome.html"
    optionsHref="/options.html"
    isMicGrantMissing={isMicGrantMissing}
    {...(keepSite ? { keepSite } : {})}
  />
));
