import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { arrive, openDesk } from './desk-harness.ts';

function guestDir(): string {
  const root = mkdtempSync(join(tmpdir(), 'desk-guest-'));
  mkdirSync(join(root, 'guest'));
  writeFileSync(join(root, 'secret.js'), 'outside');
  writeFileSync(join(root, 'guest/index.html'), '<title>Guest</title>');
  writeFileSync(join(root, 'guest/index-DeadBeef1.js'), 'export {}');
  return join(root, 'guest');
}

/** `fetch` would tidy the path up before it is sent. */
const rawStatus = (port: number, path: string) =>
  new Promise<number | undefined>((resolve) =>
    request({ port, path, host: '127.0.0.1' }, (response) => resolve(response.resume().statusCode)).end(),
  );

test.each(['/', '/j/123456789', '/ready'])(
  '%s is the guest page, with camera and sockets to this desk only',
  async (path) => {
    const desk = await openDesk({ guestDir: guestDir() });
    const response = await fetch(`${desk.url}${path}`);
    expect(await response.text()).toContain('Guest');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${desk.port}`);
    expect(policy).not.toContain("script-src 'self' 'unsafe");
    expect(response.headers.get('permissions-policy')).toContain(
      'camera=(self), microphone=(self), display-capture=(self)',
    );
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  },
);

test('files with a hash in their name are kept, pages are asked for again', async () => {
  const desk = await openDesk({ guestDir: guestDir() });
  const asset = await fetch(`${desk.url}/guest/index-DeadBeef1.js`);
  expect(asset.headers.get('cache-control')).toContain('immutable');
  const page = await fetch(`${desk.url}/`);
  const etag = page.headers.get('etag') ?? '';
  expect((await fetch(`${desk.url}/`, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test.each([
  '/guest/../secret.js',
  '/guest/%2e%2e/secret.js',
  '/guest/..%2fsecret.js',
  '/guest//etc/passwd',
  '/shop/../main.ts',
  '/shop/%2e%2e/main.ts',
  '/guest/%00.js',
  '/guest/%zz',
])('%s leads nowhere', async (path) => {
  const desk = await openDesk({ guestDir: guestDir() });
  expect(await rawStatus(desk.port, path)).toBe(404);
});

test('without a built guest page, the page says what to do', async () => {
  const desk = await openDesk({ guestDir: join(tmpdir(), 'nothing-here') });
  const response = await fetch(`${desk.url}/`);
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
});

test.each(['/shop', '/shop/product?id=wren-kettle', '/shop/cart', '/shop/checkout', '/shop/thanks', '/invite'])(
  '%s comes with everything that it names, under a policy without inline code',
  async (path) => {
    const desk = await openDesk();
    const response = await fetch(`${desk.url}${path}`);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'");
    expect(html).not.toMatch(/ style=| on[a-z]+=|<script(?![^>]*src=)/);
    const named = [...html.matchAll(/(?:src|href)="(\/[^"#?]+)/g)].map((match) => match[1]);
    const statuses = await Promise.all(named.map(async (url) => (await fetch(`${desk.url}${url}`)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  },
);

test('healthz answers, metrics count without naming anybody', async () => {
  const desk = await openDesk();
  await arrive(desk, 'customer', 'Carl Unmistakable');
  expect(await (await fetch(`${desk.url}/healthz`)).json()).toEqual({ ok: true });
  const metrics = await (await fetch(`${desk.url}/metrics`)).text();
  expect(metrics).toContain('alongside_desk_sockets 1');
  expect(metrics).not.toContain('Unmistakable');
});

test('metrics are not for everybody', async () => {
  const open = await openDesk();
  expect((await fetch(`${open.url}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(404);
  const closed = await openDesk({ metricsToken: 'a-token-for-metrics' });
  expect((await fetch(`${closed.url}/metrics`)).status).toBe(404);
  const authorization = 'Bearer a-token-for-metrics';
  expect((await fetch(`${closed.url}/metrics`, { headers: { authorization } })).status).toBe(200);
});

test('only GET and HEAD', async () => {
  const desk = await openDesk();
  expect((await fetch(`${desk.url}/shop`, { method: 'POST' })).status).toBe(405);
  const head = await fetch(`${desk.url}/shop`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});
