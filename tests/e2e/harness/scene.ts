import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, expect, onTestFinished } from 'vitest';
import { ROOT } from '../../../scripts/tools/steps.ts';
import { withLimit } from './deadline.ts';
import type { LaunchRequest } from './launch.ts';
import { createPerson, type Person } from './person.ts';

const PICTURE_LIMIT_MS = 2_000;
/** Enough to see that a picture moves; every frame is encoded and decoded on the processors that all people share. */
const CAMERA_FPS = 10;

/** Some people. Pictures of what they see and their logs are kept when a test fails. */
export interface Scene {
  enter(name: string, request: Omit<LaunchRequest, 'headless'>): Promise<Person>;
  /** Runs when the people have gone. */
  onLeave(run: () => Promise<void>): void;
}

/** The people of one test. Everything is closed when it ends. */
export function createScene(): Scene {
  const test = expect.getState().currentTestName ?? 'test';
  const { people, scene, close } = gather();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepEvidence(test, people);
    await close();
  });
  return scene;
}

/** The people of all tests of a `describe`, in which it is called: what takes long to set up is set up once. */
export function createSharedScene(): Scene {
  const { people, scene, close } = gather();
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepEvidence(task.name, people);
  });
  afterAll(close);
  return scene;
}

function gather(): { readonly people: readonly Person[]; readonly scene: Scene; close(): Promise<void> } {
  const people: Person[] = [];
  const leavings: (() => Promise<void>)[] = [];
  const scene: Scene = {
    onLeave: (run) => void leavings.push(run),
    async enter(name, request) {
      const headless = request.display === undefined;
      const person = await createPerson(name, { headless, cameraFps: CAMERA_FPS, ...request });
      people.push(person);
      return person;
    },
  };
  return {
    people,
    scene,
    async close() {
      await Promise.all(people.map((person) => person.close()));
      await Promise.all(leavings.map((run) => run()));
    },
  };
}

async function keepEvidence(test: string, people: readonly Person[]): Promise<void> {
  const folder = join(ROOT, 'out', 'e2e', test.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase());
  await mkdir(folder, { recursive: true });
  for (const person of people) {
    const lines = person.log.lines.map(({ where, level, text }) => `${where} ${level}: ${text}`);
    await writeFile(join(folder, `${person.name}.txt`), lines.join('\n'));
    const pages = [...(await person.launched.browser.pages().catch(() => [])), ...(await panelsOf(person))];
    for (const [index, page] of pages.entries()) {
      const path = join(folder, `${person.name}-${index}.png`) as `${string}.png`; // it ends so
      await withLimit(page.screenshot({ path }), PICTURE_LIMIT_MS).catch(() => undefined);
    }
  }
}

/** Chromium's side panel is none of the browser's pages. */
async function panelsOf({ launched }: Person): Promise<Page[]> {
  const panels = launched.browser
    .targets()
    .filter((target) => target.url() === `${launched.extensionOrigin}/sidepanel.html`);
  return launched.kind === 'chrome' ? Promise.all(panels.map((target) => target.asPage())).catch(() => []) : [];
}
