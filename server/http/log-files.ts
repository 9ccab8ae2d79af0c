/** The transparency log for everybody: C2SP tlog-tiles below /log. It holds hashes and ids only, and needs no login. */
import type { FastifyInstance } from 'fastify';
import { parseTilePath } from '../../domain/tlog/tiles.ts';
import { Failure } from '../failure.ts';
import type { Services } from '../services.ts';
import type { TransparencyLog } from '../tlog/transparency-log.ts';

const OPTIONS = { schema: { hide: true } } as const;

/** Serves /log/checkpoint, /log/keys and /log/tile/…. */
export function serveLog(app: FastifyInstance, { transparency }: Services): void {
  function current(): TransparencyLog {
    const log = transparency.current();
    if (!log) throw new Failure('unavailable', transparency.fault() ?? 'the log is not there');
    return log;
  }

  app.get('/log/checkpoint', OPTIONS, (_request, reply) =>
    reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(current().checkpoint()),
  );
  app.get('/log/keys', OPTIONS, (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(`${current().keys().join('\n')}\n`),
  );
  app.get<{ Params: { '*': string } }>('/log/tile/*', OPTIONS, async ({ params }, reply) => {
    const place = parseTilePath(`tile/${params['*']}`);
    const tile = place && (await current().tile(place));
    if (!tile) throw new Failure('not-found', `the log has no tile ${params['*'].slice(0, 100)}`);
    return reply
      .type('application/octet-stream')
      .header('cache-control', 'public, immutable, max-age=31536000')
      .send(Buffer.from(tile));
  });
}
