/**
 * What a page's own marks say about an element: our attribute and those of the known vendors (reference/cobrowse.md
 * §4.3), so that a site which has been marked up once need not be marked up again.
 */
export interface Directives {
  readonly sight: 'hide' | 'mask' | 'allow' | null;
  readonly noControl: boolean;
}

const HIDE_CLASSES =
  /(?:^|\s)(?:rr-block|no-upscope|sentry-block|fs-exclude|ph-no-capture|dd-privacy-hidden|cobrowse-hide)(?:\s|$)/;
const MASK_CLASSES =
  /(?:^|\s)(?:rr-mask|rr-ignore|sentry-mask|sentry-ignore|fs-mask|ph-mask|dd-privacy-mask|dd-privacy-mask-user-input|cobrowse-mask)(?:\s|$)/;
const ALLOW_CLASSES = /(?:^|\s)(?:sentry-unmask|fs-unmask|dd-privacy-allow|cobrowse-allow)(?:\s|$)/;

const HIDE_ATTRIBUTES: readonly string[] = [
  'data-sentry-block',
  'data-openreplay-hidden',
  'data-openreplay-htmlmasked',
  'data-fs-exclude',
];
const MASK_ATTRIBUTES: readonly string[] = [
  'surfly_private',
  'data-sentry-mask',
  'data-openreplay-masked',
  'data-openreplay-obscured',
  'data-fs-mask',
  'data-private',
];
const ALLOW_ATTRIBUTES: readonly string[] = ['data-sentry-unmask', 'data-openreplay-unmask', 'data-fs-unmask'];
const DATADOG: Readonly<Record<string, 'hide' | 'mask' | 'allow'>> = {
  hidden: 'hide',
  mask: 'mask',
  'mask-user-input': 'mask',
  'mask-unless-allowlisted': 'mask',
  allow: 'allow',
};

const NONE: Directives = { sight: null, noControl: false };

/** `attributes` by lower-case name. When marks disagree on one element, the one that shows less counts. */
export function readDirectives(attributes: Readonly<Record<string, unknown>>): Directives {
  const classes = typeof attributes.class === 'string' ? attributes.class : '';
  const own = textOf(attributes['data-cobrowse']).split(/[\s,]+/);
  const has = (names: readonly string[]) => names.some((name) => Object.hasOwn(attributes, name));
  const datadog = DATADOG[textOf(attributes['data-dd-privacy'])];
  const says = (sight: 'hide' | 'mask' | 'allow', pattern: RegExp, names: readonly string[]) =>
    own.includes(sight) || datadog === sight || pattern.test(classes) || has(names);
  const noControl = own.includes('no-control') || /(?:^|\s)no-remote-control(?:\s|$)/.test(classes);
  if (says('hide', HIDE_CLASSES, HIDE_ATTRIBUTES)) return { sight: 'hide', noControl };
  if (says('mask', MASK_CLASSES, MASK_ATTRIBUTES)) return { sight: 'mask', noControl };
  if (says('allow', ALLOW_CLASSES, ALLOW_ATTRIBUTES)) return { sight: 'allow', noControl };
  return noControl ? { sight: null, noControl } : NONE;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');

/** The same hiding marks as a selector, so that the recorder need not even read what they hide. */
export const HIDE_SELECTOR = [
  '[data-cobrowse~="hide" i]',
  '[data-dd-privacy="hidden"]',
  ...HIDE_ATTRIBUTES.map((name) => `[${name}]`),
  ...[
    'rr-block',
    'no-upscope',
    'sentry-block',
    'fs-exclude',
    'ph-no-capture',
    'dd-privacy-hidden',
    'cobrowse-hide',
  ].map((name) => `.${name}`),
].join(',');
