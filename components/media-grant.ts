export type GrantResult =
  | { readonly kind: 'granted'; readonly stream: MediaStream; readonly hasCamera: boolean }
  /** The browser remembers a "no": only its settings can undo it. */
  | { readonly kind: 'denied' }
  /** The question was closed without an answer; it may be asked again. */
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'no-device' }
  /** Another program holds the device, or it fails. */
  | { readonly kind: 'busy' }
  /** The page was not loaded safely (https), so the browser has no devices for it. */
  | { readonly kind: 'insecure' };

/** Asks for microphone and camera; a machine without a camera is asked for its microphone alone. Never rejects. */
export async function askForMedia(devices: MediaDevices | undefined): Promise<GrantResult> {
  if (!devices) return { kind: 'insecure' };
  try {
    return { kind: 'granted', stream: await devices.getUserMedia({ audio: true, video: true }), hasCamera: true };
  } catch (error) {
    if (nameOf(error) !== 'NotFoundError') return { kind: toKind(error) };
  }
  try {
    return { kind: 'granted', stream: await devices.getUserMedia({ audio: true }), hasCamera: false };
  } catch (error) {
    return { kind: toKind(error) };
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

function toKind(error: unknown): 'denied' | 'dismissed' | 'no-device' | 'busy' {
  if (!(error instanceof Error)) return 'busy';
  // Chrome says by its message alone that the question was closed, not answered; there is no other way to tell them apart.
  if (error.name === 'NotAllowedError') return error.message.includes('dismissed') ? 'dismissed' : 'denied';
  return error.name === 'NotFoundError' || error.name === 'OverconstrainedError' ? 'no-device' : 'busy';
}
