import { fail, ok, type Result } from '../shared/result.ts';

/** `no-host`: there is no window to ask in (Firefox with every view closed). */
export type CaptureFailure = 'denied' | 'none' | 'busy' | 'no-host' | 'failed';

export interface CaptureOptions {
  readonly deviceId?: string;
  readonly facing?: 'user' | 'environment';
}

/** A camera picture that a poor uplink can still carry, and text on a machine can be read in. */
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** Opens a microphone. A chosen device that is gone is replaced by the default one. */
export const openMicrophone = (
  mediaDevices: MediaDevices | null,
  { deviceId }: CaptureOptions,
): Promise<Result<MediaStreamTrack, CaptureFailure>> =>
  open(mediaDevices, { audio: { ...AUDIO, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) } }, { audio: AUDIO });

/** Opens a camera: the chosen one, else one that faces the wished way, else any. */
export const openCamera = (
  mediaDevices: MediaDevices | null,
  { deviceId, facing = 'user' }: CaptureOptions,
): Promise<Result<MediaStreamTrack, CaptureFailure>> =>
  open(
    mediaDevices,
    { video: { ...VIDEO, ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: facing }) } },
    { video: { ...VIDEO, facingMode: facing } },
  );

async function open(
  mediaDevices: MediaDevices | null,
  wished: MediaStreamConstraints,
  otherwise: MediaStreamConstraints,
): Promise<Result<MediaStreamTrack, CaptureFailure>> {
  if (!mediaDevices) return fail('no-host');
  try {
    return firstTrack(await mediaDevices.getUserMedia(wished));
  } catch (error) {
    if (reasonOf(error) !== 'none') return fail(reasonOf(error));
  }
  try {
    return firstTrack(await mediaDevices.getUserMedia(otherwise));
  } catch (error) {
    return fail(reasonOf(error));
  }
}

function firstTrack(stream: MediaStream): Result<MediaStreamTrack, CaptureFailure> {
  const [track] = stream.getTracks();
  return track ? ok(track) : fail('none');
}

/** By name and not by class: in Firefox the error belongs to the window of the view that was asked. */
function reasonOf(error: unknown): CaptureFailure {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed';
}
