/**
 * The one way into every npm script. Needs nothing but Node 20 and npm: installs what the lock file names when it is not
 * there, then hands over to scripts/tasks/main.ts under the project's own Node (the `node` package), which runs TypeScript.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const binaries = join(root, 'node_modules', '.bin');
const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function stop(what, whatToDo) {
  console.error(`\n${what}\n${whatToDo}`);
  process.exit(1);
}

function readPackages(path) {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).packages ?? {}) : null;
}

/** Compares what is installed with the lock file; packages for other systems are optional and may be missing. */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json')) ?? {};
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!present || !existsSync(ownNode)) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

function install() {
  console.log('Installing packages (npm ci) …');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
  });
  if (result.error) stop('npm could not be started.', 'Install Node 20 or newer with npm, then try again.');
  if (result.status !== 0) {
    stop('Installing packages failed.', 'Check the network and the npm registry (npm ping), then try again.');
  }
  if (!existsSync(ownNode)) {
    stop(
      'The `node` package was installed without its program.',
      'Its install script must be allowed to run: check ignore-scripts in your npm configuration.',
    );
  }
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`This is Node ${process.versions.node}.`, 'Install Node 20 or newer, then try again.');
}
if (!isInstalled()) install();

const child = spawn(ownNode, [join(root, 'scripts', 'tasks', 'main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`,
    // Running TypeScript directly is announced as experimental on every start.
    NODE_NO_WARNINGS: '1',
  },
});
// The task ends by itself what it started; this process only waits for it. A terminal sends Ctrl-C to both.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
