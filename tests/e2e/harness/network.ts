import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A host of its own behind a router of its own, both made of network namespaces on this machine. The router can be told to
 * drop everything without a word, as a dead access point does: no carrier is lost, no error comes back.
 */
export interface FarNetwork {
  /** Runs a program on the far host; the arguments go to the program. */
  readonly wrap: (executablePath: string) => string;
  /** The far host's own 127.0.0.1 at this port leads to the same port on this host, through the router. */
  forward(port: number): Promise<void>;
  /** False: the router drops everything. */
  setPath(open: boolean): void;
  /** False: the far host's own interface is down, as when its Wi-Fi is switched off. Programs there are told. */
  setPlugged(plugged: boolean): void;
  close(): void;
}

/** Whether this process may make network namespaces. */
export function canMakeNetworks(): boolean {
  const name = `als-try-${process.pid}`;
  try {
    run('ip', 'netns', 'add', name);
    run('ip', 'netns', 'delete', name);
    return true;
  } catch {
    return false;
  }
}

/** Each process has addresses of its own, so that two runs, or what a killed one left behind, are not in the way. */
const NET = `10.${64 + (process.pid % 128)}`;
const NEAR = `${NET}.1.1`;
const FAR = `${NET}.2.2`;

let made = 0;

export function createFarNetwork(): FarNetwork {
  made += 1;
  const tag = `als${process.pid % 10_000}x${made % 100}`;
  const host = `${tag}h`;
  const router = `${tag}r`;
  const remove = () => {
    // With a namespace it would only go once the kernel has found the time, and its address and route with it: until then
    // the next network can't have them.
    tryRun('ip', 'link', 'delete', `${tag}n`);
    for (const space of [host, router]) tryRun('ip', 'netns', 'delete', space);
  };
  const folder = mkdtempSync(join(tmpdir(), 'alongside-network-'));
  const children: { kill(): void }[] = [];
  const on = (space: string, ...command: string[]) => run('ip', 'netns', 'exec', space, ...command);

  const connect = () => {
    for (const space of [host, router]) run('ip', 'netns', 'add', space);
    run('ip', 'link', 'add', `${tag}n`, 'type', 'veth', 'peer', 'name', `${tag}m`, 'netns', router);
    run('ip', '-n', router, 'link', 'add', `${tag}f`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', host);
    run('ip', 'address', 'add', `${NEAR}/24`, 'dev', `${tag}n`);
    run('ip', 'link', 'set', `${tag}n`, 'up');
    run('ip', 'route', 'add', `${NET}.2.0/24`, 'via', `${NET}.1.2`);
    run('ip', '-n', router, 'address', 'add', `${NET}.1.2/24`, 'dev', `${tag}m`);
    run('ip', '-n', router, 'address', 'add', `${NET}.2.1/24`, 'dev', `${tag}f`);
    for (const link of [`${tag}m`, `${tag}f`, 'lo']) run('ip', '-n', router, 'link', 'set', link, 'up');
    run('ip', '-n', host, 'address', 'add', `${FAR}/24`, 'dev', 'eth0');
    run('ip', '-n', host, 'link', 'set', 'lo', 'up');
  };
  const setPlugged = (plugged: boolean) => {
    run('ip', '-n', host, 'link', 'set', 'eth0', plugged ? 'up' : 'down');
    // It went with the interface.
    if (plugged) run('ip', '-n', host, 'route', 'add', 'default', 'via', `${NET}.2.1`);
  };
  const setPath = (open: boolean) => on(router, 'sh', '-c', `echo ${open ? 1 : 0} > /proc/sys/net/ipv4/ip_forward`);
  try {
    connect();
    setPlugged(true);
    setPath(true);
  } catch (error) {
    remove();
    throw error;
  }

  return {
    wrap(executablePath) {
      const script = join(folder, 'browser');
      writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${host} '${executablePath}' "$@"\n`, { mode: 0o755 });
      return script;
    },
    async forward(port) {
      // The near end listens for the far host and hands on to the desk, which only listens on 127.0.0.1.
      children.push(await relay([], NEAR, port, '127.0.0.1'));
      children.push(await relay(['ip', 'netns', 'exec', host], '127.0.0.1', port, NEAR));
    },
    setPath,
    setPlugged,
    close() {
      for (const child of children) child.kill();
      remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const RELAY = `
const net = require('node:net');
const [from, port, to] = process.argv.slice(1);
net.createServer((near) => {
  const far = net.connect(Number(port), to);
  near.pipe(far).pipe(near);
  near.setNoDelay();
  far.setNoDelay();
  for (const [end, other] of [[near, far], [far, near]]) {
    end.on('error', () => other.destroy());
    end.on('close', () => other.destroy());
  }
}).listen(Number(port), from, () => process.stdout.write('listening'));`;

/** A program that hands TCP connections from one address on to another. Resolves once it listens. */
function relay(prefix: readonly string[], from: string, port: number, to: string): Promise<{ kill(): void }> {
  const [command, ...rest] = [...prefix, process.execPath, '-e', RELAY, from, String(port), to];
  const child = spawn(command ?? process.execPath, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve({ kill: () => void child.kill('SIGKILL') }));
    child.once('exit', (code) => reject(new Error(`The relay ended with ${String(code)}`)));
  });
}

/** For what may be gone already. */
function tryRun(command: string, ...args: string[]): void {
  try {
    run(command, ...args);
  } catch {
    // It is gone.
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'pipe' });
}
