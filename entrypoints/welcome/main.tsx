import '../../components/base.css';
import { askForMedia } from '../../components/media-grant.ts';
import { startView } from '../../components/start-view.tsx';
import { WelcomeApp } from '../../components/welcome-app.tsx';
import { showFailure } from '../../components/show-failure.tsx';
import { findEngine } from '../../lib/engine/find-engine.ts';

const gone = new AbortController();
addEventListener('pagehide', () => gone.abort(), { once: true });

const engine = await findEngine().catch(showFailure);

await startView({ engine, root: document.querySelector('#app') ?? document.body, until: gone.signal }, () => (
  <WelcomeApp engine={engine} askForMedia={() => askForMedia(navigator.mediaDevices)} />
));
