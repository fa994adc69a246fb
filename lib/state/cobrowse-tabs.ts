import type { SharedTab } from '../protocol/cobrowse-messages.ts';

/** Which of the shared tabs is shown: the one the expert chose while it is there, otherwise the customer's active one. */
export function shownTab(tabs: readonly SharedTab[], chosen: number | null): number | null {
  const wanted = tabs.find(({ tabId }) => tabId === chosen) ?? tabs.find(({ active }) => active) ?? tabs[0];
  return wanted?.tabId ?? null;
}
