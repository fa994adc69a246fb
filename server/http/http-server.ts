import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Metrics } from '../metrics.ts';
import type { DeskOptions } from '../options.ts';
import { equalSecrets } from '../store/secrets.ts';
import { addressOf } from './address.ts';
import { json, refuse, type Answer } from './answer.ts';
import type { Api } from './api.ts';
import { isAllowedOrigin } from './origin.ts';
import { page } from './pages.ts';
import { API_HEADERS } from './security-headers.ts';

interface HttpDeps {
  readonly options: DeskOptions;
  readonly api: Api;
  readonly metrics: Metrics;
  readonly isHealthy: () => boolean;
}

/** Everything that is not a WebSocket. Never listens by itself. */
export function createHttpServer(deps: HttpDeps): Server {
  const { options } = deps;
  return createServer((request, response) => {
    answer(request, deps)
      .then((done) => write(request, response, done))
      .catch((error: unknown) => {
        options.log.error({ err: error }, 'request failed');
        write(request, response, json(500, { reason: 'failed', message: 'Something went wrong here.' }));
      });
  });
}

async function answer(request: IncomingMessage, deps: HttpDeps): Promise<Answer> {
  const { options, metrics } = deps;
  const path = pathOf(request.url ?? '/');
  if (path === undefined) return refuse('not-found');
  if (path.startsWith('/api/')) return answerApi(request, path, deps);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse('wrong-method');
  if (path === '/healthz') {
    const health = json(deps.isHealthy() ? 200 : 503, { ok: deps.isHealthy() });
    // Clients ask here whether there is a way to the desk at all, from whatever page they live in.
    return { ...health, headers: { ...health.headers, 'access-control-allow-origin': '*' } };
  }
  if (path === '/metrics') {
    if (!mayRead(request, options)) return refuse('not-found');
    return { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() };
  }
  return (await page(request, path, options)) ?? refuse('not-found');
}

async function answerApi(request: IncomingMessage, path: string, { options, api }: HttpDeps): Promise<Answer> {
  const { origin, host } = request.headers;
  if (!isAllowedOrigin(origin, host, options)) return refuse('wrong-origin');
  const cors = origin === undefined ? {} : { 'access-control-allow-origin': origin, vary: 'origin' };
  if (request.method === 'OPTIONS') {
    const allow = { 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': 'content-type' };
    return { status: 204, headers: { ...cors, ...allow, 'access-control-max-age': '600' }, body: '' };
  }
  const done = (await api.answer(request, path, addressOf(request, options.trustedProxies))) ?? refuse('not-found');
  return { ...done, headers: { ...API_HEADERS, ...done.headers, ...cors } };
}

/** Without a token only this machine may look, and nothing that came through a proxy. */
function mayRead(request: IncomingMessage, { metricsToken }: DeskOptions): boolean {
  if (metricsToken !== '') return equalSecrets(request.headers.authorization ?? '', `Bearer ${metricsToken}`);
  const address = addressOf(request, 0);
  return request.headers['x-forwarded-for'] === undefined && (address.startsWith('127.') || address === '0:0:0:0::/64');
}

function pathOf(url: string): string | undefined {
  const path = url.split('?')[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function write(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer) {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
