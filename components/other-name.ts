import type { Engine } from '../lib/engine/api.ts';
import type { I18n } from '../lib/i18n/create-i18n.ts';

/** Who is at the other end. */
export const otherName = ({ call }: Engine, { format }: I18n): string => {
  const names = call.people.value.map(({ person }) => person.name);
  const state = call.state.value;
  return names.length > 0 ? format.list(names) : state.kind === 'active' ? state.person.name : '';
};
