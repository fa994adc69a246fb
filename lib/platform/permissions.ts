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

/** Asks for sites, in the very task of a press. Resolves to whether they were allowed; never rejects. */
export const askForSite = (...urls: readonly string[]): Promise<boolean> =>
  browser.permissions.request({ origins: urls.map(siteOf) }).catch(() => false);

/** Gives rights to sites back; never rejects, also for what was not held. */
export async function forgetSites(urls: readonly string[]): Promise<void> {
  await Promise.allSettled(urls.map((url) => browser.permissions.remove({ origins: [siteOf(url)] })));
}
