import { StepFailed } from '../tools/steps.ts';

type Task = (args: readonly string[]) => Promise<void>;

/** Loaded when asked for: linting must not wait for a browser driver. */
const TASKS: Readonly<Record<string, () => Promise<Task>>> = {
  start: async () => (await import('./start.ts')).start,
  test: async () => (await import('./test.ts')).test,
  'test:unit': async () => (await import('./test.ts')).testUnit,
  'test:e2e': async () => (await import('./test.ts')).testBrowsers,
  check: async () => (await import('./test.ts')).check,
  bench: async () => (await import('./bench.ts')).bench,
  desk: async () => (await import('./desk.ts')).desk,
  zip: async () => (await import('./zip.ts')).zip,
  dev: async () => (await import('./dev.ts')).devChrome,
  'dev:firefox': async () => (await import('./dev.ts')).devFirefox,
  build: async () => (await import('./build.ts')).build,
  lint: async () => (await import('./lint.ts')).lint,
  format: async () => (await import('./lint.ts')).format,
  typecheck: async () => (await import('./lint.ts')).typecheck,
};

const [name = '', ...args] = process.argv.slice(2);
const load = TASKS[name];
if (!load) {
  console.error(`There is no task "${name}". Tasks: ${Object.keys(TASKS).join(', ')}.`);
  process.exit(2);
}
try {
  const task = await load();
  await task(args);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\n${error.message}\n${error.whatToDo}`);
  process.exit(1);
}
