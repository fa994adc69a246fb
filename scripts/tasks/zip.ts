import { runCommand, runQuietStep, StepFailed } from '../tools/steps.ts';

/**
 * Packs both extensions for their stores into .output: the Firefox package comes with the sources that Mozilla's reviewers
 * build it from, and must pass Mozilla's linter without an error or a warning.
 */
export async function zip(): Promise<void> {
  await runQuietStep('Packing for Chrome', 'wxt', ['zip'], 'The message above says why.');
  await runQuietStep('Packing for Firefox', 'wxt', ['zip', '-b', 'firefox'], 'The message above says why.');
  await lintFirefoxBuild();
}

/** Mozilla's linter on .output/firefox; throws StepFailed with what it found. */
export async function lintFirefoxBuild(): Promise<void> {
  const { exitCode, text } = await runCommand({
    program: 'web-ext',
    args: ['lint', '--source-dir', '.output/firefox', '--warnings-as-errors', '--no-config-discovery', '--boring'],
    output: 'collect',
  });
  if (exitCode !== 0)
    throw new StepFailed(`Mozilla's linter refuses the build:\n${text}`, 'Each finding names a place.');
  console.log("Mozilla's linter: no errors, no warnings.");
}
