import { browser } from './browser.ts';

export type Grant = 'granted' | 'prompt' | 'denied';

/**
 * Whether the extension may use a microphone or camera. Asked each time: a grant can be "this time only", and browsers take
 * unused ones back (reference/platform.md §1).
 */
export async function mediaGrant(kind: 'microphone' | 'camera'): Promise<Grant> {
  const status = await navigator.permissions.query({ name: kind });
  return status.state;
}

/** Without a port: Firefox refuses patterns that name one. */
function siteOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

/** Asks for a site, in the very task of a press. Resolves to whether it was allowed; never rejects. */
export const askForSite = (url: string): Promise<boolean> =>
  browser.permissions.request({ origins: [siteOf(url)] }).catch(() => false);

/** Gives rights to sites back; never rejects, also for what was not held. */
export async function forgetSites(urls: readonly string[]): Promise<void> {
  await Promise.allSettled(urls.map((url) => browser.permissions.remove({ origins: [siteOf(url)] })));
}
