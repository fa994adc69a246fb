import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserName } from '../../scripts/tools/browsers.ts';
import { ROOT } from '../../scripts/tools/steps.ts';

/** A built content script's size, in bytes, compressed by gzip. */
export async function contentScriptBytes(browser: BrowserName, name: string): Promise<number> {
  return gzipSync(await readFile(join(ROOT, '.output', browser, 'content-scripts', `${name}.js`)), { level: 9 })
    .byteLength;
}
