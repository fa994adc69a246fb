import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBrowser } from '../tools/browsers.ts';
import { ROOT, runStep, StepFailed } from '../tools/steps.ts';
import { buildIfChanged } from './build.ts';

const FOLDER = join(ROOT, 'tests', 'bench');

/** Runs the measurements one after another, or those whose name contains the argument (`npm run bench -- desk`). */
export async function bench(args: readonly string[]): Promise<void> {
  const [wanted = ''] = args;
  const all = (await readdir(FOLDER)).filter((name) => name.endsWith('.bench.ts')).sort();
  const chosen = all.filter((name) => name.includes(wanted));
  if (chosen.length === 0)
    throw new StepFailed(`No measurement is called "${wanted}".`, `There are: ${all.join(', ')}`);
  await ensureBrowser('chrome');
  await buildIfChanged();
  for (const name of chosen) {
    console.log(`\n── ${name}`);
    await runStep(name, process.execPath, [join(FOLDER, name)], 'The message above says why.');
  }
}
