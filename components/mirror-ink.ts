import { effect } from '@preact/signals';
import type { ShownStroke } from '../lib/annotation/shown-ink.ts';
import type { Engine } from '../lib/engine/api.ts';
import type { FromPlayer } from '../lib/protocol/player-messages.ts';
import type { PlayerPort } from './mirror-player-port.ts';

type Tied = Extract<FromPlayer, { readonly type: 'tied' }>;

/** What is drawn on a shared page is painted by the player, where the elements are that it is tied to. */
export function tellInk({ ink, cobrowse, call, desk }: Engine, port: PlayerPort): () => void {
  let told = new Map<string, ShownStroke>();
  return effect(() => {
    const surface = mirrorSurface({ cobrowse, call });
    const strokes = ink.shown.value.filter((stroke) => stroke.surface === surface);
    const changed = strokes.filter((stroke) => told.get(stroke.key) !== stroke);
    if (changed.length === 0 && strokes.length === told.size) return;
    told = new Map(strokes.map((stroke) => [stroke.key, stroke]));
    const self = desk.identity.peek();
    const names = call.people
      .peek()
      .map(({ person }) => [person.personId, person.name] as const)
      .filter(([id]) => self.kind !== 'known' || id !== self.personId);
    port.post({ type: 'ink', changed, keys: [...told.keys()], names: Object.fromEntries(names) });
  });
}

/** Tells the customer's side which element own ink was drawn on: there it may lie elsewhere, or be scrolled away already. */
export function tieInk({ ink, cobrowse, call }: Engine, { tabId, author, n, tie }: Tied): void {
  const state = cobrowse.state.peek();
  const owner = call.people.peek()[0]?.person.personId;
  if (state.kind === 'live' && owner !== undefined) ink.tie(`page:${owner}-${tabId}`, { author, n }, tie);
}

/** The surface of the tab that is shown; null without one. Reads signals. */
export function mirrorSurface({ cobrowse, call }: Pick<Engine, 'cobrowse' | 'call'>): string | null {
  const state = cobrowse.state.value;
  const owner = call.people.value[0]?.person.personId;
  return state.kind !== 'live' || owner === undefined ? null : `page:${owner}-${state.tabId}`;
}
