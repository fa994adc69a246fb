import type { FromAgent, ToAgent } from '../protocol/cobrowse-port.ts';
import type { Injection } from '../protocol/extension-messages.ts';

/** The engine's end of one agent's port. There is one agent for each frame of a shared page. */
export interface AgentLink {
  /** The browser's own number of the tab; it never leaves this side. */
  readonly browserTabId: number;
  readonly isTop: boolean;
  post(message: ToAgent): void;
  /** One listener. What the agent says is decoded; what no schema fits is dropped. */
  onMessage(run: (message: FromAgent) => void): void;
  readonly closed: AbortSignal;
}

interface ReadAsset {
  readonly mime: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What only the extension can do with pages. */
export interface SharedPages {
  /** Puts recorder and agent into all frames of a tab; null: the one that the icon was pressed on. */
  inject(browserTabId: number | null): Promise<Injection>;
  /** The page in the tab that the icon was pressed on, for its owner: title, origin and path. Null when it can't be had. */
  offered(): Promise<{ readonly title: string; readonly address: string } | null>;
  /** These sites were allowed for the call, and it is over. */
  forget(origins: readonly string[]): void;
  /** One listener. */
  onAgent(run: (agent: AgentLink) => void): void;
  /** Reads an asset that its page may not read. `barred`: the extension may not either, until the customer allows its site. */
  read(address: string): Promise<ReadAsset | 'barred' | null>;
  /** Of a picture's file what is seen, and nothing that only the file tells; null when it can't be shown. */
  clean(mime: string, file: Uint8Array<ArrayBuffer>): Promise<ReadAsset | null>;
}
