import type { Plugin } from 'vite';

/**
 * Bundled catalogues hold texts alone: the placeholders' numbers are for the browser's own reader of `_locales`, and
 * `except` are the beginnings of keys that these pages never show.
 */
export const leanCatalogues = ({ except = [] }: { except?: readonly string[] } = {}): Plugin => ({
  name: 'alongside:lean-catalogues',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!/_locales[/\\]\w+[/\\]messages\.json$/.test(id)) return null;
    const catalogue = JSON.parse(code) as Record<string, { message: string }>; // checked by tests/unit/i18n.test.ts
    const lean = Object.entries(catalogue)
      .filter(([key]) => !except.some((start) => key.startsWith(start)))
      .map(([key, { message }]) => [key, { message }]);
    return { code: JSON.stringify(Object.fromEntries(lean)), map: null };
  },
});
