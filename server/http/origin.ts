import { isIP } from 'node:net';

const EXTENSION = /^(?:chrome-extension|moz-extension|safari-web-extension):\/\/([a-z0-9-]+)$/i;

export interface OriginRules {
  readonly publicUrl: string;
  readonly origins: readonly string[];
  readonly extensionIds: readonly string[];
}

/**
 * May a page of this origin talk to the desk? Without an Origin header it isn't a browser, and the ticket has to do.
 * `host` is the Host header: the desk's own pages come from there, but a name is believed only when it is the configured
 * one, since a hostile name can be made to point here (DNS rebinding); an address or `localhost` can't.
 */
export function isAllowedOrigin(origin: string | undefined, host: string | undefined, rules: OriginRules): boolean {
  if (origin === undefined) return true;
  const extension = EXTENSION.exec(origin)?.[1];
  if (extension !== undefined) return rules.extensionIds.length === 0 || rules.extensionIds.includes(extension);
  if (rules.origins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  if (rules.publicUrl !== '' && new URL(rules.publicUrl).origin === origin) return true;
  const { hostname, host: named } = new URL(origin);
  return named === host && (hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0);
}

/** Is this Host header fit to be written into a header of ours? */
export const isPublicName = (host: string | undefined): host is string =>
  host !== undefined && /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i.test(host);
