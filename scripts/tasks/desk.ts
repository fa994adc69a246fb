import { join } from 'node:path';
import { ROOT } from '../tools/steps.ts';
import { buildIfChanged } from './build.ts';

/** The desk server alone, until Ctrl-C; arguments are the server's own (`npm run desk -- --help`). */
export async function desk(args: readonly string[]): Promise<void> {
  await buildIfChanged();
  const program = join(ROOT, 'server', 'main.ts');
  process.argv = [process.execPath, program, ...args];
  await import(program);
}
