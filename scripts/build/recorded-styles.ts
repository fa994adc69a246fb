/** Where rrweb loses what a page does with its style sheets: what is to be replaced in its text, and by what. */
type Change = readonly [string | RegExp, string];

/**
 * rrweb tells of a rule at once and of a text when the task has ended, or later: a rule that came into a style element after
 * its text would be told for the sheet of the text before. What has gone before is told first, once for each sheet.
 */
const RULES_AFTER_TEXTS: readonly Change[] = [
  [
    'function getIdAndStyleId(',
    `const sheetOf = new WeakMap();
function settle(changed) {
	const sheet = (changed.parentRule || changed).parentStyleSheet || changed;
	const owner = sheet.ownerNode;
	if (!owner || sheetOf.get(owner) === sheet) return;
	sheetOf.set(owner, sheet);
	settleAll();
}
function settleAll() {
	mutationBuffers.forEach((buffer) => buffer.settle());
}
$&`,
  ],
  [
    /new ObserverCtor\((callbackWrapper\(mutationBuffer\.processMutations\.bind\(mutationBuffer\)\))\)/,
    `new ObserverCtor(hear);
	mutationBuffer.settle = () => hear(observer.takeRecords())`,
  ],
  [
    'const observer = new ObserverCtor(',
    'const hear = callbackWrapper(mutationBuffer.processMutations.bind(mutationBuffer));\n$&',
  ],
];
/**
 * A sheet that is switched off is told by `disabled` on what owns it, where style elements have no such attribute. Where a
 * link's sheet is in a shadow root, the document does not name it.
 */
const SWITCHED_OFF: readonly Change[] = [
  [
    'function serializeElementNode(',
    `let everOff;
const isOff = (n) => {
	if (n.localName !== "link" && n.localName !== "style") return void 0;
	if (!n.disabled && !n.sheet?.disabled) return null;
	(everOff ??= new WeakSet()).add(n);
	return "";
};
$&`,
  ],
  [/const stylesheet = Array\.from\(doc\.styleSheets\)\.find\([^]*?\}\);/, 'const stylesheet = n.sheet;'],
  [
    'if (tagName === "link" && inlineStylesheet) {',
    `const off = isOff(n);
	if (off === null) delete attributes.disabled;
	else if (off === "") attributes.disabled = off;
	$&`,
  ],
  [
    'let value = m.target.getAttribute(attributeName);',
    `$& if (attributeName === "disabled" && isOff(target) !== void 0) value = isOff(target);`,
  ],
  // A new text makes a new sheet, and that is on.
  [
    'if (isIgnored(m.target, this.mirror, this.slimDOMOptions)) return;',
    `$&
		if (everOff && m.type !== "attributes") for (const target of [m.target, m.target.parentNode])
			if (everOff.has(target)) this.processMutation({ type: "attributes", target, attributeName: "disabled" });`,
  ],
  ['function initStyleSheetObserver({', '$& mutationCb,'],
  [
    'const insertRule = win.CSSStyleSheet.prototype.insertRule;',
    `$&
	const unhook = [win.StyleSheet, win.HTMLStyleElement].map(({ prototype }) => hookSetter(prototype, "disabled", { set() {
		const owner = this.ownerNode || this;
		settleAll();
		const id = mirror.getId(owner);
		if (id > 0) mutationCb({ texts: [], attributes: [{ id, attributes: { disabled: isOff(owner) } }], removes: [], adds: [] });
	} }, false, win));`,
  ],
  [
    /return callbackWrapper\(\(\) => \{(\s*win\.CSSStyleSheet\.prototype\.insertRule = insertRule;)/,
    'return callbackWrapper(() => { unhook.forEach((end) => end());$1',
  ],
];
/**
 * Sheets may be adopted by a list that is changed in place, by a root whose host is not told of yet, and be let go all
 * together.
 */
const ADOPTED: readonly Change[] = [
  ['if (sheets.length === 0) return;', ''],
  ['function initAdoptedStyleSheetObserver(', 'const adoptionOf = new WeakMap();\n$&'],
  ['hostId === null || hostId === -1 || !patchTarget', '!patchTarget'],
  [
    'Object.defineProperty(host, "adoptedStyleSheets", {',
    `const now = () => [...originalPropertyDescriptor.get.call(host)];
	// A document's are in its snapshot.
	let told = host.host ? [] : now();
	const tell = callbackWrapper(() => {
		const sheets = now();
		const id = mirror.getId(src_default.host(host) || host);
		if (id < 0 || sheets.length === told.length && sheets.every((sheet, at) => sheet === told[at])) return;
		told = sheets;
		stylesheetManager.adoptStyleSheets(sheets, id);
	});
	adoptionOf.set(host, tell);
	tell();
	$&`,
  ],
  [
    /get\(\) \{\s*return originalPropertyDescriptor\.get\?\.call\(this\);/,
    'get() { setTimeout(tell); return originalPropertyDescriptor.get.call(this);',
  ],
  [/(const result = originalPropertyDescriptor\.set\?\.call\(this, sheets\);)[^]*?(return result;)/, '$1 tell(); $2'],
  [
    'if (this.shadowDoms.has(shadowRoot)) return;',
    'if (this.shadowDoms.has(shadowRoot)) return void setTimeout(() => adoptionOf.get(shadowRoot)?.());',
  ],
  [/if \(shadowRoot\.adoptedStyleSheets && [^;]*;/, ''],
];
/** What a page does with its rules goes as without us: an error is the page's, and what failed is not told. */
const OWN_ERRORS: readonly Change[] = [
  [/if \(ignoreCSSAttributes\.has\(property\)\) return \w+\.apply\(thisArg, \[[^\]]*\]\);/g, ''],
  [
    /apply: callbackWrapper\((\(target, thisArg, argumentsList\) => \{[^]*?)return target\.apply\(thisArg, argumentsList\);\s*\}\)/g,
    'apply: telling($1})',
  ],
  [
    /function initStyleSheetObserver\(/,
    `const telling = (tell) => (target, thisArg, args) => {
	callbackWrapper(settle)(thisArg);
	const result = target.apply(thisArg, args);
	callbackWrapper(tell)(target, thisArg, args);
	return result;
};
$&`,
  ],
];

/** A link of the page's own tells of each sheet that it loads (lib/mirror/told-beside.ts); rrweb of the first one. */
const LOADED: readonly Change[] = [
  ['record.mirror = mirror;', '$& record.cssOf = stringifyStylesheet;'],
  [/(function onceStylesheetLoaded\((\w+)[^)]*\) \{)/, '$1 if ($2.getRootNode() === document) return;'],
];

export const RECORDED_STYLES: readonly Change[] = [
  ...RULES_AFTER_TEXTS,
  ...ADOPTED,
  ...OWN_ERRORS,
  ...SWITCHED_OFF,
  ...LOADED,
];
