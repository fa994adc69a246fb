import { effect, signal } from '@preact/signals';
import type { PrivacyRule } from '../cobrowse/privacy-rules.ts';
import type { DeskState, Identity, SessionCode, SettingsModel } from '../engine/api.ts';
import type {
  Admission,
  Credentials,
  DirectoryEntry,
  Fact,
  Presence,
  ScenarioCard,
  WaitingEntry,
} from '../protocol/desk-messages.ts';
import { createDeskClient, type DeskClient, type DeskPush } from '../rtc/desk-client.ts';
import { enrol, type Fetch, guest, testDesk } from '../rtc/desk-http.ts';
import type { WebSocketClass } from '../rtc/desk-socket.ts';
import type { Clock } from '../shared/clock.ts';
import { fail } from '../shared/result.ts';
import { CredentialsRecord, DeskMaskingRecord, PeerIdRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Desk, Introduced } from './desk.ts';
import { nextDirectory } from './directory.ts';
import { whenOnline } from './when-online.ts';

export interface DeskParts {
  readonly store: Store;
  readonly settings: SettingsModel;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly WebSocket: WebSocketClass;
  readonly until: AbortSignal;
}

const CREDENTIALS = 'credentials';
const MASKING = 'deskMasking';

/** Who this side is at which desk, whom it can reach, and the questions it asks the desk. */
export async function createDeskModel(parts: DeskParts): Promise<Desk> {
  const { store, settings, until } = parts;
  const saved = await store.get(CREDENTIALS, CredentialsRecord);
  const credentials = signal<Credentials | null>(saved?.credentials ?? null);
  const client = signal<DeskClient | null>(null);
  const peerId = signal<string | null>(await store.get('peerId', PeerIdRecord));
  const identity = signal<Identity>({ kind: 'none' });
  const state = signal<DeskState>({ kind: 'unset' });
  const presence = signal<Presence>('available');
  const directory = signal<readonly DirectoryEntry[]>([]);
  const waiting = signal<readonly WaitingEntry[]>([]);
  const scenarios = signal<readonly ScenarioCard[]>([]);
  const masking = signal<readonly PrivacyRule[]>((await store.get(MASKING, DeskMaskingRecord)) ?? []);
  const code = signal<SessionCode | null>(null);
  const queue = signal<{ readonly position: number } | null>(null);
  const error = signal<string | null>(null);
  const chosenPresence = signal<'available' | 'busy' | 'away' | 'offline'>('available');
  const callPresence = signal<'on-call' | 'wrap-up' | null>(null);
  const introducedListeners: ((introduced: Introduced) => void)[] = [];
  const goneListeners: ((gone: Extract<DeskPush, { type: 'gone' }>) => void)[] = [];
  const tell = (introduced: Introduced) => introducedListeners.forEach((run) => run(introduced));
  const url = () => settings.current.peek().deskUrl;

  const receive = (event: DeskPush) => {
    directory.value = nextDirectory(directory.peek(), event);
    if (event.type === 'welcome') {
      scenarios.value = event.scenarios;
      masking.value = event.masking ?? [];
      void store.put(MASKING, event.masking ?? []);
      // A queue entry and a code live as long as the desk knows us; a lease that ran out ended them.
      if (credentials.peek()?.role === 'expert') void refreshPresence();
    } else if (event.type === 'waiting') waiting.value = event.entries;
    else if (event.type === 'queue') queue.value = { position: event.position };
    else if (event.type === 'ring') {
      tell({ introduction: event.introduction, direction: 'incoming', claimed: event.claimed, queued: false });
    } else if (event.type === 'offer') {
      tell({ introduction: event.introduction, direction: 'outgoing', claimed: false, queued: true });
    } else if (event.type === 'gone') goneListeners.forEach((run) => run(event));
    else if (event.type === 'code.used') code.value = null;
  };

  const refreshPresence = async () => {
    presence.value = callPresence.peek() ?? chosenPresence.peek();
    if (credentials.peek()?.role !== 'expert') return;
    await client.peek()?.request('status', { status: presence.peek() });
  };

  const onAdmission = (admission: Admission) => {
    peerId.value = admission.peerId;
    void store.put('peerId', admission.peerId);
  };

  const remember = async (value: Credentials | null) => {
    if (value) await store.put(CREDENTIALS, { credentials: value, deskUrl: url() });
    else {
      await Promise.all([store.remove(CREDENTIALS), store.remove('peerId'), store.remove(MASKING)]);
      peerId.value = null;
      masking.value = [];
    }
    credentials.value = value;
  };

  // One client for each identity; leaving one ends it.
  effect(() => {
    const who = credentials.value;
    if (!who || !url()) {
      identity.value = { kind: 'none' };
      state.value = { kind: 'unset' };
      return;
    }
    const { personId, name, role, deskName } = who;
    identity.value = { kind: 'known', personId, name, role, deskName, deskUrl: url() };
    const over = new AbortController();
    client.value = createDeskClient({
      ...parts,
      url: url(),
      credentials: who,
      ...(peerId.peek() !== null && { peerId: peerId.peek() ?? '' }),
      onEvent: receive,
      onState: (next) => (state.value = next),
      onAdmission,
      signal: AbortSignal.any([over.signal, until]),
    });
    return () => {
      over.abort();
      client.value = null;
      directory.value = [];
      waiting.value = [];
      code.value = null;
      queue.value = null;
    };
  });

  // Whoever is not known yet chooses what it is about before the desk hears of them.
  effect(() => {
    const { deskUrl } = settings.current.value;
    if (credentials.value || deskUrl === '') return;
    void testDesk({ url: deskUrl, fetch: parts.fetch, signal: until }).then((tested) => {
      if (tested.ok && url() === deskUrl) scenarios.value = tested.value.scenarios;
      else if (!tested.ok) error.value = tested.reason;
    });
  });

  /** Somebody without an invitation gets an identity when they first need one. Null: `error` says why not. */
  const ensureOnline = async (name: string): Promise<DeskClient | null> => {
    error.value = null;
    if (!credentials.peek()) {
      const made = await guest({ url: url(), fetch: parts.fetch }, name);
      if (!made.ok) {
        error.value = made.reason;
        return null;
      }
      await remember(made.value);
    }
    const reason = await whenOnline(state, parts.clock);
    error.value = reason;
    return reason === null ? client.peek() : null;
  };
  const noteFailure = <T>(result: { ok: true; value: T } | { ok: false; reason: string }): T | null => {
    if (result.ok) return result.value;
    error.value = result.reason;
    return null;
  };

  return {
    credentials,
    client,
    peerId,
    identity,
    state,
    presence,
    directory,
    waiting,
    scenarios,
    masking,
    code,
    queue,
    error,
    async admit() {
      const admission = (await client.peek()?.admit(peerId.peek() ?? undefined)) ?? fail('unreachable');
      if (admission.ok && admission.value.peerId !== peerId.peek()) onAdmission(admission.value);
      return admission;
    },
    onIntroduced: (run) => void introducedListeners.push(run),
    onGone: (run) => void goneListeners.push(run),
    leaveQueue: () => (queue.value = null),
    async test(address) {
      const tested = await testDesk({ url: address, fetch: parts.fetch });
      return tested.ok ? { ok: true, deskName: tested.value.deskName } : { ok: false, reason: tested.reason };
    },
    async setUrl(address) {
      const origin = URL.canParse(address) ? new URL(address).origin : '';
      if (origin !== url()) await remember(null);
      settings.update({ deskUrl: origin });
    },
    async enrol(invite, name) {
      // An invitation link names its desk; the bare secret is for the desk that is set.
      if (URL.canParse(invite) && /^https?:/.test(invite)) settings.update({ deskUrl: new URL(invite).origin });
      const enrolled = await enrol({ url: url(), fetch: parts.fetch }, invite, name);
      if (!enrolled.ok) return { ok: false, reason: enrolled.reason };
      settings.update({ name: enrolled.value.name });
      await remember(enrolled.value);
      return { ok: true };
    },
    signOut: () => remember(null),
    setPresence(value) {
      chosenPresence.value = value;
      void refreshPresence();
    },
    setCallPresence(value) {
      if (callPresence.peek() === value) return;
      callPresence.value = value;
      void refreshPresence();
    },
    async createCode() {
      error.value = null;
      const made = await client.peek()?.request('code.create', {});
      if (made) code.value = noteFailure(made);
      parts.clock.after((code.peek()?.expiresAt ?? 0) - parts.clock.now(), dropExpiredCode, until);
    },
    cancelCode() {
      const open = code.peek();
      code.value = null;
      if (open) void client.peek()?.request('code.cancel', { code: open.code });
    },
    async callPerson(to) {
      error.value = null;
      const called = await client.peek()?.request('call', { to });
      const introduction = called && noteFailure(called);
      if (introduction) tell({ introduction, direction: 'outgoing', claimed: false, queued: false });
    },
    async claim(queueId) {
      error.value = null;
      const claimed = await client.peek()?.request('claim', { queueId });
      if (claimed) noteFailure(claimed);
    },
    async join(text, name, facts: readonly Fact[] = []) {
      const online = await ensureOnline(name);
      const joined = await online?.request('code.join', { code: text.replace(/\D/g, ''), name, facts: [...facts] });
      const introduction = joined && noteFailure(joined);
      if (introduction) tell({ introduction, direction: 'outgoing', claimed: false, queued: false });
    },
    async getHelp(scenario, name, facts: readonly Fact[] = []) {
      queue.value = { position: 0 };
      const online = await ensureOnline(name);
      const asked = await online?.request('help', { scenario, name, facts: [...facts] });
      if (!asked || noteFailure(asked) === null) queue.value = null;
    },
    cancelHelp() {
      queue.value = null;
      void client.peek()?.request('help.cancel', {});
    },
  };

  function dropExpiredCode(): void {
    if ((code.peek()?.expiresAt ?? Infinity) <= parts.clock.now()) code.value = null;
  }
}
