import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, runQuietStep } from '../tools/steps.ts';

const SOURCES = ['entrypoints', 'components', 'lib', 'public', 'scripts/build'];
const SINGLE_SOURCES = ['wxt.config.ts', 'vite.guest.config.ts', 'package-lock.json', 'tsconfig.json'];
const STAMP = join(ROOT, '.output', 'built-from.txt');

/** Builds both extensions and the guest page for production: .output/chrome, .output/firefox, .output/guest. */
export async function build(): Promise<void> {
  const sources = await fingerprintSources();
  const whatToDo = 'The message above names the file.';
  await runQuietStep('Building for Chrome', 'wxt', ['build'], whatToDo);
  await runQuietStep('Building for Firefox', 'wxt', ['build', '-b', 'firefox'], whatToDo);
  await runQuietStep('Building the guest page', 'vite', ['build', '-c', 'vite.guest.config.ts'], whatToDo);
  await mkdir(join(ROOT, '.output'), { recursive: true });
  await writeFile(STAMP, sources);
}

/** Builds unless the last build was made of just these sources. */
export async function buildIfChanged(): Promise<void> {
  const before = existsSync(STAMP) ? await readFile(STAMP, 'utf8') : '';
  if (before !== (await fingerprintSources())) await build();
}

async function fingerprintSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    for (const name of (await readdir(join(ROOT, folder), { recursive: true })).sort()) {
      await addFile(hash, join(folder, name));
    }
  }
  for (const name of SINGLE_SOURCES) await addFile(hash, name);
  return hash.digest('hex');
}

async function addFile(hash: ReturnType<typeof createHash>, name: string): Promise<void> {
  const path = join(ROOT, name);
  if (!(await stat(path)).isFile()) return;
  hash
    .update(name)
    .update('\0')
    .update(await readFile(path))
    .update('\0');
}
