/**
 * Members of `document` and of forms. An element with such a name or id would be found in place of the member, and code
 * that rebuilds a page would trip over it.
 */
export function reservedNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of [Document, HTMLFormElement]) {
    for (let at: object | null = type.prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      for (const name of Object.getOwnPropertyNames(at)) names.add(name);
    }
  }
  return names;
}
