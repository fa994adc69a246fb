import { MAX_BARRED_SITES } from '../protocol/cobrowse-limits.ts';
import type { AgentLink } from './shared-pages.ts';

/** Sites of parts of one shared page that the extension may not enter. */
export interface BarredSites {
  /** Of the frames that an agent's page holds; all of them, the latest count. */
  setFrames(agent: AgentLink, sites: readonly string[]): void;
  /** Of a picture or a style sheet. */
  note(site: string): void;
  /** These may be entered now. */
  open(sites: readonly string[]): void;
  /** An agent has gone, with what its page held; `isPage`: all else has, too. */
  forget(agent: AgentLink, isPage: boolean): void;
}

/** `show` is given all of them, whenever they have changed. */
export function createBarredSites(show: (sites: readonly string[]) => void): BarredSites {
  const ofFrames = new Map<AgentLink, readonly string[]>();
  const ofAssets = new Set<string>();
  const tell = () => {
    const sites = new Set([...ofFrames.values()].flat());
    for (const site of ofAssets) sites.add(site);
    sites.delete('');
    show([...sites].slice(0, MAX_BARRED_SITES));
  };
  return {
    setFrames(agent, sites) {
      ofFrames.set(agent, sites);
      tell();
    },
    note(site) {
      if (ofAssets.has(site)) return;
      ofAssets.add(site);
      tell();
    },
    open(sites) {
      for (const site of sites) ofAssets.delete(site);
      tell();
    },
    forget(agent, isPage) {
      ofFrames.delete(agent);
      if (isPage) ofAssets.clear();
      tell();
    },
  };
}
