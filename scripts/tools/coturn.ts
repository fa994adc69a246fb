import { installDebianPackages } from './debian.ts';
import { hasProgram } from './steps.ts';

/** Whether coturn's `turnserver` is here; installs Debian's package where that is possible (as root). */
export async function ensureCoturn(): Promise<boolean> {
  if (await hasProgram('turnserver')) return true;
  await installDebianPackages(['coturn']);
  return hasProgram('turnserver');
}
