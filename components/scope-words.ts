import type { MessageKey } from '../lib/i18n/catalogue.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';

const SCOPES: Readonly<Record<string, MessageKey>> = {
  point: 'scopePoint',
  scroll: 'scopeScroll',
  click: 'scopeClick',
  type: 'scopeType',
  navigate: 'scopeNavigate',
};

/** What somebody may do in a page, in words; a scope of a newer version keeps its own name. */
export const scopeWords = (scopes: readonly string[], { lookUp }: I18n): string[] =>
  scopes.map((scope) => lookUp(SCOPES[scope] ?? '', {}) ?? scope);
