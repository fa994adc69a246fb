import type { Engine } from '../lib/engine/api.ts';

/** This side's person at the desk; null while nobody is signed in. Reads a signal. */
export function ownId({ desk }: Engine): string | null {
  const identity = desk.identity.value;
  return identity.kind === 'known' ? identity.personId : null;
}
