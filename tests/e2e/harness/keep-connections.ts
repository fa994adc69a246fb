/** Keeps every connection that a page makes, so that its media can be read. Runs inside a page before its own scripts. */
export function keepConnections(home: typeof globalThis = globalThis): void {
  if ('keptConnections' in home) return;
  const kept: RTCPeerConnection[] = [];
  Reflect.set(home, 'keptConnections', kept);
  const Native = home.RTCPeerConnection;
  home.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
}
