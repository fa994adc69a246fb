import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFaults } from '../ui/gallery/find-faults.ts';
import { listPoses, type Pose, strike } from '../ui/gallery/poses.ts';
import { type Gallery, startGallery } from '../ui/gallery/start-gallery.ts';
import { launch, type Launched } from './harness/launch.ts';

/** Every surface in a real browser: nothing that axe-core calls wrong, nothing that sticks out or is too small to press. */
describe('the gallery', () => {
  let gallery: Gallery;
  let browser: Launched;
  let page: Page;
  let axe: string;

  beforeAll(async () => {
    gallery = await startGallery();
    browser = await launch({ browser: 'chrome', extension: false, headless: true });
    page = await browser.browser.newPage();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });

  afterAll(async () => {
    await browser?.close();
    await gallery?.close();
  });

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['de', 'light'],
    ['ar', 'light'],
  ] as const)('has no fault in %s, %s', async (lang, theme) => {
    const poses = listPoses(await gallery.scenes(page), [lang], [theme]);
    expect(poses.length).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const pose of poses) faults.push(...(await faultsOf(pose)));
    expect(faults).toEqual([]);
  });

  async function faultsOf(pose: Pose): Promise<string[]> {
    await strike(page, gallery.base, pose);
    const faults = await findFaults(page, axe);
    return faults.map((fault) => `${pose.scene} (${pose.size}): ${fault}`);
  }
});
