import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Vite and WXT put a hash of the content into the names of what they build. */
const HASHED = /-[\w-]{8,}\.\w+$/;

/** A file below `root`, or undefined when there is none, it is of no known type, or the path leads out of `root`. */
export async function staticFile(
  root: string,
  path: string,
  headers: OutgoingHttpHeaders,
  ifNoneMatch?: string,
): Promise<Answer | undefined> {
  const base = resolve(root);
  const file = resolve(base, `.${sep}${path}`);
  const type = TYPES[extname(file)];
  if (!file.startsWith(base + sep) || type === undefined || path.includes('\0')) return undefined;
  const body = await readFile(file).catch(() => undefined);
  if (body === undefined) return undefined;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const cacheControl = HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
  const all = { ...headers, 'content-type': type, 'cache-control': cacheControl, etag };
  return ifNoneMatch === etag ? { status: 304, headers: all, body: '' } : { status: 200, headers: all, body };
}
