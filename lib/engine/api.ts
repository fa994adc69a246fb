/**
 * The engine as a view sees it: models with read-only signals and verbs. The real one is built by
 * `lib/engine/create-engine.ts`; views in another page of the extension get a mirror of it (`mirror-engine.ts`)
 * with the same type. Verbs never throw; what goes wrong shows up in a signal or as a notice.
 */
import type { ReadonlySignal } from '@preact/signals';
import type {
  DirectoryEntry,
  Fact,
  PersonCard,
  Presence,
  Role,
  ScenarioCard,
  WaitingEntry,
} from '../protocol/desk-messages.ts';
import type { EndReason } from '../call/phase.ts';
import type { PrivacyRule } from '../cobrowse/privacy-rules.ts';
import type { AskKind, MediaState } from '../protocol/call-messages.ts';
import type { CobrowseShareModel } from '../state/cobrowse-share-api.ts';
import type { CobrowseViewModel } from './cobrowse-view-api.ts';
import type { InkModel } from '../state/ink-types.ts';
import type { StillModel } from '../state/still-types.ts';
import type { ShareModel } from '../state/share-api.ts';
import type { Settings, SettingsModel } from './settings-api.ts';

export interface Engine {
  readonly desk: DeskModel;
  readonly call: CallModel;
  readonly messages: MessagesModel;
  readonly media: MediaModel;
  readonly share: ShareModel;
  readonly ink: InkModel;
  readonly stills: StillModel;
  /** Looking at the other side's page. */
  readonly cobrowse: CobrowseViewModel;
  /** What this side shows of its own pages; null where there are none to show (guest page). */
  readonly cobrowseShare: CobrowseShareModel | null;
  readonly consent: ConsentModel;
  readonly history: HistoryModel;
  readonly settings: SettingsModel;
  readonly notices: NoticesModel;
}

// ---- desk: who I am, whom I can reach ----

export type Identity =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'known';
      readonly personId: string;
      readonly name: string;
      readonly role: Role;
      readonly deskName: string;
      readonly deskUrl: string;
    };

