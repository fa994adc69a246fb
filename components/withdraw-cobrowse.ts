import type { Engine } from '../lib/engine/api.ts';

/** Takes the question for a page back. */
export function withdrawCobrowse({ consent }: Pick<Engine, 'consent'>): void {
  const ask = consent.outgoing.peek().find(({ kind }) => kind === 'cobrowse');
  if (ask) consent.withdraw(ask.id);
}
