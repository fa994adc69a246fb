import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { isPublicName } from './origin.ts';
import type { DeskOptions } from '../options.ts';
import type { Answer } from './answer.ts';
import { guestHeaders, PLAIN_HEADERS } from './security-headers.ts';
import { staticFile } from './static-files.ts';

const OWN_PAGES = fileURLToPath(new URL('../pages/', import.meta.url));
const SHOP = fileURLToPath(new URL('../shop/', import.meta.url));
const GUEST_PATHS = /^\/(?:ready|j\/[\d -]{1,20})?$/;
const SHOP_PAGES = /^\/shop(?:\/(product|cart|checkout|thanks))?\/?$/;

/** The pages that the desk serves. Undefined when the path is none of theirs. */
export async function page(request: IncomingMessage, path: string, options: DeskOptions): Promise<Answer | undefined> {
  const known = request.headers['if-none-match'];
  const host = isPublicName(request.headers.host) ? request.headers.host : 'localhost';
  const guest = guestHeaders(host);
  if (GUEST_PATHS.test(path)) return (await staticFile(options.guestDir, 'index.html', guest, known)) ?? notBuilt();
  if (path.startsWith('/guest/')) return staticFile(options.guestDir, path.slice('/guest/'.length), guest, known);
  if (path === '/invite') return staticFile(OWN_PAGES, 'invite.html', PLAIN_HEADERS, known);
  const shopPage = SHOP_PAGES.exec(path);
  if (shopPage !== null) return staticFile(SHOP, `${shopPage[1] ?? 'index'}.html`, PLAIN_HEADERS, known);
  if (path.startsWith('/shop/')) return staticFile(SHOP, path.slice('/shop/'.length), PLAIN_HEADERS, known);
  if (path.startsWith('/pages/')) return staticFile(OWN_PAGES, path.slice('/pages/'.length), PLAIN_HEADERS, known);
  return path === '/favicon.ico' ? staticFile(OWN_PAGES, 'icon.svg', PLAIN_HEADERS, known) : undefined;
}

async function notBuilt(): Promise<Answer | undefined> {
  const answer = await staticFile(OWN_PAGES, 'not-built.html', PLAIN_HEADERS);
  return answer && { ...answer, status: 503 };
}
