import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { TurnOptions } from '../../../server/options.ts';

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
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  await new Promise<void>((resolve, reject) => {
    let said = '';
    program.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (/listener opened/i.test(said)) resolve();
    });
    program.once('error', reject);
    program.once('exit', () => reject(new Error(`The relay ended: ${said}`)));
  });
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
