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

/** What a desktop in memory is made of, and Debian's packages of it. */
const DESKTOP = { Xvfb: 'xvfb', openbox: 'openbox', xdotool: 'xdotool' } as const;

async function missingOfDesktop(): Promise<(keyof typeof DESKTOP)[]> {
  const programs = Object.keys(DESKTOP) as (keyof typeof DESKTOP)[]; // as it is written there
  const has = await Promise.all(programs.map(hasProgram));
  return programs.filter((_, index) => !has[index]);
}

/** Installs what a desktop in memory needs, where that is possible; resolves to the programs that are still missing. */
export async function ensureDesktop(): Promise<readonly string[]> {
  const missing = await missingOfDesktop();
  if (missing.length === 0) return [];
  await installDebianPackages(missing.map((program) => DESKTOP[program]));
  return missingOfDesktop();
}

/** A display in memory, for what a headless browser refuses (Firefox's getDisplayMedia). Null when it does not start. */
export async function startDisplay(): Promise<Display | null> {
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
