/** The part of RTCPeerConnection that is looked at. */
type Connection = Pick<
  RTCPeerConnection,
  'signalingState' | 'localDescription' | 'remoteDescription' | 'addEventListener'
>;

/**
 * Resolves once both descriptions can be read; never, when the connection ends before. A data channel may open earlier
 * than that: the browser has applied the answer by then, a busy page has not been told of it.
 */
export function whenAgreed(connection: Connection): Promise<void> {
  const isAgreed = () =>
    connection.signalingState === 'stable' &&
    connection.localDescription !== null &&
    connection.remoteDescription !== null;
  return new Promise((resolve) => {
    if (isAgreed()) return resolve();
    connection.addEventListener('signalingstatechange', () => isAgreed() && resolve());
  });
}
