import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeFaults, findLayoutFaults } from '../ui/gallery/find-faults.ts';
import { light, listPoses, type Pose, resize, strike } from '../ui/gallery/poses.ts';
import { type Gallery, startGallery } from '../ui/gallery/start-gallery.ts';
import { launch, type Launched } from './harness/launch.ts';

/** As many windows look at the gallery at the same time. */
const WINDOWS = 2;

/** Every surface in a real browser: nothing that axe-core calls wrong, nothing that sticks out or is too small to press. */
describe('the gallery', () => {
  let gallery: Gallery;
  let browsers: Launched[];
  let pages: Page[];
  let axe: string;

  beforeAll(async () => {
    gallery = await startGallery();
    const request = { browser: 'chrome', extension: false, headless: true } as const;
    browsers = await Promise.all(Array.from({ length: WINDOWS }, () => launch(request)));
    pages = await Promise.all(browsers.map(({ browser }) => browser.newPage()));
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });

  afterAll(async () => {
    await Promise.all((browsers ?? []).map((browser) => browser.close()));
    await gallery?.close();
  });

  it('has no fault in English, light and dark', async () => {
    const faults = await lookAt('en', async (page, isFirst) => {
      const inLight = [...(await findLayoutFaults(page)), ...(await findAxeFaults(page, axe))];
      if (!isFirst) return inLight;
      await light(page, 'dark');
      const inDark = (await findAxeFaults(page, axe, 'colours')).map((fault) => `dark: ${fault}`);
      await light(page, 'light');
      return [...inLight, ...inDark];
    });
    expect(faults).toEqual([]);
  });

  // The longest words.
  it('has no fault in German', async () => {
    expect(await lookAt('de', findLayoutFaults)).toEqual([]);
  });

  it('has no fault in Arabic, from right to left', async () => {
    const faults = await lookAt('ar', async (page, isFirst) => [
      ...(await findLayoutFaults(page)),
      ...(isFirst ? await findAxeFaults(page, axe, 'words') : []),
    ]);
    expect(faults).toEqual([]);
  });

  /** What is wrong with each scene at each of its sizes; roles and colours are those of the first size. */
  async function lookAt(
    lang: string,
    findFaults: (page: Page, isFirst: boolean) => Promise<string[]>,
  ): Promise<string[]> {
    const [first] = pages;
    if (first === undefined) throw new Error('No window is open');
    const poses = listPoses(await gallery.scenes(first), [lang], ['light']);
    const scenes = Map.groupBy(poses, ({ scene }) => scene).values();
    const faults: string[] = [];
    const look = async (page: Page) => {
      for (const sizes of scenes) {
        for (const [index, pose] of sizes.entries()) {
          const isFirst = index === 0;
          if (isFirst) await strike(page, gallery.base, pose);
          else await resize(page, pose.size);
          faults.push(...(await findFaults(page, isFirst)).map((fault) => `${nameOf(pose)}: ${fault}`));
        }
      }
    };
    await Promise.all(pages.map(look));
    return faults;
  }
});

const nameOf = ({ scene, size }: Pose): string => `${scene} (${size})`;
