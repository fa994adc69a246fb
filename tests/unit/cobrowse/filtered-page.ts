import { createAssetRegister } from '../../../lib/cobrowse/assets-register.ts';
import { createPrivacyFilter } from '../../../lib/cobrowse/privacy-filter.ts';
import type { PagePrivacy } from '../../../lib/cobrowse/privacy-rules.ts';

/** A node as rrweb gives it, from a short notation: ['div', {attributes}, ...children] or text. */
export type Short = string | readonly [string, Record<string, unknown>, ...Short[]];

export const STRICT: PagePrivacy = { mode: 'strict', hide: [], mask: [] };
export const ASSIST: PagePrivacy = { mode: 'assist', hide: [], mask: [] };

/** A page that the filter has had a snapshot of. `$` in the attributes of an element is the name that `idOf` knows it by. */
export function createPage(privacy: PagePrivacy, body: readonly Short[]) {
  let id = 0;
  const ids = new Map<string, number>();
  const nodeOf = (short: Short): Record<string, unknown> => {
    id += 1;
    if (typeof short === 'string') return { type: 3, id, textContent: short };
    const [tagName, { $, ...attributes }, ...children] = short;
    if (typeof $ === 'string') ids.set($, id);
    return { type: 2, id, tagName, attributes, childNodes: children.map(nodeOf) };
  };
  const filter = createPrivacyFilter({
    privacy,
    assets: createAssetRegister('salt'),
    base: () => 'https://a.example/',
  });
  const send = (type: number, data: Record<string, unknown>) => filter.filter({ type, data, timestamp: 1 });
  const document = { type: 0, id: (id += 1), childNodes: [nodeOf(['html', {}, ['body', { $: 'body' }, ...body]])] };
  const sent = JSON.stringify(send(2, { node: document, initialOffset: { top: 0, left: 0 } }));
  return {
    filter,
    sent,
    idOf: (name: string) => ids.get(name) ?? -1,
    node: nodeOf,
    mutate: (data: Record<string, unknown>) =>
      send(3, { source: 0, adds: [], removes: [], texts: [], attributes: [], ...data }),
    incremental: (source: number, data: Record<string, unknown>) => send(3, { source, ...data }),
  };
}
