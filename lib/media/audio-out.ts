/** The loudspeaker: plays the other people's sound where no click can close it. */
export interface AudioOut {
  /** Plays `track` under `name`, or stops what plays there. */
  play(name: string, track: MediaStreamTrack | null): void;
  /** '' is the system's default. */
  setSpeaker(deviceId: string): void;
  /** After a click, where the browser held the sound back. */
  resume(): void;
}

export function createAudioOut(page: Document, onBlocked: () => void): AudioOut {
  const players = new Map<string, HTMLAudioElement>();
  let speaker = '';

  const start = (player: HTMLAudioElement) => {
    player.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') onBlocked();
    });
  };
  const choose = (player: HTMLAudioElement) => {
    // A loudspeaker that is gone leaves the sound on the default one.
    if ('setSinkId' in player) player.setSinkId(speaker).catch(() => undefined);
  };

  return {
    play(name, track) {
      const player = players.get(name) ?? page.createElement('audio');
      players.set(name, player);
      const [playing] = player.srcObject instanceof MediaStream ? player.srcObject.getTracks() : [];
      if (playing === track) return;
      player.srcObject = track ? new MediaStream([track]) : null;
      if (!track) return;
      choose(player);
      start(player);
    },
    setSpeaker(deviceId) {
      speaker = deviceId;
      for (const player of players.values()) choose(player);
    },
    resume() {
      for (const player of players.values()) if (player.srcObject) start(player);
    },
  };
}
