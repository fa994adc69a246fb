/** Tells the site that a page is about to go to, when it is another one. It may never come there: a server can send it on. */
export function watchLeaving(view: Window, onLeave: (origin: string) => void, signal: AbortSignal): void {
  // Not every Firefox that the manifest lets in has it. There the customer presses the icon.
  if (!('navigation' in view)) return;
  view.navigation.addEventListener(
    'navigate',
    ({ destination }) => {
      const { origin = '', protocol } = URL.parse(destination.url) ?? {};
      if (/^https?:$/.test(protocol ?? '') && origin !== view.origin) onLeave(origin);
    },
    { signal },
  );
}
