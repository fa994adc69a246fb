import type { ReadonlySignal } from '@preact/signals';
import { grabStill } from '../media/grab-still.ts';
import { fail } from '../shared/result.ts';
import type { PictureUrls } from '../state/still-entries.ts';
import type { StillParts } from '../state/still-model.ts';
import type { ShareState } from '../state/share-api.ts';

export interface OwnPictures {
  readonly camera: ReadonlySignal<MediaStream | null>;
  readonly share: ReadonlySignal<ShareState>;
}

/** Takes a still of what this side shows in the call, and of nothing else. */
export const grabOwn =
  ({ camera, share }: OwnPictures): StillParts['grab'] =>
  async (source) => {
    const shared = share.peek();
    const stream = source === 'camera' ? camera.peek() : shared.kind === 'on' ? shared.stream : null;
    const [track] = stream?.getVideoTracks() ?? [];
    return track ? grabStill(track, source) : fail('no-picture');
  };

/** A view that was just given an address may still be reading it. */
const LET_GO_MS = 10_000;

/** Addresses that every page of this origin can show while the engine lives. */
export const pictureUrls: PictureUrls = {
  make: ({ bytes, mime }) => URL.createObjectURL(new Blob([bytes], { type: mime })),
  revoke: (url) => void setTimeout(() => URL.revokeObjectURL(url), LET_GO_MS),
};
