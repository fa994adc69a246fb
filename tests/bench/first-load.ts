import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Bytes that a built page waits for before it can run, each file compressed by gzip: the page, its style sheets, its
 * scripts and what those import statically. Fonts, pictures and what is imported later do not count.
 */
export async function firstLoadBytes(page: string): Promise<number> {
  const html = await readFile(page, 'utf8');
  const root = dirname(page);
  const linked = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g)];
  const waiting = linked.map(([, path = '']) => toFile(path, root, dirname(page)));
  const needed = new Set<string>();
  let bytes = gzipSync(html).byteLength;
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (needed.has(file)) continue;
    needed.add(file);
    const source = await readFile(file, 'utf8');
    bytes += gzipSync(source).byteLength;
    if (!file.endsWith('.js')) continue;
    const imports = source.matchAll(/(?:\bimport|\bfrom)\s*["']([^"']+\.js)["']/g);
    for (const [, path = ''] of imports) waiting.push(toFile(path, root, dirname(file)));
  }
  return bytes;
}

const toFile = (path: string, root: string, from: string): string =>
  path.startsWith('/') ? join(root, path.replace(/^\/guest\//, '/')) : join(from, path);
