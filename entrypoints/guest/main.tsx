import { computed } from '@preact/signals';
import '../../components/base.css';
import '../../components/guest.css';
import { createBasicFeature } from '../../components/basic-feature.ts';
import { createCameraFeature } from '../../components/camera-feature.tsx';
import { createCallView } from '../../components/create-call-view.ts';
import { createInkFeature } from '../../components/ink-feature.tsx';
import { GuestApp } from '../../components/guest-app.tsx';
import { toGuestRoute } from '../../components/guest-route.ts';
import { keepAwake } from '../../components/keep-awake.ts';
import { LazyGuestCall, preloadAround } from '../../components/lazy-call.ts';
import { askForMedia } from '../../components/media-grant.ts';
import { shareFeature } from '../../components/share-feature.tsx';
import { createStillFeature } from '../../components/still-feature.tsx';
import { pageChoices, startView } from '../../components/start-view.tsx';
import { watchGrant } from '../../components/watch-grant.ts';
import { watchSilence } from '../../components/watch-silence.ts';
import { showFailure } from '../../components/show-failure.tsx';
import { createGuestEngine } from '../../lib/engine/guest-home.ts';

const gone = new AbortController();
addEventListener('pagehide', () => gone.abort(), { once: true });
// A page that comes back from the browser's cache has ended its engine.
addEventListener('pageshow', (event) => event.persisted && location.reload());

const route = toGuestRoute(location);
const engine = await createGuestEngine(gone.signal).catch(showFailure);
const view = createCallView(pageChoices);
const micGrant = watchGrant('microphone', gone.signal);
const isGranted = computed(() => micGrant.value === 'granted');
const isSilent = watchSilence(gone.signal);
keepAwake(
  computed(() => engine.call.state.value.kind === 'active' || route.kind === 'ready'),
  gone.signal,
);
// Phones and headsets have no screen to share.
const canShare = 'getDisplayMedia' in (navigator.mediaDevices ?? {});
const features = [
  createBasicFeature({ hasPause: true }),
  createCameraFeature({ hasButtons: true }),
  createInkFeature(),
  createStillFeature({ canFreeze: false }),
  ...(canShare ? [shareFeature] : []),
];

await startView({ engine, root: document.querySelector('#app') ?? document.body, until: gone.signal }, () => (
  <GuestApp
    engine={engine}
    view={view}
    features={features}
    route={route}
    isGranted={isGranted}
    isSilent={isSilent}
    askForMedia={() => askForMedia(navigator.mediaDevices)}
  />
));

// Behind the first look at the page, but before anybody could answer: a file that is fetched only then may be gone or slow.
void preloadAround(LazyGuestCall);
