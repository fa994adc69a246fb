import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { EXTENSION_ID, GECKO_ID, PAGE_POLICY } from '../../scripts/build/manifest.ts';
import { buildIfChanged } from '../../scripts/tasks/build.ts';
import { lintFirefoxBuild } from '../../scripts/tasks/zip.ts';
import { ROOT } from '../../scripts/tools/steps.ts';
import { createHash } from 'node:crypto';

/** The manifests as they are shipped: a development build adds permissions of its own and hides what is missing. */
const readManifest = async (browser: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(ROOT, '.output', browser, 'manifest.json'), 'utf8')) as Record<string, unknown>; // its own format

const readMessages = async (): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(ROOT, 'public', '_locales', 'en', 'messages.json'), 'utf8')) as Record<
    string,
    unknown
  >; // the format of browsers

const ICONS = { '16': 'icon/16.png', '32': 'icon/32.png', '48': 'icon/48.png', '128': 'icon/128.png' };

const shortcut = (key: string, description: string) => ({ suggested_key: { default: key }, description });

const COMMON = {
  name: '__MSG_extensionName__',
  description: '__MSG_extensionDescription__',
  version: '0.1.0',
  default_locale: 'en',
  icons: ICONS,
  commands: {
    answer: shortcut('Alt+Shift+A', '__MSG_answer__'),
    'toggle-mute': shortcut('Alt+Shift+M', '__MSG_shortcutMute__'),
    'toggle-video': shortcut('Alt+Shift+V', '__MSG_shortcutVideo__'),
    exit: shortcut('Alt+Shift+X', '__MSG_exit__'),
  },
  options_ui: { open_in_tab: true, page: 'options.html' },
};

beforeAll(() => buildIfChanged(), 120_000);

test("Chrome's manifest asks for what is needed and nothing else", async () => {
  const { key, ...manifest } = await readManifest('chrome');
  expect(manifest).toEqual({
    ...COMMON,
    manifest_version: 3,
    minimum_chrome_version: '142',
    action: { default_title: '__MSG_openPanel__' },
    background: { service_worker: 'background.js' },
    side_panel: { default_path: 'sidepanel.html' },
    permissions: ['activeTab', 'notifications', 'offscreen', 'scripting', 'storage', 'tabCapture', 'sidePanel'],
    optional_host_permissions: ['*://*/*'],
    content_security_policy: { extension_pages: PAGE_POLICY },
  });
  expect(idOf(String(key))).toBe(EXTENSION_ID);
});

test("Firefox's manifest asks for what is needed and nothing else", async () => {
  expect(await readManifest('firefox')).toEqual({
    ...COMMON,
    manifest_version: 2,
    browser_action: { default_title: '__MSG_openPanel__' },
    background: { persistent: true, scripts: ['background.js'] },
    sidebar_action: { default_panel: 'sidepanel.html', default_title: 'Alongside', open_at_install: false },
    permissions: ['activeTab', 'notifications', 'scripting', 'storage'],
    optional_permissions: ['*://*/*'],
    content_security_policy: PAGE_POLICY,
    browser_specific_settings: {
      gecko: {
        id: GECKO_ID,
        strict_min_version: '142.0',
        data_collection_permissions: {
          required: ['personallyIdentifyingInfo', 'personalCommunications', 'websiteContent', 'browsingActivity'],
        },
      },
    },
  });
});

test.each(['chrome', 'firefox'])('every text in the manifest for %s exists', async (browser) => {
  const texts = await readMessages();
  const used = [...JSON.stringify(await readManifest(browser)).matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key ?? '');
  expect(used.filter((key) => !(key in texts))).toEqual([]);
});

test('every text that the browser shows for us exists', async () => {
  const texts = await readMessages();
  const sources = await Promise.all(
    ['badge', 'notifications'].map((name) => readFile(join(ROOT, 'lib', 'platform', `${name}.ts`), 'utf8')),
  );
  const used = [...sources.join('').matchAll(/(?:titleKey: |getMessage\()'(\w+)'/g)].map(([, key]) => key ?? '');
  expect(used).not.toEqual([]);
  expect(used.filter((key) => !(key in texts))).toEqual([]);
});

test('the policy lets no code in from outside, and a desk without TLS only on this machine', () => {
  const policy = new Map(PAGE_POLICY.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]));
  expect(policy.get('default-src')).toEqual(["'none'"]);
  expect(policy.get('script-src')).toEqual(["'self'"]);
  const open = policy.get('connect-src')?.filter((source) => /^(http|ws):/.test(source));
  expect(open?.every((source) => /^(http|ws):\/\/(localhost|127\.0\.0\.1):\*$/.test(source))).toBe(true);
  expect(PAGE_POLICY).not.toContain('unsafe-eval');
  expect(PAGE_POLICY).not.toContain('upgrade-insecure-requests');
});

test("Mozilla's linter has nothing against the Firefox build", async () => {
  await lintFirefoxBuild();
});

/** How Chrome makes an id of a key: the first 16 bytes of its SHA-256, in letters from a to p. */
function idOf(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...digest].map((digit) => String.fromCodePoint(97 + Number.parseInt(digit, 16))).join('');
}
