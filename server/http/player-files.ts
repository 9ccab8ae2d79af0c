/** Programs and media for enrolled players, by bearer token. */
import type {} from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure } from '../failure.ts';
import type { Services } from '../services.ts';
import type { PlayerRegistry } from '../sockets/player-registry.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** Serves /player/programs/:hash and /player/media/:sha (with Range). */
export function servePlayerFiles(app: FastifyInstance, services: Services, registry: PlayerRegistry): void {
  const { catalogue, folder, ledger } = services;
  const demandPlayer = async (request: FastifyRequest): Promise<void> => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !registry.mayFetch(token))
      throw new Failure('not-allowed', 'only connected players may fetch');
  };
  const options = { schema: { hide: true }, preHandler: demandPlayer } as const;

  app.get<{ Params: { hash: string } }>('/player/programs/:hash', options, async ({ params }, reply) => {
    const body = SHA256.test(params.hash) ? await ledger.documents.get(params.hash) : null;
    if (body === null) throw new Failure('not-found', `there is no program ${params.hash}`);
    return reply.type('application/json').header('cache-control', 'immutable, max-age=31536000').send(body);
  });
  app.get<{ Params: { sha: string } }>('/player/media/:sha', options, ({ params }, reply) => {
    const media = [...catalogue.snapshot().media.values()].find((m) => m.sha === params.sha);
    if (!media) throw new Failure('not-found', `there is no media ${params.sha}`);
    return reply.type(media.mime).sendFile(media.sha, folder.media, { contentType: false });
  });
}
