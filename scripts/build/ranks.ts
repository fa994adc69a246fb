/**
 * The house's order: what lies in a folder of `lib` may import from lower ranks only, never from its own rank or above.
 * The linter enforces it (oxlint.config.ts), and tests/contract/boundaries.test.ts does where the linter can't.
 */
export const RANKS: readonly (readonly string[])[] = [
  ['shared'],
  ['protocol'],
  ['call', 'annotation', 'cobrowse', 'desk', 'engagement'],
  ['rtc', 'media', 'mirror', 'store', 'platform', 'overlay', 'i18n'],
  ['state'],
  ['engine'],
];

/** Everything that stands on top of `lib`. */
export const ABOVE = ['components', 'entrypoints', 'server', 'tests', 'scripts'] as const;

/** The one folder that may import a library, so that it can be replaced in one place. */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  annotation: ['roughjs', 'roughjs/*', 'perfect-freehand'],
  mirror: ['rrweb', '@rrweb/*'],
  rtc: ['peerjs'],
  store: ['idb'],
  platform: ['wxt/browser', 'webextension-polyfill'],
};

/** How the models look to views (`api.ts`, `share-api.ts`, …); `lib/state`, which makes them, takes its types from there. */
export const MODEL_TYPES = 'engine/*api.ts';

/** Folders that plain functions live in: no browser, no clock, no network. */
export const PURE_FOLDERS = RANKS[2] ?? [];

/** Folder names that a file in `lib/<folder>` must not import from. */
export function forbiddenFor(folder: string): readonly string[] {
  const rank = RANKS.findIndex((names) => names.includes(folder));
  return [...RANKS.slice(rank).flat(), ...ABOVE].filter((name) => name !== folder);
}
