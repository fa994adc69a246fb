import type { Plugin } from 'vite';
import { PLAYED_PAGES } from './played-pages.ts';
import { RECORDED_STYLES } from './recorded-styles.ts';

/** Canvases are seen by the agent, as pictures (lib/mirror/page-canvases.ts); the recorder never records them. */
const MAKES_CANVASES = 'canvasManager = new CanvasManager({';
const NO_CANVASES = 'canvasManager = { reset() {}, freeze() {}, unfreeze() {}, lock() {}, unlock() {} };\n({';
/** A page's content policy forbids style attributes, and complains of each; it does not mind the same by script. */
const PARSES_STYLE = 'old.setAttribute("style", m.oldValue)';
const SETS_STYLE = 'old.style.cssText = m.oldValue';
/**
 * Added nodes come with all below them, as in a snapshot: told one by one they cost everybody on the way several times
 * as much. Where they are scrolled to is not asked, because that would make the browser lay out the page at once.
 */
const WHOLE_ADDITIONS: readonly (readonly [string | RegExp, string])[] = [
  [/skipChild: true,\s*newlyAddedElement: true,/, 'newlyAddedElement: true,'],
  [
    /if \(hasShadowRoot\(n\)\) this\.shadowDomManager\.addShadowRoot\(src_default\.shadowRoot\(n\), this\.doc\);/,
    `if (hasShadowRoot(currentN)) this.shadowDomManager.addShadowRoot(src_default.shadowRoot(currentN), this.doc);
    this.addedSet.delete(currentN);
    addedIds.add(this.mirror.getId(currentN));
    if (mutationBuffers.size > 1) toldIn.set(currentN, currentN.getRootNode());`,
  ],
  ['const bypassOptions = {', 'const bypassOptions = { newlyAddedElement,'],
  [
    'serializedNode.tagName === "textarea" && serializedNode.attributes.value !== void 0',
    'serializedNode.tagName === "textarea" && (newlyAddedElement || serializedNode.attributes.value !== void 0)',
  ],
];
/**
 * Each shadow root and each frame has an observer of its own. Where a node came from one to another, this may be heard
 * before that it went; rrweb would then forget the node in its new place, and whatever changes in it.
 */
const MOVES_BETWEEN_ROOTS: readonly (readonly [string, string])[] = [
  ['function deepDelete(', 'const toldIn = new WeakMap();\n$&'],
  [
    'm.removedNodes.forEach((n) => {',
    `$& const root = toldIn.get(n);
    if (root && root === n.getRootNode() && root !== m.target.getRootNode()) return;`,
  ],
];
/**
 * rrweb takes what it looks through from a fresh frame when a page has replaced the browser's own. It also does so for two
 * methods that it takes for getters, and for one that Firefox has not: each of its copies put frames into every page.
 */
const OWN_IS_ENOUGH: readonly (readonly [RegExp, string])[] = [
  [/ShadowRoot: \["getSelection"\]/g, 'ShadowRoot: []'],
  [/"shadowRoot",\s*"querySelector",\s*"querySelectorAll"/g, '"shadowRoot"'],
];
/**
 * Each time an element is told, rrweb begins to listen for what loads in it; a frame that has moved, or was in more than one
 * snapshot, would have each of its documents told as often.
 */
const ONE_LISTENER: readonly (readonly [string, string])[] = [
  [
    'function onceIframeLoaded(iframeEl, listener, iframeLoadTimeout) {',
    `const lastToldOf = new WeakMap();
$& const tell = listener;
	listener = () => lastToldOf.get(iframeEl) === tell && tell();
	lastToldOf.set(iframeEl, tell);`,
  ],
];
/** A document that was opened and written anew has lost those who listened in it, in Firefox who looked at it, too. */
const WRITTEN_ANEW: readonly (readonly [string, string])[] = [
  [
    'if (iframeObservers.has(doc)) return;',
    `if (iframeObservers.has(doc) && rootOf.get(doc) === doc.documentElement) return;
				iframeObservers.get(doc)?.();
				rootOf.set(doc, doc.documentElement);`,
  ],
  ['const iframeObservers = ', 'const rootOf = new WeakMap();\n\t\t$&'],
];
/** What is never sent is not watched either; the pointer goes on a way of its own (lib/mirror/page-pointer.ts). */
const UNWATCHED = ['Font', 'MediaInteraction', 'CustomElement', 'Move', 'MouseInteraction'] as const;

/** What those who don't watch would be told of. */
const UNHEARD = ['mousemove', 'mouseInteraction', 'mediaInteraction', 'font'] as const;

