import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

export interface LabServer {
  readonly origin: string;
  /** Every request's method and path, and every TCP connection, in order. */
  readonly requests: readonly string[];
  readonly connections: () => number;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** Serves the files of `directory`, and the pages in `pages` by path, on this machine only. */
export async function serve(
  directory: string | null,
  pages: Readonly<Record<string, string>> = {},
): Promise<LabServer> {
  const requests: string[] = [];
  let connections = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    requests.push(`${request.method} ${request.url}`);
    const page = pages[path];
    const type = TYPES[path.split('.').at(-1) ?? ''];
    if (page !== undefined) {
      return response.writeHead(200, { 'content-type': `${type ?? 'text/html'}; charset=utf-8` }).end(page);
    }
    if (directory === null) return response.writeHead(404).end();
    try {
      const found = await findFile(directory, path);
      response.writeHead(200, { 'content-type': type ?? 'application/octet-stream' });
      response.end(found);
    } catch {
      response.writeHead(404).end();
    }
  };
  const server: Server = createServer((request, response) => void answer(request, response));
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Vite puts pages where their sources lie. */
async function findFile(directory: string, path: string): Promise<Buffer> {
  const name = normalize(path).replace(/^[/\\]+/, '');
  const places: Readonly<Record<string, string>> = {
    'player.html': 'entrypoints/player/index.html',
    'stage.html': 'tests/e2e/mirror/lab/stage.html',
  };
  return readFile(join(directory, places[name] ?? name));
}
