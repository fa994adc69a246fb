/** Members that say something to people and mean nothing to code that builds a page. Fields are often called so. */
const HARMLESS = new Set(['title', 'lang', 'dir']);

/**
 * Members of an element. A field whose id is one of them would be found in the member's place in its form (HTML,
 * `LegacyOverrideBuiltIns` of HTMLFormElement), and code that builds a page would trip over it.
 */
export function reservedNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at: object | null = HTMLElement.prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    for (const name of Object.getOwnPropertyNames(at)) if (!HARMLESS.has(name)) names.add(name);
  }
  return names;
}
