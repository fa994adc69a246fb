import type { Plugin } from 'vite';

interface Removal {
  /** End of the module's path. */
  readonly module: string;
  readonly find: RegExp;
  readonly replace: string;
}

/**
 * Paths in libraries that turn text into markup or code and that this product never takes. Removed, so that nothing can
 * take them by mistake and the add-on linter's list of such places stays empty.
 */
const REMOVALS: readonly Removal[] = [
  // Preact's dangerouslySetInnerHTML: the property is read and nothing is done.
  { module: '/preact/dist/preact.mjs', find: /\(\w+\.innerHTML=\w+\.__html\)/g, replace: '(0)' },
];

/** Removes them, and fails the build when a new version of a library looks different. */
export function withoutMarkupSinks(): Plugin {
  return {
    name: 'alongside:without-markup-sinks',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      const path = id.replaceAll('\\', '/').split('?')[0] ?? '';
      const removals = REMOVALS.filter(({ module }) => path.endsWith(module));
      if (removals.length === 0) return null;
      let changed = code;
      for (const { module, find, replace } of removals) {
        if (!find.test(changed))
          this.error(`${module} no longer contains ${find.source}: look again at what to remove.`);
        changed = changed.replace(find, replace);
      }
      return { code: changed, map: null };
    },
  };
}
