export type SiteAnswer = 'once' | 'session' | 'never';

/** What the customer said about sites: for one tab until it leaves the site, for the session, or never. */
export interface SiteAnswers {
  isAllowed(tabId: number, origin: string): boolean;
  isRefused(origin: string): boolean;
  answer(tabId: number, origin: string, answer: SiteAnswer): void;
  /** The tab is on this site now: a yes for another one "once" is used up. */
  visit(tabId: number, origin: string): void;
  /** Sites with a yes for the session. */
  ofSession(): readonly string[];
  clear(): void;
}

export function createSiteAnswers(): SiteAnswers {
  const session = new Set<string>();
  const never = new Set<string>();
  const once = new Map<number, string>();
  return {
    isAllowed: (tabId, origin) => !never.has(origin) && (session.has(origin) || once.get(tabId) === origin),
    isRefused: (origin) => never.has(origin),
    answer(tabId, origin, answer) {
      never.delete(origin);
      if (answer === 'never') never.add(origin);
      else if (answer === 'session') session.add(origin);
      else once.set(tabId, origin);
    },
    visit(tabId, origin) {
      if (once.has(tabId) && once.get(tabId) !== origin) once.delete(tabId);
    },
    ofSession: () => [...session],
    clear() {
      session.clear();
      never.clear();
      once.clear();
    },
  };
}
