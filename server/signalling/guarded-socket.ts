import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';

/** A client that doesn't read what it is sent is let go before it fills our memory. */
const MAX_UNSENT_BYTES = 1_000_000;

/**
 * Stands between PeerServer and a real socket: PeerServer sees only what the guard lets it see, and a socket that was
 * replaced looks closed to it at once, even while the real one hangs half open.
 */
export class GuardedSocket extends EventEmitter {
  readonly #socket: WebSocket;
  #gone = false;

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('close', () => this.#end());
    // The close event that follows does the work; without a listener the error would end the process.
    socket.on('error', () => undefined);
  }

  /** What PeerServer, or another client, has for this one. */
  send(text: string) {
    if (this.#gone || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) return this.retire(1013, 'too slow');
    this.#socket.send(text);
  }

  /** PeerServer calls this when no heartbeat came for long. */
  close() {
    this.retire(1001, 'gone quiet');
  }

  /** Lets PeerServer see a message from the client. */
  pass(text: string) {
    if (!this.#gone) this.emit('message', text);
  }

  retire(code: number, why: string) {
    if (this.#gone) return;
    this.#end();
    this.#socket.close(code, why);
  }

  #end() {
    if (this.#gone) return;
    this.#gone = true;
    this.emit('close');
  }
}
