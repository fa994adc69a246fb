import type { Fact } from '../protocol/desk-messages.ts';
import { MAX_FACT_CHARS } from '../protocol/limits.ts';

/** What of a browser is read; the rest of `navigator` stays where it is. */
export interface FactSources {
  readonly userAgent: string;
  readonly language: string;
  readonly timeZone: string;
  readonly screen: { readonly width: number; readonly height: number };
  readonly pixelRatio: number;
  /** `navigator.connection`, where the browser has it. */
  readonly connection?: { readonly effectiveType?: string; readonly type?: string } | undefined;
  readonly page?: { readonly title: string; readonly address: string } | null;
}

/** The facts about this side that are told to the other one. Addresses come without query and fragment. */
export function collectFacts(sources: FactSources): readonly Fact[] {
  const { userAgent, language, timeZone, screen, pixelRatio, connection, page } = sources;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['browser', browserOf(userAgent)],
    ['system', systemOf(userAgent)],
    ['language', language],
    ['timeZone', timeZone],
    ['screen', `${screen.width} × ${screen.height} @ ${Math.round(pixelRatio * 100) / 100}`],
    ['network', connection?.type ?? connection?.effectiveType],
    ['pageTitle', page?.title],
    ['pageAddress', page ? withoutQuery(page.address) : undefined],
  ];
  return lines.flatMap(([key, value]) =>
    value ? [{ key, value: value.slice(0, MAX_FACT_CHARS), source: 'collected' as const }] : [],
  );
}

/** Facts that came with a link (`?site=Hall%20B&machine=P-204`): plain attributes with names that a person can read. */
export function factsFromLink(search: string): readonly Fact[] {
  return [...new URLSearchParams(search)]
    .filter(([key, value]) => /^[a-zA-Z][a-zA-Z0-9_. -]{0,39}$/.test(key) && value !== '')
    .slice(0, MAX_LINK_FACTS)
    .map(([key, value]) => ({ key, value: value.slice(0, MAX_FACT_CHARS), source: 'link' as const }));
}

const MAX_LINK_FACTS = 20;

export function withoutQuery(address: string): string {
  if (!URL.canParse(address)) return '';
  const { origin, pathname, protocol } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? origin + pathname : protocol;
}

/** First match wins: Chromium-based browsers name Chrome, and Chrome names Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android (\d+)/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows NT/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

const browserOf = (userAgent: string) => nameIn(BROWSERS, userAgent);
const systemOf = (userAgent: string) => nameIn(SYSTEMS, userAgent);

function nameIn(table: readonly (readonly [RegExp, string])[], userAgent: string): string | undefined {
  for (const [pattern, name] of table) {
    const match = pattern.exec(userAgent);
    if (match) return match[1] ? `${name} ${match[1]}` : name;
  }
  return undefined;
}

/** Reads them from the page this runs in. */
export function ownFactSources(page: FactSources['page'] = null): FactSources {
  return {
    userAgent: navigator.userAgent,
    language: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen,
    pixelRatio: devicePixelRatio,
    connection: 'connection' in navigator ? (navigator.connection as FactSources['connection']) : undefined, // not in every browser's types
    page,
  };
}
