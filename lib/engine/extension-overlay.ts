import type { Injection } from '../protocol/extension-messages.ts';
import { OVERLAY_PORT } from '../protocol/overlay-port.ts';
import { watchPorts } from '../platform/agent-ports.ts';
import type { OverlayPages } from '../state/overlay-tab.ts';

/** Shared tabs, for an engine in the extension. `inject` is the background's, by message or straight. */
export const createOverlayPages = (inject: (tabId: number) => Promise<Injection | undefined>): OverlayPages => ({
  inject: async (tabId) => (await inject(tabId))?.ok === true,
  onPage: (run) => watchPorts(OVERLAY_PORT, run),
});
