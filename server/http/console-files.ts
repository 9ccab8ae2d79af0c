/** The console's built pages; paths it routes by itself get its index. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {} from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { wireError } from '../../protocol/errors.ts';

/** Prefixes that are never pages of the console. */
const NOT_PAGES = ['/api', '/player', '/socket.io', '/assets'];

/** Serves the folder a console build is in, or says how to build it where there is none. */
export function serveConsole(app: FastifyInstance, folder: string): void {
  app.get('/assets/*', { schema: { hide: true } }, (request, reply) => {
    const file = decodeURIComponent(request.url.split('?')[0] ?? '').slice(1);
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .sendFile(file, folder, { cacheControl: false });
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' && !NOT_PAGES.some((p) => request.url === p || request.url.startsWith(`${p}/`));
    if (!isPage)
      return reply.status(404).send(wireError('not-found', `there is nothing at ${request.method} ${request.url}`));
    if (!existsSync(join(folder, 'index.html'))) {
      return reply.status(503).send(wireError('unavailable', 'the console is not built; run: npm run build'));
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html', folder, { cacheControl: false });
  });
}