export type DeskState =
  | { readonly kind: 'unset' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  /** `reason` is a DeskReason or 'unreachable'; it is tried again by itself unless `final`. */
  | { readonly kind: 'offline'; readonly reason: string; readonly final: boolean };

export interface SessionCode {
  /** Nine digits. */
  readonly code: string;
  readonly link: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export interface DeskModel {
  readonly identity: ReadonlySignal<Identity>;
  readonly state: ReadonlySignal<DeskState>;
  readonly presence: ReadonlySignal<Presence>;
  readonly directory: ReadonlySignal<readonly DirectoryEntry[]>;
  readonly waiting: ReadonlySignal<readonly WaitingEntry[]>;
  readonly scenarios: ReadonlySignal<readonly ScenarioCard[]>;
  /** The expert's own open session code. */
  readonly code: ReadonlySignal<SessionCode | null>;
  /** What the desk's policy keeps from being seen of a customer's pages. */
  readonly masking: ReadonlySignal<readonly PrivacyRule[]>;
  /** The customer's place in the queue while waiting for help; 0 until the desk told it. */
  readonly queue: ReadonlySignal<{ readonly position: number } | null>;
  /** Tries an address before it is saved. Resolves to the desk's name, or to a reason. */
  test(url: string): Promise<{ ok: true; deskName: string } | { ok: false; reason: string }>;
  /** Sets the desk's address (origin of its web page). */
  setUrl(url: string): Promise<void>;
  /** Uses an invitation (a link `<desk>/invite#<secret>` or the bare secret). */
  enrol(invite: string, name?: string): Promise<{ ok: true } | { ok: false; reason: string }>;
  signOut(): Promise<void>;
  setPresence(presence: 'available' | 'busy' | 'away' | 'offline'): void;
  createCode(): void;
  cancelCode(): void;
  /** Dials somebody in the directory. */
  callPerson(personId: string): void;
  /** Takes a waiting customer. */
  claim(queueId: string): void;
  /** Joins by a session code (digits; spaces are ignored) as `name`. Errors appear in `joinError`. */
  join(code: string, name: string, facts?: readonly Fact[]): void;
  /** Reason of the last failed join, call or help; null after the next try. */
  readonly error: ReadonlySignal<string | null>;
  getHelp(scenarioId: string, name: string, facts?: readonly Fact[]): void;
  cancelHelp(): void;
}

// ---- call ----

export type { EndReason };

export type CallState =
  | { readonly kind: 'idle' }
  /** We dial. `linked`: their phone rings and the connection is already up. */
  | { readonly kind: 'dialling'; readonly person: PersonCard; readonly linked: boolean; readonly since: number }
  /** They ring us. */
  | {
      readonly kind: 'ringing';
      readonly person: PersonCard;
      readonly scenario: ScenarioCard;
      readonly linked: boolean;
      readonly since: number;
      /** Answer was pressed before the link was up. */
      readonly answering: boolean;
    }
  | {
      readonly kind: 'active';
      readonly person: PersonCard;
      readonly scenario: ScenarioCard;
      /** Epoch ms of Answer. */
      readonly startedAt: number;
      /** Since when (epoch ms) there has been no link; null while there is one. */
      readonly reconnectingSince: number | null;
      /** Names of those who paused; `mine` when one of them is this side. */
      readonly pause: { readonly by: string; readonly mine: boolean } | null;
    }
  /** After a call: an expert writes the wrap-up, a customer sees how it ended. */
  | {
      readonly kind: 'ended';
      readonly person: PersonCard;
      readonly reason: EndReason;
      /** Who ended it. */
      readonly mine: boolean;
      /** Ms from Answer to the end; 0 when it never opened. */
      readonly durationMs: number;
      /** The entry in history to wrap up; null for a customer. */
      readonly engagementId: string | null;
    };

export interface RemotePerson {
  readonly person: PersonCard;
  readonly media: MediaState;
  /** One live track each, or null while nothing is received. Shown muted by views: the engine plays the sound. */
  readonly camera: MediaStream | null;
  readonly screen: MediaStream | null;
  readonly facts: readonly Fact[];
  readonly typing: boolean;
}

export interface Quality {
  readonly level: 'good' | 'fair' | 'poor' | 'reconnecting';
  readonly roundTripMs: number | null;
  /** 0..1 over the last two seconds. */
  readonly loss: number | null;
  readonly jitterMs: number | null;
  readonly sendKbps: number;
  readonly receiveKbps: number;
  readonly relayed: boolean;
  /** Received picture, e.g. 1280×720 at 30. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

export interface CallModel {
  readonly state: ReadonlySignal<CallState>;
  /** Everybody else in the call, host first. */
  readonly people: ReadonlySignal<readonly RemotePerson[]>;
  readonly quality: ReadonlySignal<Quality | null>;
  /** Three four-digit numbers derived from both DTLS fingerprints, the same at both ends; null until linked. */
  readonly verification: ReadonlySignal<readonly string[] | null>;
  readonly verified: ReadonlySignal<boolean>;
  /** Facts about this side that are told to the other one. */
  readonly ownFacts: ReadonlySignal<readonly Fact[]>;
  answer(): void;
  decline(): void;
  /** Gives up dialling. */
  cancel(): void;
  setPaused(on: boolean): void;
  exit(): void;
  leave(): void;
  markVerified(): void;
  /** Expert: saves outcome and note, and goes back to idle. Customer: just back to idle. */
  wrapUp(outcome: 'solved' | 'follow-up' | 'not-solved', note: string): void;
  dismiss(): void;
}

// ---- messages ----

export interface ChatItem {
  readonly id: string;
  readonly mine: boolean;
  readonly author: string;
  readonly text: string;
  /** Epoch ms at its author's. */
  readonly at: number;
  /** Own messages only. */
  readonly delivery: 'sending' | 'delivered' | 'seen';
  /** A picture instead of text (stills): an id in the stills model. */
  readonly stillId?: string | undefined;
}

export interface MessagesModel {
  readonly items: ReadonlySignal<readonly ChatItem[]>;
  readonly unread: ReadonlySignal<number>;
  send(text: string): void;
  /** Call on every keystroke; the model throttles. */
  typing(): void;
  /** The list is on screen (or no longer). */
  setOpen(open: boolean): void;
}

// ---- media ----

export type MicState = 'on' | 'muted' | 'none' | 'denied' | 'starting';
export type CameraState = 'on' | 'off' | 'none' | 'denied' | 'starting';

export interface DeviceList {
  readonly microphones: readonly { readonly id: string; readonly label: string }[];
  readonly cameras: readonly { readonly id: string; readonly label: string }[];
  /** Empty where the browser can't choose. */
  readonly speakers: readonly { readonly id: string; readonly label: string }[];
}

/** Where the camera that is on has a lamp or a zoom. */
export interface CameraControlsModel {
  /** Whether it shines; null where there is none. */
  readonly torch: ReadonlySignal<boolean | null>;
  /** In units of the device's own; null where there is none. */
  readonly cameraZoom: ReadonlySignal<{ readonly min: number; readonly max: number; readonly value: number } | null>;
  setTorch(on: boolean): void;
  /** One step nearer or farther. */
  zoomCamera(way: 'in' | 'out'): void;
}

export interface MediaModel extends CameraControlsModel {
  readonly mic: ReadonlySignal<MicState>;
  readonly camera: ReadonlySignal<CameraState>;
  /** Own camera picture, null while off. */
  readonly selfView: ReadonlySignal<MediaStream | null>;
  readonly mirrorSelfView: ReadonlySignal<boolean>;
  /** 0..1, own microphone; updated about 15 times a second while somebody looks (`watchLevel`). */
  readonly micLevel: ReadonlySignal<number>;
  readonly devices: ReadonlySignal<DeviceList>;
  readonly chosen: ReadonlySignal<{ readonly mic: string; readonly camera: string; readonly speaker: string }>;
  setMuted(muted: boolean): void;
  /** Must be called straight from a click: Firefox asks in the view's window. */
  setCamera(on: boolean): void;
  switchCamera(): void;
  choose(kind: 'mic' | 'camera' | 'speaker', deviceId: string): void;
  /** Keeps the level meter running, in a call or not, until `signal` aborts. */
  watchLevel(signal: AbortSignal): void;
  playTestSound(): void;
  /** Talk while held, when muted. */
  pushToTalk(held: boolean): void;
  /** The view that was clicked last offers its window for capture (Firefox); released on `signal`. */
  offerHost(host: CaptureHost, signal: AbortSignal): void;
}

/** Where getUserMedia and getDisplayMedia are called. Chrome: the offscreen page. Firefox: an open view. Guest: the page. */
export interface CaptureHost {
  readonly mediaDevices: MediaDevices;
}

// ---- consent ----

export interface IncomingAsk {
  readonly id: string;
  readonly kind: AskKind;
  readonly from: PersonCard;
  readonly scopes: readonly string[];
  readonly forMs: number;
  /** Epoch ms; silence until then means no. */
  readonly expiresAt: number;
}

export interface OutgoingAsk {
  readonly id: string;
  readonly kind: AskKind;
  readonly state: 'waiting' | 'granted' | 'refused' | 'timed-out' | 'unavailable';
}

export interface ConsentModel {
  /** Oldest first; a view shows one at a time. */
  readonly incoming: ReadonlySignal<readonly IncomingAsk[]>;
  readonly outgoing: ReadonlySignal<readonly OutgoingAsk[]>;
  ask(kind: AskKind, options?: { scopes?: readonly string[]; forMs?: number }): void;
  withdraw(id: string): void;
  /** Straight from the click: allowing `screen` opens the browser's chooser in the same task. */
  answer(id: string, allow: boolean): void;
}

// ---- history, settings, notices ----

export interface HistoryEntry {
  readonly engagementId: string;
  readonly person: PersonCard;
  readonly scenario: ScenarioCard;
  readonly direction: 'incoming' | 'outgoing';
  readonly startedAt: number;
  readonly durationMs: number;
  readonly reason: EndReason;
  readonly outcome: 'solved' | 'follow-up' | 'not-solved' | null;
  readonly note: string;
  readonly messages: readonly ChatItem[];
}

export interface HistoryModel {
  readonly entries: ReadonlySignal<readonly HistoryEntry[]>;
  remove(engagementId: string): void;
}

export type { Settings, SettingsModel };

/** News for people: shown in a live region and as a dismissible line. `key` is an i18n key. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
  /** What can be done about it: an i18n key and a verb. */
  readonly action?: { readonly key: string; readonly run: () => void };
}

export interface NoticesModel {
  readonly list: ReadonlySignal<readonly Notice[]>;
  dismiss(id: string): void;
}
