import { FORMULA } from '../../lib/cobrowse/formula.ts';

/** A dialog that opens takes the focus, unless it is inert then: the expert may be typing elsewhere. */
const QUIET_DIALOGS = [
  /if \(newIsModalState\) dialog\.showModal\(\);\s*else dialog\.show\(\);/,
  `const wasInert = dialog.inert;
	dialog.inert = true;
	try { $& } finally { dialog.inert = wasInert; }`,
] as const;
/** Formulas are drawn by elements of MathML's own. */
const DRAWS_FORMULAS = [
  'node = doc.createElement(tagName);',
  `node = ${String(FORMULA)}.test(tagName) ? doc.createElementNS("http://www.w3.org/1998/Math/MathML", tagName) : doc.createElement(tagName);`,
] as const;

/** What rrweb's player does otherwise than a mirror has to: what is to be replaced in its text, and by what. */
export const PLAYED_PAGES: readonly (readonly [string | RegExp, string])[] = [DRAWS_FORMULAS, QUIET_DIALOGS];
