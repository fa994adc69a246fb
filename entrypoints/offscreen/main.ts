import { createEngine } from '../../lib/engine/create-engine.ts';
import { createOffscreenHome } from '../../lib/engine/extension-home.ts';
import { showEngine } from '../../lib/engine/find-engine.ts';

const life = new AbortController();
addEventListener('pagehide', () => life.abort(), { once: true });
showEngine(await createEngine(createOffscreenHome(), life.signal));
