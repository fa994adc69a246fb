import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { ensureBrowser } from '../tools/browsers.ts';
import { ensureDesktop } from '../tools/display.ts';
import { ROOT, runCommand, StepFailed } from '../tools/steps.ts';
import { build, buildIfChanged } from './build.ts';
import { LINT_ARGS } from './lint.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
  /** What failed, and how, a text each: said once more at the end, where a long run is read first. */
  readonly failures?: readonly string[];
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
    if (count.failed > 0) failures.push(stage.name, ...(count.failures ?? []));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`── ${stage.name}: ${count.failed === 0 ? 'ok' : 'failed'}, ${seconds} s`);
  }
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
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

/** What is read of Vitest's JSON report. */
const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(
    v.object({
      name: v.string(),
      message: v.string(),
      assertionResults: v.array(
        v.object({ status: v.string(), fullName: v.string(), failureMessages: v.nullish(v.array(v.string())) }),
      ),
    }),
  ),
});

/** A run can fail without a failed test: a file that does not load, an error outside of any test. */
async function readReport(path: string, exitCode: number): Promise<Count> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const decoded = v.safeParse(Report, JSON.parse(text));
  if (!decoded.success) return { passed: 0, failed: 1, failures: [`There is no report of the tests in ${path}.`] };
  const report = decoded.output;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.log(`${skipped} not run: each says above what it needs.`);
  return {
    passed: report.numPassedTests,
    failed: exitCode === 0 ? report.numFailedTests : Math.max(1, report.numFailedTests),
    failures: listFailures(report),
  };
}

function listFailures({ testResults }: v.InferOutput<typeof Report>): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(ROOT, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const tests = failed.map(({ fullName, failureMessages }) => `  ${file}: ${fullName}\n${indent(failureMessages)}`);
    return message === '' ? tests : [`  ${file}\n${indent([message])}`, ...tests];
  });
}

const LINES_OF_A_FAILURE = 12;

const indent = (messages: readonly string[] | null | undefined): string =>
  (messages ?? [])
    .flatMap((message) => message.split('\n').slice(0, LINES_OF_A_FAILURE))
    .filter((line) => !line.includes('node_modules'))
    .map((line) => `    ${line}`)
    .join('\n');
