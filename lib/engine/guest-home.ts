import { createId } from '../shared/ids.ts';
import type { Engine } from './api.ts';
import { collectFacts, factsFromLink, ownFactSources } from './collect-facts.ts';
import { createEngine } from './create-engine.ts';
import type { Attention, Home } from './home.ts';

const TAB_KEY = 'alongside-tab';

/** The engine of the guest page: it lives in the page itself, and a reload within the resume window goes on with the call. */
export function createGuestEngine(until: AbortSignal): Promise<Engine> {
  return createEngine(createGuestHome(), until);
}

function createGuestHome(): Home {
  return {
    kind: 'page',
    captureHost: { mediaDevices: navigator.mediaDevices },
    databaseName: databaseName(location.pathname),
    spareDatabaseName() {
      sessionStorage.removeItem(TAB_KEY);
      return databaseName(location.pathname);
    },
    defaultDeskUrl: location.origin,
    preferRearCamera: matchMedia('(pointer: coarse)').matches,
    captureClickedTab: null,
    pages: null,
    overlays: null,
    attention: pageAttention(),
    collectFacts: async () => [...collectFacts(ownFactSources()), ...factsFromLink(location.search)],
  };
}

/** A device keeps who it is for good; anybody else is a new person in each tab, and the same one after a reload. */
function databaseName(path: string): string {
  if (path.startsWith('/ready')) return 'alongside-device';
  const tab = sessionStorage.getItem(TAB_KEY) ?? createId(60);
  sessionStorage.setItem(TAB_KEY, tab);
  return `alongside-guest-${tab}`;
}

/** A page has no badge: its title tells, for whoever looks at the tab strip. */
function pageAttention(): Attention {
  const { title } = document;
  return {
    ring(caller) {
      document.title = caller ? `☎ ${caller.name}` : title;
    },
    inCall(state) {
      document.title = state === 'none' ? title : `● ${title}`;
    },
    onCommand: () => undefined,
  };
}
