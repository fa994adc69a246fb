/**
 * What a camera can do beyond pictures: a lamp and a zoom (W3C MediaStream Image Capture §4). Phones and headsets have
 * them in Chromium; elsewhere nothing is told and there is nothing to press.
 */
import * as v from 'valibot';

export interface ZoomRange {
  /** In units of the device's own. */
  readonly min: number;
  readonly max: number;
  readonly value: number;
}

export interface CameraControls {
  /** Null: it has no lamp. */
  readonly torch: boolean | null;
  /** Null: it has no zoom. */
  readonly zoom: ZoomRange | null;
}

const Capabilities = v.object({
  // Chromium says `true`, the specification a list of what can be chosen.
  torch: v.optional(v.union([v.boolean(), v.array(v.boolean())])),
  zoom: v.optional(v.object({ min: v.number(), max: v.number() })),
});
const Settings = v.object({ torch: v.optional(v.boolean()), zoom: v.optional(v.number()) });

export const NO_CONTROLS: CameraControls = { torch: null, zoom: null };

/** What this camera has, and how it is set now. */
export function readCameraControls(track: MediaStreamTrack): CameraControls {
  // Older Firefox has no such method.
  const capabilities = v.safeParse(Capabilities, track.getCapabilities?.());
  const settings = v.safeParse(Settings, track.getSettings());
  if (!capabilities.success || !settings.success) return NO_CONTROLS;
  const { torch, zoom } = capabilities.output;
  const hasTorch = torch === true || (Array.isArray(torch) && torch.includes(true));
  return {
    torch: hasTorch ? settings.output.torch === true : null,
    zoom: zoom && zoom.max > zoom.min ? { ...zoom, value: settings.output.zoom ?? zoom.min } : null,
  };
}

/** Resolves when the camera has done it, or has refused. */
export async function applyToCamera(
  track: MediaStreamTrack,
  change: { readonly torch?: boolean; readonly zoom?: number },
): Promise<void> {
  try {
    // No type library has these constraints.
    await track.applyConstraints({ advanced: [change as MediaTrackConstraintSet] });
  } catch {
    // The camera is gone, or does not do it now. What it says afterwards is shown.
  }
}
