import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { TurnOptions } from '../../../server/options.ts';
import { waitFor } from './deadline.ts';

const SECRET = 'a-secret-that-desk-and-relay-share';

export interface Relay {
  /** For the desk, which makes credentials of it (server/ice-servers.ts). */
  readonly turn: TurnOptions;
  close(): void;
}

/** A coturn of its own on the loopback interface. */
export async function startRelay(): Promise<Relay> {
  const port = await freePort();
  const program = spawn(
    'turnserver',
    [
      ...['-n', '--use-auth-secret', `--static-auth-secret=${SECRET}`, '--realm=desk'],
      ...[`--listening-port=${port}`, '--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1'],
      // Both ends of the call are on this machine; in earnest a relay must not reach its own host.
      '--allow-loopback-peers',
      ...['--no-tls', '--no-dtls', '--no-cli', '--log-file=stdout', '--pidfile=/dev/null'],
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<never>((_, reject) => {
    program.once('error', reject);
    program.once('exit', (code) => reject(new Error(`The relay ended with ${String(code)}`)));
  });
  ended.catch(() => undefined); // afterwards it may end
  await Promise.race([whenAnswering(port), ended]);
  return {
    turn: { urls: [`turn:127.0.0.1:${port}?transport=udp`], secret: SECRET, ttlSeconds: 600 },
    close: () => void program.kill('SIGKILL'),
  };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Asks by STUN (RFC 8489: a binding request without attributes) until the relay answers. */
async function whenAnswering(port: number): Promise<void> {
  const socket = createSocket('udp4');
  let answered = false;
  socket.once('message', () => {
    answered = true;
  });
  const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)]);
  try {
    await waitFor('the relay to answer', async () => {
      socket.send(request, port, '127.0.0.1');
      return answered || null;
    });
  } finally {
    socket.close();
  }
}
