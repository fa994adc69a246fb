import { vi } from 'vitest';

/** An event of the extension APIs: listeners are added, and a test emits. */
export function createFakeEvent<Args extends readonly unknown[]>() {
  const listeners: ((...args: Args) => unknown)[] = [];
  return {
    addListener: (listener: (...args: Args) => unknown) => void listeners.push(listener),
    emit: (...args: Args) => listeners.map((listener) => listener(...args)),
    count: () => listeners.length,
  };
}

export interface FakeTab {
  readonly id: number;
  readonly windowId: number;
  readonly active: boolean;
  readonly title?: string;
  readonly url?: string;
}

const ID = 'abcdefghijklmnop';
const ORIGIN = `chrome-extension://${ID}`;

type Sender = { id?: string; url?: string };

function createToolbarIcon() {
  const shown = { text: '', color: '', title: '' };
  return {
    shown,
    onClicked: createFakeEvent<[FakeTab]>(),
    setBadgeText: async ({ text }: { text: string }) => void (shown.text = text),
    setBadgeBackgroundColor: async ({ color }: { color: string }) => void (shown.color = color),
    setTitle: async ({ title }: { title: string }) => void (shown.title = title),
  };
}

function createNotifications() {
  const open = new Map<string, Record<string, unknown>>();
  return {
    open,
    onClicked: createFakeEvent<[string]>(),
    onButtonClicked: createFakeEvent<[string, number]>(),
    create: async (id: string, options: Record<string, unknown>) => void open.set(id, options),
    clear: async (id: string) => open.delete(id),
  };
}

function createStorage() {
  const kept = new Map<string, unknown>();
  return {
    set: async (values: Record<string, unknown>) =>
      Object.entries(values).forEach(([key, value]) => kept.set(key, value)),
    get: async (key: string) => (kept.has(key) ? { [key]: kept.get(key) } : {}),
  };
}

/** The parts of the extension APIs that lib/platform uses, in memory. `kind` decides which browser it looks like. */
export function createFakeExtension(kind: 'chrome' | 'firefox') {
  const tabs: FakeTab[] = [];
  const contexts: string[] = [];
  const onMessage = createFakeEvent<[unknown, Sender, (answer: unknown) => void]>();
  const icon = createToolbarIcon();
  const common = {
    icon,
    openTabs: tabs,
    runtime: {
      id: ID,
      getURL: (path: string) => `${ORIGIN}${path}`,
      onMessage,
      onInstalled: createFakeEvent<[{ reason: string }]>(),
      onStartup: createFakeEvent<[]>(),
      getContexts: async () => contexts.map((url) => ({ documentUrl: url })),
      /** Delivered to every listener, as from a page of the extension. */
      sendMessage: (message: unknown) =>
        new Promise((done) => {
          const taken = onMessage.emit(message, { id: ID, url: `${ORIGIN}/offscreen.html` }, done);
          if (!taken.includes(true)) done(undefined);
        }),
    },
    i18n: { getMessage: (key: string, values: string[] = []) => [key, ...values].join(' ') },
    notifications: createNotifications(),
    commands: { onCommand: createFakeEvent<[string]>() },
    storage: { session: createStorage() },
    tabs: {
      query: async ({ active }: { active?: boolean }) => tabs.filter((tab) => active !== true || tab.active),
      get: async (id: number) =>
        tabs.find((tab) => tab.id === id) ?? Promise.reject(new Error(`No tab with id: ${id}`)),
      create: vi.fn(async (_: { url: string }) => undefined),
      update: vi.fn(async (_id: number, _change: { active: boolean }) => undefined),
    },
    windows: {
      create: vi.fn(async (_: { url: string; type: string }) => undefined),
      update: vi.fn(async (_id: number, _change: { focused: boolean }) => undefined),
    },
    permissions: {
      request: vi.fn(async (_: { origins: string[] }) => true),
      remove: vi.fn(async (_: { origins: string[] }) => true),
    },
    scripting: { executeScript: vi.fn(async (_: Record<string, unknown>) => [{ frameId: 0 }]) },
  };
  const chrome = {
    action: icon,
    sidePanel: { open: vi.fn(async (_: { windowId: number }) => undefined) },
    tabCapture: { getMediaStreamId: vi.fn(async (_: { targetTabId: number }) => 'stream-1') },
    offscreen: { createDocument: vi.fn(async ({ url }: { url: string }) => void contexts.push(url)) },
  };
  const firefox = {
    browserAction: icon,
    sidebarAction: { open: vi.fn(async () => undefined), toggle: vi.fn(async () => undefined) },
  };
  return { ...common, ...chrome, ...(kind === 'firefox' ? { ...firefox, ...NOT_IN_FIREFOX } : {}) };
}

const NOT_IN_FIREFOX = { action: undefined, sidePanel: undefined, tabCapture: undefined, offscreen: undefined };

/** Puts a fake in the place of the browser's APIs, and forgets every module that has looked at them. */
export function installFakeExtension(kind: 'chrome' | 'firefox') {
  const fake = createFakeExtension(kind);
  vi.resetModules();
  vi.stubGlobal('browser', fake);
  return fake;
}
