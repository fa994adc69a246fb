import type { HistoryEntry, Quality, RemotePerson } from '../../lib/engine/api.ts';
import type { DirectoryEntry, Fact, PersonCard, ScenarioCard, WaitingEntry } from '../../lib/protocol/desk-messages.ts';

/** A fixed "now" for views under test: 2026-11-20, 14:31:00 UTC. */
export const NOW = Date.UTC(2026, 10, 20, 14, 31);

const MINUTE_MS = 60_000;

export const PUMPS: ScenarioCard = { id: 'pump-maintenance', name: 'Pump maintenance' };
export const CHECKOUT: ScenarioCard = { id: 'checkout-help', name: 'Checkout help' };

export const MARTA: PersonCard = { personId: 'person-marta', name: 'Marta Ortega', role: 'customer' };
export const RAVI: PersonCard = { personId: 'person-ravi', name: 'Ravi Shah', role: 'expert', team: 'Controls' };
export const HEADSET: PersonCard = {
  personId: 'device-headset-7',
  name: 'Headset 7, hall B',
  role: 'device',
  team: 'Field',
};

export const DIRECTORY: readonly DirectoryEntry[] = [
  { ...HEADSET, presence: 'available' },
  { personId: 'person-anna', name: 'Anna Lind', role: 'expert', team: 'Hydraulics', presence: 'on-call' },
  { ...RAVI, presence: 'available' },
  {
    personId: 'person-yusuf',
    name: 'Yusuf Adeyemi-Christodoulopoulos',
    role: 'expert',
    team: 'Turbines',
    presence: 'away',
  },
  { personId: 'person-noor', name: 'Noor', role: 'expert', presence: 'offline' },
];

export const WAITING: readonly WaitingEntry[] = [
  { queueId: 'queue-entry-1', name: 'Marta Ortega', scenario: PUMPS, since: NOW - 100_000, ringing: false },
  { queueId: 'queue-entry-2', name: 'Jonas Keller', scenario: CHECKOUT, since: NOW - 20_000, ringing: false },
];

export const FACTS: readonly Fact[] = [
  { key: 'Site', value: 'Hall B, line 3', source: 'link' },
  { key: 'browser', value: 'Chromium 156', source: 'collected' },
  { key: 'system', value: 'Android 14', source: 'collected' },
  { key: 'language', value: 'de-DE', source: 'collected' },
  { key: 'timeZone', value: 'Europe/Berlin', source: 'collected' },
  { key: 'screen', value: '854 × 480', source: 'collected' },
  { key: 'network', value: '4g', source: 'collected' },
  { key: 'pageAddress', value: 'https://shop.example/checkout', source: 'collected' },
];

export const REMOTE_MARTA: RemotePerson = {
  person: MARTA,
  media: { mic: 'on', camera: 'off', screen: 'off' },
  camera: null,
  screen: null,
  facts: FACTS,
  typing: false,
};

export const GOOD_QUALITY: Quality = {
  level: 'good',
  roundTripMs: 38,
  loss: 0.002,
  jitterMs: 4,
  sendKbps: 820,
  receiveKbps: 1640,
  relayed: false,
  width: 1280,
  height: 720,
  framesPerSecond: 30,
};

export const HISTORY: readonly HistoryEntry[] = [
  {
    engagementId: 'engagement-1',
    person: { personId: 'device-headset-2', name: 'Headset 2', role: 'device' },
    scenario: PUMPS,
    direction: 'outgoing',
    startedAt: NOW - 26 * 60 * MINUTE_MS,
    durationMs: 24 * MINUTE_MS,
    reason: 'exited',
    outcome: 'solved',
    note: 'Line 3, valve replaced',
    messages: [
      {
        id: 'msg-1',
        mine: false,
        author: 'Headset 2',
        text: 'Pressure is 6 again.',
        at: NOW - 26 * 60 * MINUTE_MS,
        delivery: 'seen',
      },
    ],
  },
  {
    engagementId: 'engagement-2',
    person: MARTA,
    scenario: CHECKOUT,
    direction: 'incoming',
    startedAt: NOW - 50 * 60 * MINUTE_MS,
    durationMs: 0,
    reason: 'missed',
    outcome: null,
    note: '',
    messages: [],
  },
];
