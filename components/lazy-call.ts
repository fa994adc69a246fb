import { createLazy } from './create-lazy.tsx';

/**
 * The screens of a call come with the first ring, not with the page: most openings of a panel are for a look at the queue.
 */
export const LazyCallScreen = createLazy(async () => (await import('./call-screen.tsx')).CallScreen);
export const LazyGuestCall = createLazy(async () => (await import('./guest-call.tsx')).GuestCall);
export const LazyConsentDialog = createLazy(async () => (await import('./consent-dialog.tsx')).ConsentDialog);
export const LazyDiallingScreen = createLazy(async () => (await import('./dialling-screen.tsx')).DiallingScreen);
export const LazyEndedScreen = createLazy(async () => (await import('./ended-screen.tsx')).EndedScreen);

/** What follows the screen of a call, so that nobody waits for it then. */
export async function preloadAround(screen: typeof LazyCallScreen | typeof LazyGuestCall): Promise<void> {
  await Promise.all([screen.preload(), LazyConsentDialog.preload(), LazyEndedScreen.preload()]);
}
