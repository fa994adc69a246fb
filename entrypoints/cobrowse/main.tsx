import '../../components/base.css';
import { createBasicFeature } from '../../components/basic-feature.ts';
import { createCallView } from '../../components/create-call-view.ts';
import { createCobrowseFeature } from '../../components/cobrowse-feature.tsx';
import { createMirrorView } from '../../components/create-mirror-view.ts';
import { MirrorApp } from '../../components/mirror-app.tsx';
import { shareFeature } from '../../components/share-feature.tsx';
import { showFailure } from '../../components/show-failure.tsx';
import { pageChoices, startView } from '../../components/start-view.tsx';
import { findEngine } from '../../lib/engine/find-engine.ts';

const gone = new AbortController();
addEventListener('pagehide', () => gone.abort(), { once: true });

const engine = await findEngine().catch(showFailure);
const view = createCallView(pageChoices);
const mirror = createMirrorView();
const features = [createBasicFeature({}), shareFeature, createCobrowseFeature({})];
// A window that has just been opened shows the tab that its owner is in.
engine.cobrowse.follow(null);

await startView({ engine, root: document.querySelector('#app') ?? document.body, until: gone.signal }, () => (
  <MirrorApp
    engine={engine}
    view={view}
    mirror={mirror}
    features={features}
    playerHref="/player.html"
    close={() => window.close()}
  />
));
