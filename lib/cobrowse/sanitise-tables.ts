/** What of HTML and SVG may reach the mirror, and as what. reference/cobrowse.md §3.3. */

/**
 * Elements that load, run, frame or redirect by nature. They keep their place in the tree (later events speak of them)
 * as an element that means nothing, without attributes of theirs and without content.
 */
export const INERT_TAGS: ReadonlySet<string> = new Set([
  'script',
  'noscript',
  'base',
  'object',
  'embed',
  'applet',
  'param',
  'frame',
  'frameset',
  'noframes',
  'portal',
  'fencedframe',
  'webview',
  'template',
  'track',
  'source',
  'bgsound',
  'keygen',
  'isindex',
  'discard',
]);
export const INERT_TAG = 'alongside-inert';

/** Names that may never be defined as a custom element. */
export const RESERVED_CUSTOM: ReadonlySet<string> = new Set([
  'annotation-xml',
  'color-profile',
  'font-face',
  'font-face-src',
  'font-face-uri',
  'font-face-format',
  'font-face-name',
  'missing-glyph',
]);

/** Attributes whose value is an address, a policy or a behaviour; never passed on as they are. */
export const DROPPED_ATTRIBUTES: ReadonlySet<string> = new Set([
  'accesskey',
  'action',
  'allow',
  'archive',
  'as',
  'attributionsrc',
  'autocomplete',
  'autofocus',
  'autoplay',
  'blocking',
  'charset',
  'cite',
  'classid',
  'codebase',
  'codetype',
  'command',
  'commandfor',
  'content',
  'credentialless',
  'crossorigin',
  'csp',
  'data',
  'declare',
  'decoding',
  'defer',
  'download',
  'dynsrc',
  'elementtiming',
  'enctype',
  'fetchpriority',
  'form',
  'formaction',
  'formenctype',
  'formmethod',
  'formtarget',
  'handler',
  'http-equiv',
  'icon',
  'imagesizes',
  'imagesrcset',
  'importance',
  'integrity',
  'interestfor',
  'interesttarget',
  'is',
  'language',
  'loading',
  'longdesc',
  'lowsrc',
  'manifest',
  'method',
  'nonce',
  'object',
  'ping',
  'popovertarget',
  'popovertargetaction',
  'preload',
  'profile',
  'referrerpolicy',
  'rel',
  'sandbox',
  'shadowroot',
  'shadowrootmode',
  'sizes',
  'srcdoc',
  'srclang',
  'srcset',
  'tabindex',
  'target',
  'usemap',
  'version',
  'xml:base',
  'xmlns',
  'xmlns:xlink',
]);

/** Attributes that hold words or a number for people or style sheets and do nothing by themselves. */
export const TEXT_ATTRIBUTES: ReadonlySet<string> = new Set([
  'abbr',
  'alt',
  'class',
  'datetime',
  'label',
  'lang',
  'max',
  'media',
  'min',
  'part',
  'exportparts',
  'pattern',
  'placeholder',
  'role',
  'slot',
  'summary',
  'title',
  'value',
  'xml:lang',
  'xml:space',
]);

/** Where SVG keeps references; only a `#fragment` of the same document passes, or a picture for the two image elements. */
export const REFERENCE_ATTRIBUTES: ReadonlySet<string> = new Set(['href', 'xlink:href']);

/** Elements that write other elements' attributes over time, and the attributes they may write. */
export const ANIMATION_TAGS: ReadonlySet<string> = new Set(['animate', 'animatetransform', 'animatemotion', 'set']);
export const isAnimatable = (attribute: string): boolean =>
  !/^(?:on|xlink:|xml:)|href|src|style|class|^id$|action|data/i.test(attribute);

/** `meta` may set the page's colours and size; nothing else. */
export const META_NAMES: ReadonlySet<string> = new Set(['viewport', 'color-scheme', 'theme-color']);
