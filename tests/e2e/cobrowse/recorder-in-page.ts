/** Bundled and put into fixture pages, in their own world. */
import { startRecorder } from '../../../lib/mirror/recorder.ts';

startRecorder(document);
