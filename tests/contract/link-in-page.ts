/** Runs the contract of a link inside a page, over PeerJS and a real desk: two people in one page. */
import { type DeskPush, createDeskClient } from '../../lib/rtc/desk-client.ts';
import { enrol, guest } from '../../lib/rtc/desk-http.ts';
import type { Credentials } from '../../lib/protocol/desk-messages.ts';
import type { Hub, Link } from '../../lib/rtc/link.ts';
import { createPeerHub } from '../../lib/rtc/peer-hub.ts';
import { systemClock } from '../../lib/shared/clock.ts';
import type { Result } from '../../lib/shared/result.ts';
import { LINK_CASES } from './link.contract.ts';

export interface Outcome {
  readonly name: string;
  /** Null: passed. */
  readonly problem: string | null;
}

const DIAL_LIMIT_MS = 10_000;
const KEY_KIND: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
const clock = systemClock;

/** Runs every case with a fresh link between the same two people. */
export async function runLinkCases(deskUrl: string, invitation: string): Promise<readonly Outcome[]> {
  const life = new AbortController();
  const [expert, customer] = await introduce(deskUrl, invitation, life.signal);
  const outcomes: Outcome[] = [];
  for (const { name, run } of LINK_CASES) {
    const [near, far] = await connect(expert, customer);
    const problem = await run({ near, far, createTrack }).then(
      () => null,
      (error: unknown) => String(error),
    );
    near.close();
    far.close();
    outcomes.push({ name, problem });
  }
  life.abort();
  return outcomes;
}

async function connect(from: Hub, to: Hub): Promise<readonly [Link, Link]> {
  const arrived = Promise.withResolvers<Link>();
  to.onLink(arrived.resolve);
  const near = valueOf(await from.dial(to.peerId, AbortSignal.timeout(DIAL_LIMIT_MS)));
  return [near, await arrived.promise];
}

/** An expert and a guest who have met by a session code, so that the desk lets them signal to each other. */
async function introduce(deskUrl: string, invitation: string, until: AbortSignal): Promise<readonly [Hub, Hub]> {
  const http = { url: deskUrl, fetch: (url: string, init?: RequestInit) => fetch(url, init) };
  const expert = await comeOnline(deskUrl, valueOf(await enrol(http, invitation)), until);
  const customer = await comeOnline(deskUrl, valueOf(await guest(http, 'Carl')), until);
  const { code } = valueOf(await expert.client.request('code.create', {}));
  const { sessionId } = valueOf(await customer.client.request('code.join', { code, name: 'Carl' }));
  valueOf(await expert.client.request('answered', { sessionId }));
  return [await expert.hub(), await customer.hub()];
}

async function comeOnline(url: string, credentials: Credentials, until: AbortSignal) {
  const online = Promise.withResolvers<void>();
  const admitted = Promise.withResolvers<string>();
  const client = createDeskClient({
    ...{ url, credentials, clock, WebSocket, signal: until },
    fetch: (address, init) => fetch(address, init),
    onEvent: ({ type }: DeskPush) => type === 'welcome' && online.resolve(),
    onState: () => undefined,
    onAdmission: ({ peerId }) => admitted.resolve(peerId),
  });
  await online.promise;
  return {
    client,
    async hub() {
      const peerId = await admitted.promise;
      const certificate = await RTCPeerConnection.generateCertificate(KEY_KIND);
      return createPeerHub({
        ...{ deskUrl: url, peerId, certificate, clock, until },
        admit: () => client.admit(peerId),
        relayOnly: () => false,
        mayAnswer: () => 'yes',
      });
    },
  };
}

function createTrack(kind: 'audio' | 'video'): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const stream = kind === 'video' ? canvas.captureStream(10) : new AudioContext().createMediaStreamDestination().stream;
  const [track] = stream.getTracks();
  if (!track) throw new Error(`no ${kind} track`);
  return track;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}
