import { expect, test } from 'vitest';
import { canMakeNetworks, createFarNetwork } from './harness/network.ts';

// The kernel takes a namespace apart when it finds the time.
test.runIf(canMakeNetworks())('far networks can be made one right after another', () => {
  const make = () => createFarNetwork().close();
  for (let count = 0; count < 12; count += 1) expect(make).not.toThrow();
});
