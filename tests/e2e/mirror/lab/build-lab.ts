import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { leanRecorder } from '../../../../scripts/build/lean-recorder.ts';

const HERE = import.meta.dirname;
const ROOT = resolve(HERE, '../../../..');

/** Builds the player page as it ships, and the two pages of the lab, into a directory of their own. */
export async function buildLab(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'alongside-lab-'));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [leanRecorder()],
    build: {
      outDir,
      target: 'es2024',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: {
          player: join(ROOT, 'entrypoints/player/index.html'),
          stage: join(HERE, 'stage.html'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  });
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [leanRecorder()],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2024',
      minify: false,
      lib: { entry: join(HERE, 'customer.ts'), formats: ['iife'], name: 'lab', fileName: () => 'customer.js' },
    },
  });
  return outDir;
}
