import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBrowser } from '../tools/browsers.ts';
import { ROOT, StepFailed } from '../tools/steps.ts';
import type { BenchResult } from '../../tests/bench/bench-result.ts';
import { buildIfChanged } from './build.ts';

const FOLDER = join(ROOT, 'tests', 'bench');

/** Runs the measurements one after another and writes them to out/bench.json, or those whose name contains the argument (`npm run bench -- desk`). */
export async function bench(args: readonly string[]): Promise<void> {
  const [wanted = ''] = args;
  const all = (await readdir(FOLDER)).filter((name) => name.endsWith('.bench.ts')).sort();
  const chosen = all.filter((name) => name.includes(wanted));
  if (chosen.length === 0)
    throw new StepFailed(`No measurement is called "${wanted}".`, `There are: ${all.join(', ')}`);
  await ensureBrowser('chrome');
  await buildIfChanged();
  const results: BenchResult[] = [];
  for (const name of chosen) {
    console.log(`\n── ${name}`);
    const { run } = (await import(join(FOLDER, name))) as { run(): Promise<BenchResult[]> }; // what every bench exports
    const rows = await run();
    console.table(rows);
    results.push(...rows);
  }
  await mkdir(join(ROOT, 'out'), { recursive: true });
  await writeFile(join(ROOT, 'out', 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
  // PeerServer's timers would keep this process for ever.
  process.exit(0);
}
