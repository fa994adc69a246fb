import { defineConfig } from 'vitest/config';

const BROWSER_TEST_TIMEOUT_MS = 300_000;
export default defineConfig({
  test: {
    setupFiles: ['tests/patience.ts'],
    testTimeout: 30_000,
    // Nothing is asserted by it: a machine with much to do is slow, not wrong. Vitest's own limit is a second.
    expect: { poll: { timeout: 15_000, interval: 10 } },
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      { extends: true, test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'contract', environment: 'node', include: ['tests/contract/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          environment: 'happy-dom',
          include: ['tests/ui/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/ui/patience.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: BROWSER_TEST_TIMEOUT_MS,
          hookTimeout: BROWSER_TEST_TIMEOUT_MS,
          // One file after another: several browsers each fill two cores (two files at a time took as long), and an outage
          // that one file makes (a network interface that comes and goes) is felt by every browser on the machine.
          fileParallelism: false,
        },
      },
    ],
  },
});
