import { defineConfig } from 'vitest/config';

const BROWSER_TEST_TIMEOUT_MS = 120_000;
const IN_BROWSERS = {
  environment: 'node',
  testTimeout: BROWSER_TEST_TIMEOUT_MS,
  hookTimeout: BROWSER_TEST_TIMEOUT_MS,
} as const;
/** A network interface that comes and goes is felt by every browser on the machine: these run when no other does. */
const MAKES_NETWORKS = ['tests/e2e/faults.test.ts', 'tests/e2e/relay.test.ts'];

export default defineConfig({
  test: {
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      { extends: true, test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'contract',
          environment: 'node',
          include: ['tests/contract/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      { extends: true, test: { name: 'ui', environment: 'happy-dom', include: ['tests/ui/**/*.test.{ts,tsx}'] } },
      {
        extends: true,
        test: {
          ...IN_BROWSERS,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: MAKES_NETWORKS,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...IN_BROWSERS,
          name: 'e2e-networks',
          include: MAKES_NETWORKS,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
