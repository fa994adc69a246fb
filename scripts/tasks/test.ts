import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBrowser } from '../tools/browsers.ts';
import { ensureDesktop } from '../tools/display.ts';
import { ROOT, runCommand, StepFailed } from '../tools/steps.ts';
import { build, buildIfChanged } from './build.ts';
import { LINT_ARGS } from './lint.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  run(): Promise<Count>;
}

const REPORTS = join(ROOT, 'out', 'test');

const LINT = programStage('lint', 'oxlint', LINT_ARGS);
const FORMAT = programStage('format', 'oxfmt', ['--check']);
const TYPES = programStage('types', 'tsc', ['-p', '.']);
const BUILD: Stage = { name: 'build', run: () => counted(build) };
const BROWSERS: Stage = {
  name: 'browsers',
  run: () =>
    counted(async () => {
      await ensureBrowser('chrome');
      await ensureBrowser('firefox');
      // Tests that need a desktop say so where there is none.
      await ensureDesktop();
    }),
};
const FAST = vitestStage('unit, contract and view tests', ['unit', 'contract', 'ui']);
const E2E = vitestStage('browser tests', ['e2e']);

/** Everything. Closes with the line `N passed, N failed`, the sum over all stages. */
export const test = (): Promise<void> => runStages([LINT, FORMAT, TYPES, BUILD, FAST, BROWSERS, E2E]);

/** What is checked before every commit: no browser, no build. */
export const check = (): Promise<void> => runStages([LINT, FORMAT, TYPES, vitestStage('unit tests', ['unit', 'ui'])]);

export const testUnit = (args: readonly string[]): Promise<void> =>
  runStages([vitestStage('unit and view tests', ['unit', 'ui'], args)]);

/** The journeys in real browsers; arguments go to Vitest (a file's name, `-t <test>`). */
export async function testBrowsers(args: readonly string[]): Promise<void> {
  await buildIfChanged();
  await runStages([BROWSERS, vitestStage('browser tests', ['e2e'], args)]);
}

/** Runs every stage, also after one that failed, and fails at the end if any did. */
async function runStages(stages: readonly Stage[]): Promise<void> {
  await rm(REPORTS, { recursive: true, force: true });
  await mkdir(REPORTS, { recursive: true });
  let passed = 0;
  let failed = 0;
  const failures: string[] = [];
  for (const stage of stages) {
    console.log(`\n── ${stage.name}`);
    const startedAt = performance.now();
    const count = await stage.run();
    passed += count.passed;
    failed += count.failed;
    if (count.failed > 0) failures.push(stage.name);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`── ${stage.name}: ${count.failed === 0 ? 'ok' : 'failed'}, ${seconds} s`);
  }
  if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

function programStage(name: string, program: string, args: readonly string[]): Stage {
  return {
    name,
    async run() {
      const { exitCode } = await runCommand({ program, args, output: 'inherit' });
      return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

async function counted(step: () => Promise<unknown>): Promise<Count> {
  try {
    await step();
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(`${error.message}\n${error.whatToDo}`);
    return { passed: 0, failed: 1 };
  }
}

function vitestStage(name: string, projects: readonly string[], args: readonly string[] = []): Stage {
  return {
    name,
    async run() {
      const report = join(REPORTS, `${projects.join('-')}.json`);
      const { exitCode } = await runCommand({
        program: 'vitest',
        args: [
          'run',
          ...projects.flatMap((project) => ['--project', project]),
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
          ...args,
        ],
        output: 'inherit',
      });
      return readReport(report, exitCode);
    },
  };
}

/** A run can fail without a failed test: a file that does not load, an error outside of any test. */
async function readReport(path: string, exitCode: number): Promise<Count> {
  const report = await readFile(path, 'utf8').then(
    (text): unknown => JSON.parse(text),
    () => null,
  );
  const number = (key: string): number => {
    const value: unknown = typeof report === 'object' && report !== null ? Reflect.get(report, key) : 0;
    return typeof value === 'number' ? value : 0;
  };
  const skipped = number('numPendingTests') + number('numTodoTests');
  if (skipped > 0) console.log(`${skipped} not run: each says above what it needs.`);
  const failed = number('numFailedTests');
  return { passed: number('numPassedTests'), failed: exitCode === 0 ? failed : Math.max(1, failed) };
}
