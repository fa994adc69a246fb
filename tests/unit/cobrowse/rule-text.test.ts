import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { matchesPages } from '../../../lib/cobrowse/privacy-rules.ts';
import { EMPTY_RULE, readRule, type RuleText, toRuleText } from '../../../lib/cobrowse/rule-text.ts';
import { MaskingRule } from '../../../lib/protocol/masking-rules.ts';

const text = (part: Partial<RuleText>): RuleText => ({
  ...EMPTY_RULE,
  pages: 'https://a.example/',
  mask: '.x',
  ...part,
});

describe('a rule as it is written', () => {
  test.each<[Partial<RuleText>, object]>([
    [{ pages: ' ' }, { field: 'pages', reason: 'empty' }],
    [{ pages: 'a.example/account' }, { field: 'pages', reason: 'scheme' }],
    [{ pages: 'ftp://a.example/' }, { field: 'pages', reason: 'scheme' }],
    [{ pages: 'https://a.example/?q=*' }, { field: 'pages', reason: 'query' }],
    [{ pages: 'https://a.example/#part' }, { field: 'pages', reason: 'query' }],
    [{ pages: 'https://a example/' }, { field: 'pages', reason: 'shape' }],
    [{ pages: `https://a.example/${'*/'.repeat(9)}` }, { field: 'pages', reason: 'stars' }],
    [{ pages: `https://a.example/${'a'.repeat(300)}` }, { field: 'pages', reason: 'long' }],
    [{ hide: '.a\n.b:hover' }, { field: 'hide', reason: 'selector', detail: '.b:hover' }],
    [{ mask: 'a[' }, { field: 'mask', reason: 'selector', detail: 'a[' }],
    [{ allow: `.${'a'.repeat(200)}` }, { field: 'allow', reason: 'long' }],
    [{ hide: '.a\n'.repeat(51) }, { field: 'hide', reason: 'many' }],
    [{ mask: '' }, { field: 'hide', reason: 'nothing' }],
  ])('%o: %o', (part, mistake) => {
    expect(readRule(text(part))).toMatchObject({ mistakes: [mistake] });
  });

  test('tells all mistakes at once', () => {
    expect(readRule(text({ pages: 'x', hide: '::', mask: '(' }))).toMatchObject({
      mistakes: [{ field: 'pages' }, { field: 'hide' }, { field: 'mask' }],
    });
  });

  test('a host alone is all of its pages', () => {
    const read = readRule(text({ pages: 'https://*.a.example', mode: 'assist', mask: '' }));
    if (!('rule' in read)) throw new Error('not read');
    expect(read.rule).toEqual({ pages: 'https://*.a.example/', mode: 'assist' });
    for (const address of ['https://a.example/', 'https://shop.a.example/cart/1'])
      expect(matchesPages(read.rule.pages, address)).toBe(true);
    expect(matchesPages(read.rule.pages, 'https://nota.example/')).toBe(false);
  });

  test('what is read can be stored, and written again', () => {
    const read = readRule(text({ hide: ' .a \n\n#b > c', allow: 'input[name="city"]' }));
    if (!('rule' in read)) throw new Error('not read');
    expect(v.is(MaskingRule, read.rule)).toBe(true);
    expect(readRule(toRuleText(read.rule))).toEqual(read);
  });

  test('noise is judged at once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 280 }), fc.string(), (pages, hide) => {
        const read = readRule(text({ pages: `https://${pages}`, hide }));
        if ('rule' in read) matchesPages(read.rule.pages, `https://${'a/'.repeat(200)}`);
      }),
    );
  });
});
