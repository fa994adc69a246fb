/** Tracks, streams and choosers as a browser has them, for models that are tested without one. */

export class FakeTrack extends EventTarget implements MediaStreamTrack {
  readonly id = crypto.randomUUID();
  readonly kind: 'audio' | 'video';
  readonly label: string;
  contentHint = '';
  enabled = true;
  muted = false;
  readyState: MediaStreamTrackState = 'live';
  onended = null;
  onmute = null;
  onunmute = null;
  readonly #settings: MediaTrackSettings;

  constructor(kind: 'audio' | 'video', label: string = kind, settings: MediaTrackSettings = {}) {
    super();
    this.kind = kind;
    this.label = label;
    this.#settings = settings;
  }

  /** By its owner: no event. */
  stop(): void {
    this.readyState = 'ended';
  }

  /** By the browser or the device: with the event. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  clone = (): FakeTrack => new FakeTrack(this.kind, this.label, this.#settings);
  getSettings = (): MediaTrackSettings => this.#settings;
  getCapabilities = (): MediaTrackCapabilities => ({});
  getConstraints = (): MediaTrackConstraints => ({});
  applyConstraints = (): Promise<void> => Promise.resolve();
}

export class FakeStream extends EventTarget implements MediaStream {
  readonly id = crypto.randomUUID();
  readonly active = true;
  onaddtrack = null;
  onremovetrack = null;
  readonly #tracks: MediaStreamTrack[];

  constructor(tracks: MediaStreamTrack[] = []) {
    super();
    this.#tracks = [...tracks];
  }

  getTracks = (): MediaStreamTrack[] => [...this.#tracks];
  getAudioTracks = (): MediaStreamTrack[] => this.#tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = (): MediaStreamTrack[] => this.#tracks.filter(({ kind }) => kind === 'video');
  getTrackById = (id: string): MediaStreamTrack | null => this.#tracks.find((track) => track.id === id) ?? null;
  addTrack = (track: MediaStreamTrack): void => void this.#tracks.push(track);
  removeTrack = (track: MediaStreamTrack): void => void this.#tracks.splice(this.#tracks.indexOf(track), 1);
  clone = (): FakeStream => new FakeStream(this.#tracks);
}

/** A browser's chooser: each opening waits until the test says what the person chose. */
export class FakeMediaDevices extends EventTarget implements MediaDevices {
  ondevicechange = null;
  readonly openings: { choose(...tracks: FakeTrack[]): void; refuse(errorName: string): void }[] = [];

  getDisplayMedia = (): Promise<MediaStream> =>
    new Promise((resolve, reject) => {
      this.openings.push({
        choose: (...tracks) => resolve(new FakeStream(tracks)),
        refuse: (name) => reject(new DOMException('', name)),
      });
    });
  getUserMedia = (): Promise<MediaStream> => Promise.reject(new DOMException('', 'NotFoundError'));
  enumerateDevices = (): Promise<MediaDeviceInfo[]> => Promise.resolve([]);
  getSupportedConstraints = (): MediaTrackSupportedConstraints => ({});
}
