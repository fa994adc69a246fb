import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer';
import { EXTENSION_ID, GECKO_ID } from '../../../scripts/build/manifest.ts';
import { type BrowserName, ensureBrowser } from '../../../scripts/tools/browsers.ts';
import { ROOT } from '../../../scripts/tools/steps.ts';

/** Firefox gives each installed extension a random address; tests fix it. */
const FIREFOX_UUID = '6b1f3a2e-5d0c-4c1b-9a58-0f6d1c2e7a94';

export interface LaunchRequest {
  readonly browser: BrowserName;
  /** Whether the built extension is installed (.output/<browser>). */
  readonly extension: boolean;
  readonly headless: boolean;
  /** Value of DISPLAY for a browser with windows; the environment's own by default. */
  readonly display?: string | undefined;
  /** Somebody uses this browser: where its window is put, in pixels, and signals are left to the caller. */
  readonly window?: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Starts the browser in another way, e.g. on another network. */
  readonly wrap?: (executablePath: string) => string;
  /** Further switches for Chromium. */
  readonly args?: readonly string[];
  /** Further preferences for Firefox. */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
  /** Real microphones and cameras, and real prompts for them. */
  readonly realDevices?: boolean;
  /** Frames a second of Chromium's fake camera; its own number by default. */
  readonly cameraFps?: number;
  /** The browser's own question whether the extension may enter a site is answered with yes. */
  readonly allowSites?: boolean;
}

export interface Launched {
  readonly kind: BrowserName;
  readonly browser: Browser;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly extensionOrigin: string;
  /** Ends the browser and removes its profile. Never rejects. */
  close(): Promise<void>;
}

/** Starts a browser with a fresh profile, on this machine only. */
export async function launch(request: LaunchRequest): Promise<Launched> {
  const profile = await mkdtemp(join(tmpdir(), 'alongside-profile-'));
  if (request.browser === 'chrome' && request.allowSites === true) await rememberSites(profile);
  const found = await ensureBrowser(request.browser);
  const executablePath = request.wrap?.(found) ?? found;
  const options = request.browser === 'chrome' ? chromeOptions(request) : firefoxOptions(request);
  const browser = await puppeteer.launch({
    ...options,
    executablePath,
    userDataDir: profile,
    headless: request.headless,
    defaultViewport: null,
    ...(request.display === undefined ? {} : { env: { ...process.env, DISPLAY: request.display } }),
    handleSIGINT: request.window === undefined,
    handleSIGTERM: request.window === undefined,
    handleSIGHUP: request.window === undefined,
  });
  const extensionOrigin =
    request.browser === 'chrome' ? `chrome-extension://${EXTENSION_ID}` : `moz-extension://${FIREFOX_UUID}`;
  if (request.extension) {
    await browser.installExtension(join(ROOT, '.output', request.browser));
    if (request.browser === 'chrome') await hasStarted(browser, extensionOrigin);
  }
  return {
    kind: request.browser,
    browser,
    extensionOrigin,
    async close() {
      await browser.close().catch(() => browser.process()?.kill('SIGKILL'));
      await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
    },
  };
}

/** Chromium calls an extension installed before its service worker has run: a press on its icon then is lost. */
async function hasStarted(browser: Browser, extensionOrigin: string): Promise<void> {
  await browser.waitForTarget((target) => target.url() === `${extensionOrigin}/welcome.html`);
}

/** Chromium does not ask again for what it was allowed once, and its prompt is out of a test's reach. */
async function rememberSites(profile: string): Promise<void> {
  const allowed = { api: [], explicit_host: ['*://*/*'], manifest_permissions: [], scriptable_host: [] };
  const extensions = { settings: { [EXTENSION_ID]: { runtime_granted_permissions: allowed } } };
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ extensions }));
}

function chromeOptions({ args = [], window, realDevices = false, cameraFps }: LaunchRequest): LaunchOptions {
  const place = window
    ? [`--window-position=${window.left},${window.top}`, `--window-size=${window.width},${window.height}`]
    : ['--window-size=1280,900'];
  return {
    browser: 'chrome',
    pipe: true,
    enableExtensions: true,
    // Muted, a browser hands out silence also to the code under test.
    ignoreDefaultArgs: ['--mute-audio', ...(window ? ['--enable-automation'] : [])],
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--no-first-run',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      ...(realDevices ? [] : [fakeDevice(cameraFps), '--auto-accept-camera-and-microphone-capture']),
      // Names instead of addresses need multicast, which containers seldom have.
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      ...place,
      ...args,
    ],
  };
}

const fakeDevice = (fps?: number): string =>
  `--use-fake-device-for-media-stream${fps === undefined ? '' : `=fps=${fps}`}`;

function firefoxOptions({ prefs = {}, realDevices = false, allowSites = false, window }: LaunchRequest): LaunchOptions {
  const size = window ? ['--width', String(window.width), '--height', String(window.height)] : [];
  return {
    browser: 'firefox',
    // Without it Firefox refuses to open the extension's own pages for a test.
    args: ['-remote-allow-system-access', ...size],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: FIREFOX_UUID }),
      ...(realDevices
        ? {}
        : {
            'media.navigator.streams.fake': true,
            'permissions.default.camera': 1,
            'permissions.default.microphone': 1,
          }),
      ...(allowSites ? { 'extensions.webextOptionalPermissionPrompts': false } : {}),
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.peerconnection.ice.loopback': true,
      'app.update.auto': false,
      'browser.shell.checkDefaultBrowser': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      ...prefs,
    },
  };
}
