import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { build, preview } from 'vite';

export interface Gallery {
  readonly base: string;
  readonly scenes: (page: Page) => Promise<{ readonly name: string; readonly sizes: readonly string[] }[]>;
  close(): Promise<void>;
}

const configFile = join(import.meta.dirname, 'vite.config.ts');

/** Builds the gallery and serves it on a free port of this machine. */
export async function startGallery(): Promise<Gallery> {
  const files = await mkdtemp(join(tmpdir(), 'alongside-gallery-'));
  await build({ configFile, logLevel: 'warn', build: { outDir: files, emptyOutDir: true } });
  const server = await preview({ configFile, build: { outDir: files }, preview: { port: 0, host: '127.0.0.1' } });
  const base = server.resolvedUrls?.local[0] ?? '';
  return {
    base,
    async scenes(page) {
      await page.goto(base);
      await page.waitForSelector('[data-ready]');
      return page.$$eval('a', (links) =>
        links.map((link) => ({ name: link.textContent, sizes: (link.dataset['sizes'] ?? '').split(' ') })),
      );
    },
    async close() {
      await server.close();
      await rm(files, { recursive: true, force: true });
    },
  };
}
