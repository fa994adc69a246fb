import type { PrivacyMode } from '../protocol/cobrowse-messages.ts';

/** What holds for one page: the customer's mode, and the rules of options and desk that match its address. */
export interface PagePrivacy {
  readonly mode: PrivacyMode;
  /** Simple selectors (`privacy-selector.ts`). */
  readonly hide: readonly string[];
  readonly mask: readonly string[];
  /** What the customer's own rules show in strict mode, too. */
  readonly allow?: readonly string[] | undefined;
}

export const STRICT_PAGE: PagePrivacy = { mode: 'strict', hide: [], mask: [] };

/** One line of options or of a desk's policy. */
export interface PrivacyRule {
  /** A glob over origin and path: `https://*.example.com/account/*`. */
  readonly pages: string;
  readonly mode?: PrivacyMode | undefined;
  readonly hide?: readonly string[] | undefined;
  readonly mask?: readonly string[] | undefined;
  /** The customer's own rules only. */
  readonly allow?: readonly string[] | undefined;
}

/** Whether a glob matches an address without query. `*` is anything within a host label or path segment, `**` anything. */
export function matchesPages(pages: string, address: string): boolean {
  const pattern = pages
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*/g, '\u0000')
    .replace(/^(\w+|\*):\/\/\*\\\./, '$1://(?:[^/]+\\.)?')
    .replace(/(?<!\()\*/g, '[^/]*')
    .replaceAll('\u0000', '.*');
  return new RegExp(`^${pattern}${pages.endsWith('/') ? '.*' : ''}$`, 'i').test(address);
}

/**
 * The privacy of one page. Hiding and masking add up; of the modes the customer's for this site counts first, and the
 * desk can only make it stricter. What is allowed is the customer's alone.
 */
export function privacyOf(
  address: string,
  {
    own,
    desk,
    siteMode,
  }: {
    readonly own: readonly PrivacyRule[];
    readonly desk: readonly PrivacyRule[];
    readonly siteMode: PrivacyMode | null;
  },
): PagePrivacy {
  const matching = [...own, ...desk].filter((rule) => matchesPages(rule.pages, address));
  const ownMode =
    siteMode ?? own.findLast((rule) => rule.mode !== undefined && matchesPages(rule.pages, address))?.mode;
  const isDeskStrict = desk.some((rule) => rule.mode === 'strict' && matchesPages(rule.pages, address));
  return {
    mode: isDeskStrict ? 'strict' : (ownMode ?? 'strict'),
    hide: matching.flatMap((rule) => rule.hide ?? []),
    mask: matching.flatMap((rule) => rule.mask ?? []),
    allow: own.filter((rule) => matchesPages(rule.pages, address)).flatMap((rule) => rule.allow ?? []),
  };
}
