import { isLeased, shownPresence, statusOnArrival } from '../../lib/desk/presence.ts';
import type { DeskEvent, DeskReason, DirectoryEntry, PersonCard, Presence } from '../../lib/protocol/desk-messages.ts';
import type { Clock } from '../../lib/shared/clock.ts';
import type { People, Person } from '../store/people.ts';

const REST_MS = 3_000;

/** One authenticated desk socket. */
export interface Line {
  readonly personId: string;
  readonly peerId: string;
  send(event: DeskEvent): void;
  /** Says why, when there is something to say, then closes. */
  close(reason?: DeskReason): void;
}

interface Attendee {
  card: PersonCard;
  status: Presence;
  line: Line | null;
  /** Survives the socket: whoever is away for a moment can still be introduced. */
  peerId: string | undefined;
  renewedAt: number | null;
  /** Since when there has been nothing to do; routing prefers the smallest. */
  idleSince: number;
  /** Not rung by the queue before: right after a call the engine is about to say "wrap-up". */
  restsUntil: number;
  /** What the experts were told last. */
  told: Presence | null;
}

/** Who is here, reachable, and seen as what. Members (experts and devices) stay listed when they leave; customers don't. */
export interface Roster {
  /** A person's newest socket replaces an older one. */
  arrive(person: Person, line: Line): void;
  /** The socket went; the person keeps the lease until it runs out. */
  depart(line: Line): void;
  renew(personId: string): void;
  addMember(person: Person): void;
  /** Takes out members whom somebody removed from the store. */
  dropRemoved(): void;
  /** After a restart: somebody who is needed gets the time of a lease to come back. */
  expect(personId: string): void;
  card(personId: string): PersonCard | undefined;
  isMember(personId: string): boolean;
  peerId(personId: string): string | undefined;
  status(personId: string): Presence;
  setStatus(personId: string, status: Presence): void;
  rename(personId: string, name: string): void;
  /** The call is over: idle from now on, and left alone for a moment, or until they set a status. */
  callEnded(personId: string): void;
  shown(personId: string): Presence;
  /** Experts who could be rung, as far as the roster knows. */
  availableExperts(): { personId: string; idleSince: number }[];
  directoryFor(personId: string): DirectoryEntry[];
  experts(): string[];
  /** Tells the experts when this person is seen as something else than before. */
  refresh(personId: string): void;
  /** False when there is no socket to send on. */
  send(personId: string, event: DeskEvent): boolean;
  /** Ends leases that ran out, and answers whose. */
  sweep(): string[];
  isHere(personId: string): boolean;
  lines(): Line[];
}

interface RosterDeps {
  readonly people: People;
  readonly clock: Clock;
  readonly isInCall: (personId: string) => boolean;
}

export function createRoster({ people, clock, isInCall }: RosterDeps): Roster {
  const attendees = new Map<string, Attendee>();
  const blank = ({ card, status }: Person): Attendee => {
    return {
      card,
      status,
      line: null,
      peerId: undefined,
      renewedAt: null,
      idleSince: clock.now(),
      restsUntil: 0,
      told: null,
    };
  };
  for (const person of people.members()) attendees.set(person.card.personId, { ...blank(person), told: 'offline' });

  const isMember = (one: Attendee | undefined): one is Attendee => one !== undefined && one.card.role !== 'customer';
  const entryOf = (one: Attendee): DirectoryEntry => ({ ...one.card, presence: seen(one) });
  const seen = ({ card, status, renewedAt }: Attendee) =>
    shownPresence({ renewedAt, status, inCall: isInCall(card.personId) }, clock.now());
  const experts = () => [...attendees.values()].filter(({ card, line }) => card.role === 'expert' && line !== null);

  function refresh(personId: string) {
    const one = attendees.get(personId);
    if (!isMember(one)) return;
    const person = entryOf(one);
    if (person.presence === one.told) return;
    if (person.presence === 'available') one.idleSince = clock.now();
    one.told = person.presence;
    for (const { card, line } of experts())
      if (card.personId !== personId) line?.send({ type: 'directory.change', person });
  }

  return {
    arrive(person, line) {
      const { personId } = line;
      const one = attendees.get(personId) ?? blank(person);
      attendees.set(personId, one);
      const older = one.line;
      one.line = line;
      one.peerId = line.peerId;
      one.renewedAt = clock.now();
      if (!isInCall(personId)) one.status = statusOnArrival(one.status);
      older?.close('displaced');
      refresh(personId);
    },
    depart(line) {
      const one = attendees.get(line.personId);
      if (one?.line === line) one.line = null;
    },
    renew(personId) {
      const one = attendees.get(personId);
      if (one !== undefined) one.renewedAt = clock.now();
    },
    addMember(person) {
      attendees.set(person.card.personId, blank(person));
      refresh(person.card.personId);
    },
    dropRemoved() {
      const known = new Set(people.members().map(({ card }) => card.personId));
      for (const [personId, one] of attendees) {
        if (!isMember(one) || known.has(personId)) continue;
        attendees.delete(personId);
        one.line?.close('unknown-person');
        for (const { line } of experts()) line?.send({ type: 'directory.gone', personId });
      }
    },
    expect(personId) {
      const person = people.find(personId);
      const one = attendees.get(personId) ?? (person && blank(person));
      if (one === undefined) return;
      attendees.set(personId, one);
      one.renewedAt ??= clock.now();
    },
    card: (personId) => attendees.get(personId)?.card ?? people.find(personId)?.card,
    isMember: (personId) => isMember(attendees.get(personId)),
    peerId: (personId) => attendees.get(personId)?.peerId,
    status: (personId) => attendees.get(personId)?.status ?? 'offline',
    setStatus(personId, status) {
      const one = attendees.get(personId);
      if (one === undefined) return;
      one.status = status;
      one.restsUntil = 0;
      people.setStatus(personId, status);
      refresh(personId);
    },
    rename(personId, name) {
      const one = attendees.get(personId);
      if (one === undefined || one.card.name === name) return;
      one.card = { ...one.card, name };
      people.rename(personId, name);
    },
    callEnded(personId) {
      const one = attendees.get(personId);
      if (one === undefined) return;
      one.idleSince = clock.now();
      one.restsUntil = clock.now() + REST_MS;
    },
    shown(personId) {
      const one = attendees.get(personId);
      return one === undefined ? 'offline' : seen(one);
    },
    availableExperts: () =>
      experts()
        .filter((one) => seen(one) === 'available' && one.restsUntil <= clock.now())
        .map(({ card, idleSince }) => ({ personId: card.personId, idleSince })),
    directoryFor: (personId) =>
      [...attendees.values()].filter((one) => isMember(one) && one.card.personId !== personId).map(entryOf),
    experts: () => experts().map(({ card }) => card.personId),
    refresh,
    send(personId, event) {
      const line = attendees.get(personId)?.line;
      line?.send(event);
      return line !== null && line !== undefined;
    },
    sweep() {
      const lost = [];
      for (const [personId, one] of attendees) {
        if (one.renewedAt === null || isLeased(one.renewedAt, clock.now())) continue;
        one.renewedAt = null;
        one.line?.close();
        one.line = null;
        if (isMember(one)) refresh(personId);
        else attendees.delete(personId);
        lost.push(personId);
      }
      return lost;
    },
    isHere: (personId) => isLeased(attendees.get(personId)?.renewedAt ?? null, clock.now()),
    lines: () => [...attendees.values()].flatMap(({ line }) => line ?? []),
  };
}
