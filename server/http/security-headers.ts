import type { OutgoingHttpHeaders } from 'node:http';

const COMMON: OutgoingHttpHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

const CLOSED = { 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" };

/** The guest page: camera, microphone and screen, sockets to this desk, pictures and recordings made in the page. */
export function guestHeaders(host: string): OutgoingHttpHeaders {
  return {
    ...COMMON,
    'content-security-policy': policy({
      ...CLOSED,
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'font-src': "'self' data:",
      'img-src': "'self' blob: data:",
      'media-src': "'self' blob: data:",
      // Older browsers don't count a socket to the same host as 'self'.
      'connect-src': `'self' ws://${host} wss://${host}`,
      'worker-src': "'self' blob:",
      'manifest-src': "'self'",
    }),
    'permissions-policy':
      'camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), autoplay=(self), ' +
      'fullscreen=(self), screen-wake-lock=(self), geolocation=(), payment=(), usb=()',
  };
}

/** Pages that only show text, and forms that go nowhere. */
export const PLAIN_HEADERS: OutgoingHttpHeaders = {
  ...COMMON,
  'content-security-policy': policy({
    ...CLOSED,
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
  }),
  'permissions-policy': 'camera=(), microphone=(), display-capture=(), geolocation=(), payment=()',
};

export const API_HEADERS: OutgoingHttpHeaders = { ...COMMON, 'content-security-policy': policy(CLOSED) };
