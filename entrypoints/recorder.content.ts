import { defineContentScript } from 'wxt/utils/define-content-script';
import { startRecorder } from '../lib/mirror/recorder.ts';

/** In the page's own world, while its tab is shared. Started once, however often it is put in. */
export default defineContentScript({
  registration: 'runtime',
  world: 'MAIN',
  main: () => startRecorder(document),
});
