import type { IncomingMessage } from 'node:http';
import type * as v from 'valibot';
import { decodeJson } from '../../lib/protocol/decode-desk.ts';
import {
  AdmitRequest,
  EnrolRequest,
  GuestRequest,
  type Admission,
  type Credentials,
  type DeskConfig,
  type Role,
} from '../../lib/protocol/desk-messages.ts';
import { PROTOCOL_VERSION } from '../../lib/protocol/limits.ts';
import { iceServersFor } from '../ice-servers.ts';
import type { KeptIds } from '../kept-ids.ts';
import type { Metrics } from '../metrics.ts';
import type { DeskOptions } from '../options.ts';
import { createRateLimiter } from '../rate-limiter.ts';
import type { Invitations } from '../store/invitations.ts';
import type { People, Person } from '../store/people.ts';
import type { Tickets } from '../tickets.ts';
import { json, refuse, type Answer } from './answer.ts';

/** Bodies hold a key and a name. */
const MAX_BODY_BYTES = 4_000;

interface ApiDeps {
  readonly options: DeskOptions;
  readonly people: People;
  readonly invitations: Invitations;
  readonly keptIds: KeptIds;
  readonly tickets: Tickets;
  readonly metrics: Metrics;
  readonly onMember: (person: Person) => void;
}

export interface Api {
  /** Undefined when the path is none of the API's. */
  answer(request: IncomingMessage, path: string, address: string): Promise<Answer> | undefined;
  sweep(): void;
}

export function createApi(deps: ApiDeps): Api {
  const { options, people, invitations, keptIds, tickets, metrics } = deps;
  const { clock, rates, deskName } = options;
  const newPeople = createRateLimiter(rates.newPeople, clock);
  const admissions = createRateLimiter(rates.admissions, clock);

  const config: DeskConfig = {
    deskName,
    protocol: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION },
    scenarios: [...options.scenarios],
  };

  function addPerson(role: Role, name: string): Answer {
    const { personId, key } = people.add(role, name, clock.now());
    if (role !== 'customer') deps.onMember({ card: { personId, name, role }, status: 'available' });
    const credentials: Credentials = { personId, key, role, name, deskName };
    return json(200, credentials);
  }

  function enrol({ invite, name }: v.InferOutput<typeof EnrolRequest>): Answer {
    const invited = invitations.redeem(invite, clock.now());
    return invited.ok ? addPerson(invited.value.role, name ?? invited.value.name) : refuse(invited.reason);
  }

  function admit({ personId, key, peerId: wished }: v.InferOutput<typeof AdmitRequest>): Answer {
    const now = clock.now();
    if (people.authenticate(personId, key, now) === undefined) return refuse('unknown-person');
    const peerId = keptIds.choose(personId, wished, now);
    const ticket = tickets.issue(peerId, personId, now);
    const admission: Admission = { peerId, ticket, ...iceServersFor(peerId, now, options) };
    return json(200, admission);
  }

  async function post<T>(
    request: IncomingMessage,
    schema: v.GenericSchema<unknown, T>,
    allowed: boolean,
    run: (body: T) => Answer,
  ): Promise<Answer> {
    if (request.method !== 'POST') return refuse('wrong-method');
    if (!allowed) return refuse('too-many-requests');
    const text = await readBody(request);
    if (text === undefined) return refuse('too-large');
    const body = decodeJson(schema, text, MAX_BODY_BYTES);
    return body.ok ? run(body.value) : refuse('bad-message');
  }

  async function counted(answer: Promise<Answer>): Promise<Answer> {
    const done = await answer;
    if (done.status >= 400) metrics.refusals.inc({ reason: `http-${done.status}` });
    return done;
  }

  return {
    answer(request, path, address) {
      if (path === '/api/config') return Promise.resolve(json(200, config));
      if (path === '/api/enrol') return counted(post(request, EnrolRequest, newPeople.allows(address), enrol));
      if (path === '/api/guest')
        return counted(
          post(request, GuestRequest, newPeople.allows(address), ({ name }) => addPerson('customer', name)),
        );
      if (path === '/api/admit') return counted(post(request, AdmitRequest, admissions.allows(address), admit));
      return undefined;
    },
    sweep() {
      newPeople.sweep();
      admissions.sweep();
    },
  };
}

/** Undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}
