import { runStep } from '../tools/steps.ts';

const whatToDo = 'The message above says why.';

/** Rebuilds and reloads on every change; load .output/chrome-dev into Chrome once. */
export const devChrome = (args: readonly string[]): Promise<void> =>
  runStep('Development for Chrome', 'wxt', args, whatToDo);

export const devFirefox = (args: readonly string[]): Promise<void> =>
  runStep('Development for Firefox', 'wxt', ['-b', 'firefox', ...args], whatToDo);
