import { fail, ok, type Result } from '../shared/result.ts';

export type Surface = 'tab' | 'window' | 'monitor' | 'unknown';

export interface ScreenCapture {
  readonly picture: MediaStreamTrack;
  readonly sound: MediaStreamTrack | null;
  readonly surface: Surface;
}

/** `refused`: the person closed the chooser, or the browser forbids it. */
export type ScreenFailure = 'refused' | 'none' | 'no-host' | 'failed';

/**
 * Text must stay readable: the full resolution, and as many frames as then remain. Tried in Chromium 156: without limits of
 * one's own a tab is made to fit the display, which without a window is one of 800 × 600.
 */
const PICTURE = { frameRate: { ideal: 30, max: 30 }, width: { max: 3_840 }, height: { max: 3_840 } };

/** What Chromium understands beyond the standard's options (reference/platform.md §4); others ignore it. */
const CHOOSER = {
  surfaceSwitching: 'include',
  selfBrowserSurface: 'exclude',
  systemAudio: 'include',
  monitorTypeSurfaces: 'include',
} as const;

/** Opens the browser's own chooser. Must run in the task of a click, in the window that was clicked (Firefox). */
export async function captureScreen(mediaDevices: MediaDevices | null): Promise<Result<ScreenCapture, ScreenFailure>> {
  if (!mediaDevices) return fail('no-host');
  if (!('getDisplayMedia' in mediaDevices)) return fail('none');
  try {
    const options = { video: PICTURE, audio: true, ...CHOOSER };
    return toCapture(await mediaDevices.getDisplayMedia(options));
  } catch (error) {
    const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') return fail('refused');
    return fail(name === 'NotFoundError' ? 'none' : 'failed');
  }
}

/**
 * Tried in Chromium 156: only with limits at both ends, of different shapes, is a tab captured in its own size, and followed
 * when that changes; otherwise the picture has the shape of the display or of the limit, with bars at two of its sides.
 * Device pixels; more costs an encoder without a graphics card too much.
 */
const TAB_LIMITS = { minWidth: 100, minHeight: 100, maxWidth: 2_560, maxHeight: 1_600 } as const;

/** Opens a tab by the stream id that `tabCapture` gave. Its sound is handed back to its owner, whom Chrome mutes. */
export async function captureTab(streamId: string): Promise<Result<ScreenCapture, ScreenFailure>> {
  const source = { chromeMediaSource: 'tab', chromeMediaSourceId: streamId };
  try {
    // Chrome's own constraints for a tab; no standard has them.
    const constraints = {
      audio: { mandatory: source },
      video: { mandatory: { ...source, ...TAB_LIMITS } },
    } as MediaStreamConstraints;
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    loopBack(stream);
    return toCapture(stream, 'tab');
  } catch {
    return fail('failed');
  }
}

function toCapture(stream: MediaStream, known?: Surface): Result<ScreenCapture, ScreenFailure> {
  const [picture] = stream.getVideoTracks();
  if (!picture) return fail('none');
  // Without the hint Chromium halves the size when bandwidth is short, and text becomes unreadable (quality.md §1.2).
  picture.contentHint = 'detail';
  const [sound = null] = stream.getAudioTracks();
  return ok({ picture, sound, surface: known ?? surfaceOf(picture) });
}

function surfaceOf(track: MediaStreamTrack): Surface {
  const { displaySurface } = track.getSettings();
  if (displaySurface === 'browser') return 'tab';
  return displaySurface === 'window' || displaySurface === 'monitor' ? displaySurface : 'unknown';
}

function loopBack(stream: MediaStream): void {
  const [sound] = stream.getAudioTracks();
  if (!sound) return;
  const context = new AudioContext();
  context.createMediaStreamSource(new MediaStream([sound])).connect(context.destination);
  sound.addEventListener('ended', () => void context.close(), { once: true });
}
