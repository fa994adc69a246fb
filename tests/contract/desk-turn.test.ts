import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../lib/shared/clock.ts';
import { admitted, becomes, openDesk } from './desk-harness.ts';

const HAS_COTURN = ['turnserver', 'turnutils_uclient'].every(
  (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0,
);
const SECRET = 'a-secret-of-desk-and-relay';

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function startRelay(port: number): Promise<void> {
  const flags = [
    '-n',
    '--use-auth-secret',
    `--static-auth-secret=${SECRET}`,
    '--realm=desk',
    `--listening-port=${port}`,
  ];
  const local = ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', '--allow-loopback-peers', '--no-tls', '--no-dtls'];
  const relay = spawn('turnserver', [...flags, ...local, '--no-cli', '--log-file=stdout', '--pidfile=/dev/null']);
  onTestFinished(() => void relay.kill('SIGKILL'));
  await saysSoon(relay, /listener opened|Listener address|IPv4\. UDP/);
}

const saysSoon = (child: ChildProcess, sign: RegExp) =>
  new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      if (sign.test(said)) resolve();
    });
    child.once('exit', () => reject(new Error(`the relay ended: ${said}`)));
  });

/** Sends a packet through the relay and back; answers whether the relay let it. */
async function isLetIn(port: number, username: string, credential: string): Promise<boolean> {
  const client = spawn('turnutils_uclient', [
    '-y',
    '-n',
    '1',
    '-u',
    username,
    '-w',
    credential,
    '-p',
    `${port}`,
    '127.0.0.1',
  ]);
  onTestFinished(() => void client.kill('SIGKILL'));
  let said = '';
  for (const stream of [client.stdout, client.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  // It tries again for ever when it is refused.
  return new Promise((resolve) => {
    const look = () => {
      if (/error 401|Unauthorized|Cannot complete Allocation/i.test(said)) resolve(false);
      if (/total_recv_msgs|Total lost packets 0/i.test(said)) resolve(true);
    };
    for (const stream of [client.stdout, client.stderr]) stream.on('data', look);
    client.once('exit', (code) => resolve(code === 0));
  });
}

async function tryCredentials() {
  const port = await freePort();
  await startRelay(port);
  const turn = { urls: [`turn:127.0.0.1:${port}`], secret: SECRET, ttlSeconds: 600 };
  // coturn looks at the real time.
  const desk = await openDesk({ turn, clock: systemClock });
  const { iceServers } = await admitted(desk, await becomes(desk, 'customer', 'Carl'));
  const { username = '', credential = '' } = iceServers[0] ?? {};
  expect(await isLetIn(port, username, credential)).toBe(true);
  expect(await isLetIn(port, username, `${credential.slice(0, -3)}AA=`)).toBe(false);
}

function sayThatItWasNotTried() {
  console.warn(
    'coturn is not installed (Debian: apt install coturn): TURN credentials were not tried on a real relay.',
  );
  expect(HAS_COTURN).toBe(false);
}

if (HAS_COTURN) test('a real coturn accepts the credentials of the desk, and no others', tryCredentials);
else test('coturn is not installed: credentials were not tried on a real one', sayThatItWasNotTried);
