import {
  MAX_PAGES_CHARS,
  MAX_PAGES_STARS,
  MAX_RULE_SELECTORS,
  MAX_SELECTOR_CHARS,
  PAGES_PATTERN,
  starsIn,
} from '../protocol/masking-rules.ts';
import type { PrivacyMode } from '../protocol/cobrowse-messages.ts';
import type { PrivacyRule } from './privacy-rules.ts';
import { compileSelector } from './privacy-selector.ts';

/** A rule as a person writes it: one selector a line. */
export interface RuleText {
  readonly pages: string;
  readonly mode: PrivacyMode | '';
  readonly hide: string;
  readonly mask: string;
  readonly allow: string;
}

export const EMPTY_RULE: RuleText = { pages: '', mode: '', hide: '', mask: '', allow: '' };

type SelectorField = 'hide' | 'mask' | 'allow';

/** What is wrong, at which field; `detail` is the piece of text that can't be read. */
export type RuleMistake =
  | { readonly field: 'pages'; readonly reason: 'empty' | 'scheme' | 'query' | 'shape' | 'stars' | 'long' }
  | { readonly field: SelectorField; readonly reason: 'selector' | 'long' | 'many'; readonly detail: string }
  | { readonly field: 'hide'; readonly reason: 'nothing' };

/** Reads a rule, or tells every mistake in it. A host alone means all pages of it. */
export function readRule(
  text: RuleText,
): { readonly rule: PrivacyRule } | { readonly mistakes: readonly RuleMistake[] } {
  const pages = wholeSite(text.pages.trim());
  const lists = { hide: linesOf(text.hide), mask: linesOf(text.mask), allow: linesOf(text.allow) };
  const mistakes: RuleMistake[] = [
    ...pagesMistake(pages),
    ...(['hide', 'mask', 'allow'] as const).flatMap((field) => selectorMistakes(field, lists[field])),
  ];
  const isEmpty = text.mode === '' && lists.hide.length + lists.mask.length + lists.allow.length === 0;
  if (isEmpty) mistakes.push({ field: 'hide', reason: 'nothing' });
  if (mistakes.length > 0) return { mistakes };
  return {
    rule: {
      pages,
      ...(text.mode !== '' && { mode: text.mode }),
      ...(lists.hide.length > 0 && { hide: lists.hide }),
      ...(lists.mask.length > 0 && { mask: lists.mask }),
      ...(lists.allow.length > 0 && { allow: lists.allow }),
    },
  };
}

/** The same rule, to be written on. */
export const toRuleText = ({ pages, mode, hide = [], mask = [], allow = [] }: PrivacyRule): RuleText => ({
  pages,
  mode: mode ?? '',
  hide: hide.join('\n'),
  mask: mask.join('\n'),
  allow: allow.join('\n'),
});

const wholeSite = (pages: string): string => (/^[^/]+:\/\/[^/]+$/.test(pages) ? `${pages}/` : pages);

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function pagesMistake(pages: string): RuleMistake[] {
  const wrong = (reason: Extract<RuleMistake, { field: 'pages' }>['reason']): RuleMistake[] => [
    { field: 'pages', reason },
  ];
  if (pages === '') return wrong('empty');
  if (pages.length > MAX_PAGES_CHARS) return wrong('long');
  if (!/^(?:https?|\*):\/\//i.test(pages)) return wrong('scheme');
  if (/[?#]/.test(pages)) return wrong('query');
  if (!PAGES_PATTERN.test(pages)) return wrong('shape');
  return starsIn(pages) > MAX_PAGES_STARS ? wrong('stars') : [];
}

function selectorMistakes(field: SelectorField, lines: readonly string[]): RuleMistake[] {
  if (lines.length > MAX_RULE_SELECTORS) return [{ field, reason: 'many', detail: String(MAX_RULE_SELECTORS) }];
  const long = lines.find((line) => line.length > MAX_SELECTOR_CHARS);
  if (long !== undefined) return [{ field, reason: 'long', detail: `${long.slice(0, 40)}…` }];
  return lines
    .filter((line) => compileSelector(line) === null)
    .slice(0, 1)
    .map((detail) => ({ field, reason: 'selector', detail }));
}
