import { hasProgram, runCommand } from './steps.ts';

const QUIET = { DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Installs Debian packages where that is possible: as root on a system with apt. Returns what came of it, as a sentence;
 * callers look for the program themselves.
 */
export async function installDebianPackages(names: readonly string[]): Promise<string> {
  const list = names.join(' ');
  if (!(await hasProgram('apt-get'))) return `${list}: this system has no apt.`;
  if (process.getuid?.() !== 0) return `${list}: apt needs root.`;
  console.log(`Installing Debian's ${list} …`);
  const update = await runCommand({ program: 'apt-get', args: ['update'], env: QUIET, output: 'collect' });
  if (update.exitCode !== 0) return `apt-get update failed:\n${update.text.trim()}`;
  const args = ['install', '-y', '--no-install-recommends', ...names];
  const install = await runCommand({ program: 'apt-get', args, env: QUIET, output: 'collect' });
  return install.exitCode === 0 ? `${list}: installed.` : `apt-get install failed:\n${install.text.trim()}`;
}
