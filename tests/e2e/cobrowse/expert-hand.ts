import type { ControlOutcome, ControlScope, ControlVerb } from '../../../lib/protocol/cobrowse-control-messages.ts';
import type { FromAgent } from '../../../lib/protocol/cobrowse-port.ts';
import { framesOf, type SharedFrame } from './cobrowse-stage.ts';

const EXPERT = 'expert4tests';
export const ALL_SCOPES: readonly ControlScope[] = ['point', 'scroll', 'click', 'type', 'navigate'];

/** An expert with a mirror: finds nodes in what was streamed, and acts on them. */
export interface ExpertHand {
  grant(scopes: readonly ControlScope[]): Promise<void>;
  /** The node with this `id` attribute, as streamed last. */
  idOf(htmlId: string): Promise<number>;
  /** Performs a verb on the node with this `id` attribute, and tells the outcome. */
  act(htmlId: string, verb: VerbOn): Promise<ControlOutcome>;
  perform(verb: ControlVerb, options?: { epoch?: number; ageMs?: number }): Promise<ControlOutcome>;
  click(htmlId: string): Promise<ControlOutcome>;
  type(htmlId: string, text: string): Promise<ControlOutcome>;
  answer(requestId: number, yes: boolean): Promise<void>;
}

type WithoutNode<T> = T extends { nodeId: number } ? Omit<T, 'nodeId'> : never;
export type VerbOn = WithoutNode<ControlVerb>;

export async function createExpertHand(shared: SharedFrame): Promise<ExpertHand> {
  let requests = 0;
  await shared.wait('a snapshot', (messages) => framesOf(messages, 'snapshot')[0]);

  const hand: ExpertHand = {
    grant: (scopes) => shared.send({ type: 'grant', expert: EXPERT, name: 'Eve', scopes: [...scopes] }),
    idOf: (htmlId) => shared.wait(`#${htmlId}`, (messages) => findId(messages, htmlId)),
    act: async (htmlId, verb) => hand.perform({ ...verb, nodeId: await hand.idOf(htmlId) }), // its node is added back
    async perform(verb, { epoch, ageMs = 0 } = {}) {
      requests += 1;
      const requestId = requests;
      const now = epoch ?? epochOf(await shared.posted());
      await shared.send({ type: 'control', expert: EXPERT, epoch: now, requestId, verb, ageMs });
      return shared.wait(`an answer to ${verb.type}`, (messages) =>
        framesOf(messages, 'outcome')
          .map(({ json }) => JSON.parse(json) as ControlOutcome)
          .find((outcome) => outcome.requestId === requestId),
      );
    },
    click: (htmlId) => hand.act(htmlId, { type: 'click', fx: 0.5, fy: 0.5, count: 1 }),
    type: (htmlId, text) =>
      hand.act(htmlId, { type: 'edit', edits: [...text].map((char) => ({ kind: 'insert', text: char })) }),
    answer: (requestId, yes) => shared.send({ type: 'proposal.answer', requestId, expert: EXPERT, yes }),
  };
  await hand.grant(ALL_SCOPES);
  return hand;
}

const epochOf = (messages: readonly FromAgent[]): number => framesOf(messages).at(-1)?.epoch ?? 0;

/** Searches backwards, so that a node that was rendered anew is found as it is now. */
function findId(messages: readonly FromAgent[], htmlId: string): number | null {
  for (const { json } of [...framesOf(messages, 'snapshot'), ...framesOf(messages, 'events')].toReversed()) {
    const found = search(JSON.parse(json), htmlId);
    if (found !== null) return found;
  }
  return null;
}

function search(value: unknown, htmlId: string): number | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('attributes' in value && 'id' in value && typeof value.id === 'number') {
    const { attributes } = value;
    if (typeof attributes === 'object' && attributes !== null && 'id' in attributes && attributes.id === htmlId)
      return value.id;
  }
  for (const inner of Object.values(value).toReversed()) {
    const found = search(inner, htmlId);
    if (found !== null) return found;
  }
  return null;
}
