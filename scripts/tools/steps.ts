import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A step that did not work; `whatToDo` is for the person at the terminal. */
export class StepFailed extends Error {
  readonly whatToDo: string;

  constructor(what: string, whatToDo: string) {
    super(what);
    this.name = 'StepFailed';
    this.whatToDo = whatToDo;
  }
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** `inherit` shows the output as it comes; `collect` returns it, and shows nothing. */
  readonly output: 'inherit' | 'collect';
  readonly signal?: AbortSignal;
}

export interface Outcome {
  readonly exitCode: number;
  /** Standard output and error in order of arrival; empty when inherited. */
  readonly text: string;
}

/** Runs a program in the project's root to its end. Resolves also when it fails; rejects only if it could not be started. */
export function runCommand({ program, args, env, output, signal }: Command): Promise<Outcome> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', failed);
    child.on('close', (code) => done({ exitCode: code ?? 1, text }));
  });
}

/** Runs one step with its output shown; throws StepFailed when it fails. */
export async function runStep(name: string, program: string, args: readonly string[], whatToDo: string): Promise<void> {
  const { exitCode } = await runCommand({ program, args, output: 'inherit' });
  if (exitCode !== 0) throw new StepFailed(`${name} failed (exit code ${exitCode}).`, whatToDo);
}

/** Runs one step and tells only how long it took; its output is shown, and StepFailed thrown, when it fails. */
export async function runQuietStep(
  name: string,
  program: string,
  args: readonly string[],
  whatToDo: string,
): Promise<void> {
  const startedAt = performance.now();
  // What is built is for production, also when a test has it built.
  const env = { NODE_ENV: 'production' };
  const { exitCode, text } = await runCommand({ program, args, env, output: 'collect' });
  if (exitCode !== 0) throw new StepFailed(`${text.trim()}\n\n${name} failed (exit code ${exitCode}).`, whatToDo);
  console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Whether `program` is on the PATH. */
export async function hasProgram(program: string): Promise<boolean> {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  const { exitCode } = await runCommand({ program: finder, args: [program], output: 'collect' }).catch(() => ({
    exitCode: 1,
  }));
  return exitCode === 0;
}
