import type { ConfigEnv, UserManifest } from 'wxt';

/** Fixes the extension's id in Chrome, also when loaded unpacked: EXTENSION_ID is its hash. */
const PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAx3dzsSvTQHwzzgvfxAqJyWzo1KRr6i8DLTbT2QH2DytzieWNRSuGma+0MfjJm9SJnYRW7Noq' +
  'dwTRCZoxqAGfpqBXvCLN4PmwqPlaFRBPcyo5x558NNx0bxDYDs3+LO8pKNocHw5yRrLMie/V+Un04zfyTsASw+giVj3RptX6aO7+kU+oyUoomS1hn3Bj' +
  '76Am+5CXoUMMc0qpg2M/zI6A39VN1xjblazVVNOhDdast+PKCxl8KdY8pgCyFOJY1ehdu0+uay2E9Maljk2EtLUrpNqOAXrCnQygg7EPoKHjsTiEjZPw' +
  'p/J7iG2khvdl53uE9rrmFvZrd3SEtQmz0ch+4QIDAQAB';
export const EXTENSION_ID = 'pbolpejheamookffcbgaemnnckcakndm';
export const GECKO_ID = 'alongside@extension';

/**
 * Scripts come from the package only. A desk is reached by https and wss, or without TLS on this machine. Written out for
 * both browsers: Firefox adds an upgrade of `ws:` to a manifest without a policy of its own (reference/platform.md §5).
 * `data:` and `blob:` pictures and fonts and inline styles are what a mirrored page is rebuilt from; nothing may be fetched
 * for it.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "connect-src 'self' https: wss: http://localhost:* ws://localhost:* http://127.0.0.1:* ws://127.0.0.1:*",
  "worker-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The development server serves fonts, too; WXT adds the scripts. */
const DEVELOPMENT_POLICY = PAGE_POLICY.replace("font-src 'self'", "font-src 'self' http://localhost:*");

/** Asked for one at a time, when a customer allows a page to be seen. */
const SITES: string[] = ['*://*/*'];

const COMMANDS = {
  answer: { suggested_key: { default: 'Alt+Shift+A' }, description: '__MSG_answer__' },
  'toggle-mute': { suggested_key: { default: 'Alt+Shift+M' }, description: '__MSG_shortcutMute__' },
  'toggle-video': { suggested_key: { default: 'Alt+Shift+V' }, description: '__MSG_shortcutVideo__' },
  exit: { suggested_key: { default: 'Alt+Shift+X' }, description: '__MSG_exit__' },
};

/** The parts of the manifest that do not follow from the entrypoints, per browser. */
export function createManifest({ browser, command }: Pick<ConfigEnv, 'browser' | 'command'>): UserManifest {
  const common: UserManifest = {
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    // No popup: a press on the icon opens the panel and lends the tab to the extension (`activeTab`).
    action: { default_title: '__MSG_openPanel__' },
    commands: COMMANDS,
    content_security_policy: { extension_pages: command === 'serve' ? DEVELOPMENT_POLICY : PAGE_POLICY },
  };
  return browser === 'firefox' ? { ...common, ...firefoxManifest() } : { ...common, ...chromeManifest() };
}

const chromeManifest = (): UserManifest => ({
  key: PUBLIC_KEY,
  // sidePanel.onClosed (142) tells when nobody looks any more.
  minimum_chrome_version: '142',
  permissions: ['activeTab', 'notifications', 'offscreen', 'scripting', 'storage', 'tabCapture'],
  optional_host_permissions: SITES,
});

const firefoxManifest = (): UserManifest => ({
  permissions: ['activeTab', 'notifications', 'scripting', 'storage'],
  // Manifest 2 knows no optional_host_permissions: sites are asked for here.
  optional_permissions: SITES as UserManifest['optional_permissions'] & {}, // the types know Chrome's names only
  browser_specific_settings: {
    gecko: {
      id: GECKO_ID,
      // The first version that asks for the consent below on phones, too.
      strict_min_version: '142.0',
      // A call carries a voice, a face, messages, a name and, where allowed, a page with its title and address.
      data_collection_permissions: {
        required: ['personallyIdentifyingInfo', 'personalCommunications', 'websiteContent', 'browsingActivity'],
      },
    },
  },
});
