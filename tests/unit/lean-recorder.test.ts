import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { leanRecorder } from '../../scripts/build/lean-recorder.ts';

/** Code that reads a signal only to follow it, as it ships in a script of this name. */
async function builtAs(name: string): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'alongside-build-'));
  const entry = join(directory, name);
  await writeFile(entry, 'export const follow = (signal, again) => { void signal.value; again(); };');
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [leanRecorder()],
    build: { write: false, minify: true, lib: { entry, formats: ['es'] } },
  });
  await rm(directory, { recursive: true });
  const [chunk] = (Array.isArray(built) ? built : []).flatMap(({ output }) => output);
  return chunk?.type === 'chunk' ? chunk.code : undefined;
}

test('a signal that is read only to be followed is still read in what is built', async () => {
  expect(await builtAs('engine.ts')).toContain('.value');
});
