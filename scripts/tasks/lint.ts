import { runStep } from '../tools/steps.ts';

export const LINT_ARGS = ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'];

/** Finds mistakes and broken house rules (oxlint.config.ts). `--fix` repairs what can be repaired by itself. */
export const lint = (args: readonly string[]): Promise<void> =>
  runStep('Linting', 'oxlint', [...LINT_ARGS, ...args], 'The findings are above.');

/** Writes every file in the house's format (.oxfmtrc.json). */
export const format = (args: readonly string[]): Promise<void> =>
  runStep('Formatting', 'oxfmt', args, 'The message above names the file.');

export const typecheck = (args: readonly string[]): Promise<void> =>
  runStep('Checking types', 'tsc', ['-p', '.', ...args], 'The findings are above.');
