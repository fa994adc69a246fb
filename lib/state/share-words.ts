import { type ReadonlySignal, signal } from '@preact/signals';
import type { Asset } from '../protocol/asset-chunk.ts';
import type { ControlLogEntry, FromAgent } from '../protocol/cobrowse-port.ts';
import type { Proposal } from './cobrowse-share-api.ts';
import type { ControlGrant } from './given-control.ts';
import type { SharedPages } from './shared-pages.ts';
import type { SharedTab } from './shared-tab-types.ts';

export interface ShareWordsParts {
  readonly grant: ControlGrant;
  readonly pages: SharedPages;
  readonly proposalTexts: (
    name: string,
    label: string,
  ) => { readonly text: string; readonly yes: string; readonly no: string };
  readonly stopTab: (tabId: number) => void;
  readonly sendAsset: (asset: Asset) => void;
}

/** What the pages' agents say to the customer rather than to the expert. */
export interface ShareWords {
  readonly log: ReadonlySignal<readonly ControlLogEntry[]>;
  readonly proposals: ReadonlySignal<readonly OpenProposal[]>;
  hear(tab: SharedTab, message: FromAgent): void;
  clear(): void;
}

interface OpenProposal extends Proposal {
  readonly requestId: number;
  readonly tabId: number;
}

const MAX_LOG = 500;

export function createShareWords({ grant, pages, proposalTexts, stopTab, sendAsset }: ShareWordsParts): ShareWords {
  const log = signal<readonly ControlLogEntry[]>([]);
  const proposals = signal<readonly OpenProposal[]>([]);

  const propose = (tab: SharedTab, message: Extract<FromAgent, { readonly type: 'proposal' }>) => {
    const hand = grant.hand.peek();
    if (hand?.token !== message.to) return;
    const { requestId, label, proposal: kind, to: expert } = message;
    const { tabId } = tab;
    const proposal = { key: `${tabId}:${requestId}`, name: hand.name, kind, label, requestId, tabId };
    proposals.value = [...proposals.peek(), proposal];
    tab.post({ type: 'ask', requestId, expert, ...proposalTexts(hand.name, label) });
  };
  /** With the extension's rights, where the page's were not enough. */
  const fetch = async (tab: SharedTab, { hash, address, kind }: Extract<FromAgent, { readonly type: 'fetch' }>) => {
    const found = await pages.read(address);
    if (found === null) return;
    if (found === 'barred') {
      // A page has no use for fonts that it may not read.
      if (kind !== 'font') tab.noteBarred(new URL(address).origin);
    } else if (kind === 'style') tab.post({ type: 'style', hash, css: new TextDecoder().decode(found.bytes) });
    else sendAsset({ hash, ...found });
  };

  const clean = async ({ hash, mime, base64 }: Extract<FromAgent, { readonly type: 'file' }>) => {
    const asset = await pages.clean(mime, fromBase64(base64));
    if (asset !== null) sendAsset({ hash, ...asset });
  };

  return {
    log,
    proposals,
    clear() {
      proposals.value = [];
    },
    hear(tab, message) {
      switch (message.type) {
        case 'log':
          log.value = [...log.peek(), message.entry].slice(-MAX_LOG);
          return;
        case 'proposal':
          return propose(tab, message);
        case 'proposal.over':
          proposals.value = proposals.peek().filter(({ key }) => key !== `${tab.tabId}:${message.requestId}`);
          return;
        case 'preempted':
          return grant.setPreempted(message.on);
        case 'pressed':
          if (message.button === 'stop-control') grant.end();
          else if (message.button === 'stop-sharing') stopTab(tab.tabId);
          else tab.postTo(0, { type: 'pick-part', on: true });
          return;
        case 'asset':
          return sendAsset({ hash: message.hash, mime: message.mime, bytes: fromBase64(message.base64) });
        case 'file':
          return void clean(message);
        case 'fetch':
          return void fetch(tab, message);
        default:
          return;
      }
    },
  };
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    // An agent that talks nonsense has nothing to send.
    return new Uint8Array(0);
  }
}
