import { defineConfig } from 'vitest/config';

const BROWSER_TEST_TIMEOUT_MS = 300_000;
const IN_BROWSERS = {
  environment: 'node',
  testTimeout: BROWSER_TEST_TIMEOUT_MS,
  hookTimeout: BROWSER_TEST_TIMEOUT_MS,
} as const;
/** One browser each, which shows no moving pictures to another one. */
const PAGES = [
  'tests/e2e/{gallery,link,platform,smoke}.test.ts',
  'tests/e2e/{mirror,overlay}/*.test.ts',
  'tests/e2e/cobrowse/cobrowse-{control,control-frameworks,privacy}.test.ts',
];

export default defineConfig({
  test: {
    setupFiles: ['tests/patience.ts'],
    testTimeout: 30_000,
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
        test: { ...IN_BROWSERS, name: 'pages', include: PAGES, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          ...IN_BROWSERS,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: PAGES,
          // One after another: moving pictures fill two cores, and an outage that one test makes (a network interface that
          // comes and goes) is felt by every browser on the machine.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