/** Which of its sources a picture shows is the customer's browser's choice. */
const SHOWN_SOURCE = [
  'if (tagName === "dialog" && n.open)',
  'if (tagName === "img" && n.currentSrc) attributes.src = n.currentSrc;\n$&',
] as const;
/**
 * Chromium's PDF viewer is in a page of its own, which nobody can look into; what it shows is a file
 * (lib/cobrowse/privacy-tree.ts).
 */
const PDF_IN_FRAME = [
  'const tagName = getValidTagName$1(n);',
  'const tagName = n.nodeName === "BODY" && /pdf/.test(n.ownerDocument.contentType) ? "embed" : getValidTagName$$1(n);',
] as const;
/**
 * A list of which several may be chosen has other choices with the same first one (lib/mirror/told-beside.ts), and what a page
 * does to an option it does to the list. Radio buttons of one name are a group in their form, not in the whole page.
 */
const EVERY_CHOICE = [
  ['if (el !== target) {', 'if (el !== target && el.form === target.form) {'],
  ['if (!lastInputValue ||', 'if (target.multiple || !lastInputValue ||'],
  ['target = src_default.parentElement(target);', 'target = target.closest("select");'],
  ['INPUT_TAGS.indexOf(tagName) < 0', 'INPUT_TAGS.indexOf(target.tagName) < 0'],
] as const;
/**
 * Libraries of old put an `Array.from` of their own in the place of the browser's. rrweb would put the browser's back, which
 * is not its to do, and only if it came later.
 */
