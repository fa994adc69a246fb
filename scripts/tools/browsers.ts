import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand, StepFailed } from './steps.ts';
import { installDebianPackages } from './debian.ts';

export type BrowserName = 'chrome' | 'firefox';

interface BrowserKind {
  readonly label: string;
  /** Environment variable that names the program. */
  readonly variable: string;
  readonly programs: readonly string[];
  readonly places: readonly string[];
  /** The oldest version the extension runs in (scripts/build/manifest.ts). */
  readonly oldest: number;
  readonly debianPackage: string;
}

const KINDS: Readonly<Record<BrowserName, BrowserKind>> = {
  chrome: {
    label: 'Chromium or Chrome',
    variable: 'CHROME_PATH',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ],
    oldest: 142,
    debianPackage: 'chromium',
  },
  firefox: {
    label: 'Firefox',
    variable: 'FIREFOX_PATH',
    programs: ['firefox', 'firefox-esr'],
    places: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
    oldest: 142,
    debianPackage: 'firefox-esr',
  },
};

/** The path of a browser that is on this machine and new enough; null without one. */
export async function findBrowser(name: BrowserName): Promise<string | null> {
  for (const path of [...candidates(KINDS[name]), ...(await installedByPuppeteer(name))]) {
    if (existsSync(path) && (await isNewEnough(path, KINDS[name].oldest))) return path;
  }
  return null;
}

/** As findBrowser, and installs one where none is found: puppeteer's first, then Debian's package (as root). */
export async function ensureBrowser(name: BrowserName): Promise<string> {
  const found = await findBrowser(name);
  if (found !== null) return found;
  const { label, variable, debianPackage } = KINDS[name];
  console.log(`No ${label} was found. Installing one …`);
  const wanted = name === 'chrome' ? 'chrome@stable' : 'firefox@stable';
  const byPuppeteer = await runCommand({
    program: 'puppeteer',
    args: ['browsers', 'install', wanted],
    output: 'collect',
  });
  const installed = await findBrowser(name);
  if (installed !== null) return installed;
  const byDebian = await installDebianPackages([debianPackage]);
  const packaged = await findBrowser(name);
  if (packaged !== null) return packaged;
  throw new StepFailed(
    `${label} could not be installed.\n${lastLine(byPuppeteer.text)}\n${byDebian}`,
    `Install ${label} yourself, or name its program in ${variable}, then try again.`,
  );
}

function candidates({ variable, programs, places }: BrowserKind): string[] {
  const named = process.env[variable];
  if (named !== undefined && named !== '') return [named];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [...programs.flatMap((program) => folders.map((folder) => join(folder, program))), ...places];
}

async function installedByPuppeteer(name: BrowserName): Promise<string[]> {
  const { default: puppeteer } = await import('puppeteer');
  try {
    return [await puppeteer.executablePath({ browser: name })];
  } catch {
    return [];
  }
}

async function isNewEnough(path: string, oldest: number): Promise<boolean> {
  const { text } = await runCommand({ program: path, args: ['--version'], output: 'collect' }).catch(() => ({
    text: '',
  }));
  const major = /(\d+)\.\d/.exec(text)?.[1];
  return major !== undefined && Number(major) >= oldest;
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
