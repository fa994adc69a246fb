/** Rules about what of a page is hidden, masked or shown, as they are stored, configured and told by a desk. */
import * as v from 'valibot';
import { PrivacyMode } from './cobrowse-messages.ts';

export const MAX_MASKING_RULES = 100;
export const MAX_RULE_SELECTORS = 50;
export const MAX_PAGES_CHARS = 300;
/** Each star makes the pattern's search wider; no address needs more. */
export const MAX_PAGES_STARS = 6;
export const MAX_SELECTOR_CHARS = 200;

/** `https://shop.example/account/*`: scheme and host, then a path; addresses are compared without query and fragment. */
export const PAGES_PATTERN = /^(?:https?|\*):\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/i;

const Pages = v.pipe(
  v.string('must be text'),
  v.maxLength(MAX_PAGES_CHARS, `must have ${MAX_PAGES_CHARS} characters at most`),
  v.regex(PAGES_PATTERN, 'must look like https://*.example.com/account/, without query'),
  v.check((pages) => starsIn(pages) <= MAX_PAGES_STARS, `must have ${MAX_PAGES_STARS} stars at most`),
);
const Selectors = v.optional(
  v.pipe(
    v.array(
      v.pipe(
        v.string('must be text'),
        v.minLength(1, 'must not be empty'),
        v.maxLength(MAX_SELECTOR_CHARS, `must have ${MAX_SELECTOR_CHARS} characters at most`),
      ),
      'must be a list',
    ),
    v.maxLength(MAX_RULE_SELECTORS, `must have ${MAX_RULE_SELECTORS} entries at most`),
  ),
);

/** A customer's own rule. Nothing that it shows is ever one of the fields that are always masked. */
export const MaskingRule = v.strictObject({
  pages: Pages,
  mode: v.optional(PrivacyMode),
  hide: Selectors,
  mask: Selectors,
  allow: Selectors,
});
export const MaskingRules = v.pipe(v.array(MaskingRule), v.maxLength(MAX_MASKING_RULES));

/** A desk's rule: it can take away from what is seen, and add nothing. */
export const DeskMaskingRule = v.strictObject({
  pages: Pages,
  mode: v.optional(v.literal('strict', 'must be "strict"')),
  hide: Selectors,
  mask: Selectors,
});
export type DeskMaskingRule = v.InferOutput<typeof DeskMaskingRule>;
export const DeskMaskingRules = v.pipe(
  v.array(DeskMaskingRule, 'must be a list'),
  v.maxLength(MAX_MASKING_RULES, `must have ${MAX_MASKING_RULES} entries at most`),
);

export const starsIn = (pages: string): number => pages.split('*').length - 1;
