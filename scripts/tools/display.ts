import { type ChildProcess, spawn } from 'node:child_process';
import { installDebianPackages } from './debian.ts';
import { hasProgram } from './steps.ts';

export interface Display {
  /** For the environment variable DISPLAY. */
  readonly name: string;
  close(): void;
}

/** Whether windows can be shown to somebody here. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** A display in memory, for what a headless browser refuses (Firefox's getDisplayMedia). Null where there is no Xvfb. */
export async function startDisplay(): Promise<Display | null> {
  if (!(await hasProgram('Xvfb'))) await installDebianPackages(['xvfb']);
  if (!(await hasProgram('Xvfb'))) return null;
  // It picks a free number by itself and writes it to file descriptor 3.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await readNumber(server);
  return number === null ? null : { name: `:${number}`, close: () => void server.kill('SIGTERM') };
}

function readNumber(server: ChildProcess): Promise<string | null> {
  return new Promise((done) => {
    server.stdio[3]?.once('data', (chunk: Buffer) => done(chunk.toString().trim()));
    server.once('exit', () => done(null));
  });
}