const OWN_LISTS: readonly (readonly [string | RegExp, string])[] = [
  [/try \{\s*if \(Array\.from\(\[1\][^]*?\n\} catch \(err\) \{[^}]*\}/, ''],
  [/\bArray\.from\(/g, 'listFrom('],
  [
    /^/,
    `const listFrom = (from, change = (each) => each) => {
	const list = [];
	if (from[Symbol.iterator]) for (const each of from) list.push(change(each, list.length));
	else for (let i = 0; i < from.length; i++) list.push(change(from[i], i));
	return list;
};
`,
  ],
];
/** Frames of other origins have recorders of their own, pictures come from the agent, and nobody else listens. */
const UNUSED: readonly (readonly [string | RegExp, string])[] = [
  ['transformCrossOriginEvent(iframeEl, e) {', '$& return false;'],
  ['function mergeHooks(o, hooks) {', '$& return;'],
  ['handleMessage(message) {', '$& return;'],
  ['replace(iframeMirror, obj, iframeEl, keys) {', '$& return obj;'],
  [/inEmittingFrame = recordCrossOriginIframes \? [^:]+: true/, 'inEmittingFrame = true'],
  ['crossOriginIframeMirror = new CrossOriginIframeMirror(genId)', 'crossOriginIframeMirror = null'],
  ['this.crossOriginIframeStyleMirror = new CrossOriginIframeMirror(', 'this.crossOriginIframeStyleMirror = ('],
  // What is only said to developers; the console is the page's.
  [/return console\.warn\("[^"]+"\);/g, 'return;'],
  [/console\.(?:warn|debug)\("[^"]+"(?:, \w+)?\);/g, ''],
  ['if (typeof window !== "undefined" && window.Proxy && window.Reflect) _mirror =', 'if (false) _mirror ='],
  // There are none.
  [/for \(const plugin of plugins \|\| \[\]\) if \(plugin\.eventProcessor\) e = plugin\.eventProcessor\(e\);/, ''],
  [/for \(const plugin of plugins \|\| \[\]\) if \(plugin\.getMirror\) plugin\.getMirror\(\{[^}]*\}\);/, ''],
  [/plugins: plugins\?\.filter\([^]*?\}\)\) \|\| \[\]/, 'plugins: []'],
  // Browsers that the extension does not run in.
  [
    /const ua = navigator\.userAgent;\s*if \(ua\.includes\("Safari"\)[^]*?\} else iframeEl\.remove\(\);/g,
    'iframeEl.remove();',
  ],
  [/if \(isCSSStyleRule\(rule\) && [^]*?fixSafariColons\(ruleStringified\);/, ''],
  [/if \(cssText\.includes\(" background-clip: text;"\)[^;]*;[^;]*;[^;]*;[^;]*;[^;]*;/, ''],
  [/if \(!\S* ?\/\[1-9\]\[0-9\]\{12\}\/\.test[^\n]*/g, ''],
  [/else \{\s*if \(canMonkeyPatchNestedCSSRule\("CSSMediaRule"\)[^}]*\}/, ''],
  // The mirror plays nothing: what a player is at does not leave.
  [/if \(\["audio", "video"\]\.includes\(tagName\)\) \{[^}]*\}/, ''],
  [/(slimDOMDefaults\(_slimDOMOptions\);\s*)polyfill\$\d\(\);/, '$1'],
  [
    /function getWindowScroll\(win\) \{[^]*?\n\}\n/,
    'function getWindowScroll(win) {\n\treturn { left: win.scrollX, top: win.scrollY };\n}\n',
  ],
  [/(function getWindow(?:Height|Width)\(\) \{\s*return window\.\w+)[^;]*/g, '$1'],
  // What else is of no use in a mirror is left out by the filter (lib/cobrowse/privacy-tree.ts).
  [/(function slimDOMDefaults\((\w+)\) \{)[^]*?\n\}\n/, '$1 return $2; }\n'],
  [
    /(function slimDOMExcluded\(sn[^)]*\) \{)[^]*?\n\}\n/,
    `$1
	return sn.type === NodeType$$3.Comment ||
		sn.tagName === "meta" && sn.attributes.name?.toLowerCase() !== "color-scheme";
}
`,
  ],
  // Of scripts only the place is told.
  ['recordChild && !serializedNode.needBlock', '$& && serializedNode.tagName !== "script"'],
  // Which inputs are masked is said one by one, and snapshots are asked for.
  [/maskAllInputs === true \? \{[^}]+\} : /, ''],
  ['if (exceedCount || exceedTime)', 'if (false)'],
  // Masks are the filter's: the page's own word about them is read there, with everybody else's.
  [/function needMaskingText\([^)]*\) \{/, '$& return false;'],
  // What packs canvases as pictures beside the page.
  [/blob = typeof self !== "undefined" && self\.Blob && new Blob\(/, 'blob = ('],
  [/for \(var (i\$\d+) = 0; \1 < chars\.length; \1\+\+\) lookup\[[^;]+;/, ''],
  ['lookup = typeof Uint8Array === "undefined" ? [] : ', 'lookup = '],
  // What a page may say to a recorder of its own.
  [/record\.(?:addCustomEvent|addAnnotation|freezePage) = \([^]*?\n\};/g, ''],
  // A node of the player's.
  ['n instanceof BaseRRNode && "shadowRoot" in n', 'false'],
  ['tagName === "canvas" && recordCanvas', 'false'],
  ['tagName === "img" && inlineImages', 'false'],
];

/** rrweb as the recorder and the player need it. Throws when a release of it is written in another way. */
function adapt(code: string): string {
  const changes: readonly (readonly [string | RegExp, string])[] = [
    [MAKES_CANVASES, NO_CANVASES],
    [PARSES_STYLE, SETS_STYLE],
    ...WHOLE_ADDITIONS,
    ...MOVES_BETWEEN_ROOTS,
    ...ONE_LISTENER,
    ...WRITTEN_ANEW,
    ...RECORDED_STYLES,
    SHOWN_SOURCE,
    PDF_IN_FRAME,
    ...PLAYED_PAGES,
    ...EVERY_CHOICE,
    ...OWN_IS_ENOUGH,
    ...UNUSED,
    ...UNHEARD.map(
      (name) => [new RegExp(`${name}Cb: \\([^)]*\\) => wrappedEmit\\(\\{[^}]*\\{[^}]*\\}\\s*\\}\\),`), ''] as const,
    ),
    ...UNWATCHED.map(
      (name) => [new RegExp(`(function init${name}Observer\\([^)]*\\) \\{)`), '$1 return () => {};'] as const,
    ),
    // What else is changed is found as rrweb has written it.
    ...OWN_LISTS,
  ];
  return changes.reduce((before, [pattern, replacement]) => {
    const after = before.replace(pattern, replacement);
    if (after === before) throw new Error(`rrweb has no ${String(pattern)} any more.`);
    return after;
  }, code);
}

/** The recorder is a build of its own, and no signal is in it. */
const isRecorder = (input: unknown): boolean => typeof input === 'string' && input.endsWith('recorder.content.ts');

/**
 * Lets the bundler leave the player, and the CSS parser that goes with it, out of what only records: 23 kB instead of
 * 58 kB, gzipped. rrweb is one file whose parser is wrapped in helpers that the bundler takes for having effects.
 */
export const leanRecorder = (): Plugin => ({
  name: 'alongside:lean-recorder',
  apply: 'build',
  transform(code, id) {
    if (!/rrweb[/\\]dist[/\\]rrweb\.js$/.test(id)) return null;
    return { code: adapt(code), map: null };
  },
  // Here, and not in `config`: WXT writes these options for each script itself.
  options: (options) => ({
    ...options,
    treeshake: {
      ...(typeof options.treeshake === 'object' && options.treeshake),
      // Everywhere else reading a signal is following it, and must be left where it stands.
      ...(isRecorder(options.input) && { propertyReadSideEffects: false }),
      manualPureFunctions: ['__commonJSMin', '__commonJSMin$1', '__toESM', '__toESM$1'],
    },
  }),
});
