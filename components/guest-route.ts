export type GuestRoute =
  | { readonly kind: 'help' }
  /** A link with a session code; fewer than nine digits when the link was cut. */
  | { readonly kind: 'join'; readonly code: string }
  /** A device that waits for calls; `invite` is there when it is opened by its invitation. */
  | { readonly kind: 'ready'; readonly invite: string };

/** What the guest page is asked to be, from its address. */
export function toGuestRoute({ pathname, hash }: { readonly pathname: string; readonly hash: string }): GuestRoute {
  if (pathname.startsWith('/ready')) return { kind: 'ready', invite: hash.slice(1) };
  const join = /^\/j\/([^/]*)/.exec(pathname);
  if (join) return { kind: 'join', code: (join[1] ?? '').replaceAll('%20', '').replaceAll(/\D/g, '').slice(0, 9) };
  return { kind: 'help' };
}
