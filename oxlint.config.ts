import { defineConfig, type DummyRuleMap } from 'oxlint';
import { DOORS, forbiddenFor, MODEL_TYPES, RANKS } from './scripts/build/ranks.ts';

const RANK_MESSAGE = 'Imports go down in rank only; folders of the same rank do not import each other.';
const DOOR_MESSAGE = 'One door for each library: see DOORS in scripts/build/ranks.ts.';

/** Forbids imports from `folders`, and libraries whose door is not `door`. */
const within = (door: string, folders: readonly string[], packages: readonly string[] = []): DummyRuleMap => {
  const closed = Object.entries(DOORS).filter(([folder]) => folder !== door);
  const patterns = [
    {
      group: [...folders.map((folder) => `**/${folder}/**`), ...packages, `!**/${MODEL_TYPES}`],
      message: RANK_MESSAGE,
    },
    { group: closed.flatMap(([, libraries]) => libraries), message: DOOR_MESSAGE },
  ];
  return { 'eslint/no-restricted-imports': ['error', { patterns }] };
};

/** Folders of lib as the rest of the house writes them. */
const rooms = (...names: readonly string[]): string[] => names.map((name) => `lib/${name}`);

const OUTSIDE = ['server', 'tests', 'scripts'];

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'jsx-a11y', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  env: { browser: true, node: true, es2024: true },
  ignorePatterns: ['node_modules', '.output', '.wxt', 'out'],
  rules: {
    'eslint/complexity': ['error', { max: 32 }],
    'eslint/eqeqeq': ['error', 'always', { null: 'ignore' }],
    'eslint/max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    'eslint/max-params': ['error', { max: 4 }],
    'eslint/no-console': 'error',
    'eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    // A switch over a union is checked by the compiler, which knows when it is complete.
    'typescript/consistent-return': 'off',
    // Taste, or wrong for this code: awaiting in order is meant, small local functions read better in place.
    'eslint/no-await-in-loop': 'off',
    'eslint/no-shadow': 'off',
    'eslint/no-unmodified-loop-condition': 'off',
    'eslint/no-underscore-dangle': 'off',
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default': 'off',
    'import/no-named-as-default-member': 'off',
    // Takes a helper that returns the promise for one that drops it; no-floating-promises knows better.
    'vitest/require-awaited-expect-poll': 'off',
    'promise/always-return': 'off',
    'promise/no-multiple-resolved': 'off',
    'typescript/no-misused-promises': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-unsafe-enum-comparison': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/no-unnecessary-type-arguments': 'off',
    'typescript/unbound-method': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-useless-spread': 'off',
    'unicorn/require-post-message-target-origin': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/no-conditional-tests': 'off',
    'vitest/no-standalone-expect': 'off',
    'vitest/require-mock-type-parameters': 'off',
  },
  overrides: [
    { files: ['*.config.ts', 'entrypoints/**', 'scripts/build/**'], rules: { 'import/no-default-export': 'off' } },
    { files: ['scripts/**', 'tests/**', 'server/main.ts'], rules: { 'eslint/no-console': 'off' } },
    {
      files: ['tests/**'],
      rules: {
        'eslint/max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }],
        'vitest/no-disabled-tests': 'error',
        'vitest/no-focused-tests': 'error',
        // Waiting for a state is an assertion.
        'vitest/expect-expect': 'off',
      },
    },
    ...RANKS.flat().map((folder) => ({ files: [`lib/${folder}/**`], rules: within(folder, forbiddenFor(folder)) })),
    {
      files: ['components/**'],
      rules: within('components', [...OUTSIDE, 'entrypoints', ...rooms('platform', 'rtc', 'media', 'mirror', 'store')]),
    },
    { files: ['entrypoints/**'], rules: within('entrypoints', OUTSIDE) },
    { files: ['entrypoints/guest/**'], rules: within('guest', [...OUTSIDE, ...rooms('platform')], ['wxt', 'wxt/*']) },
    {
      files: ['server/**'],
      rules: within('server', ['components', 'entrypoints', 'tests', 'scripts', ...rooms(...RANKS.slice(3).flat())]),
    },
  ],
});
