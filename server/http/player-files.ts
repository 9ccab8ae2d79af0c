/** Programs and media for enrolled players, by bearer token. */
import type {} from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MAX_PROGRAM_BYTES } from '../../protocol/player-link.ts';
import { Failure } from '../failure.ts';
import { takeProgram } from '../ingest/take-program.ts';
import type { Services } from '../services.ts';
import type { PlayerRegistry } from '../sockets/player-registry.ts';

const SHA256 = /^[0-9a-f]{64}$/;

const tokenOf = ({ headers }: FastifyRequest): string => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';

/** Serves /player/programs/:hash (GET, and PUT of what this server lost) and /player/media/:sha (with Range). */
export function servePlayerFiles(app: FastifyInstance, services: Services, registry: PlayerRegistry): void {
  const { catalogue, folder, ledger } = services;
  const demandPlayer = async (request: FastifyRequest): Promise<void> => {
    if (!registry.mayFetch(tokenOf(request))) throw new Failure('not-allowed', 'only connected players may fetch');
  };
  const options = { schema: { hide: true }, preHandler: demandPlayer } as const;

  app.get<{ Params: { hash: string } }>('/player/programs/:hash', options, async ({ params }, reply) => {
    const body = SHA256.test(params.hash) ? await ledger.documents.get(params.hash) : null;
    if (body === null) throw new Failure('not-found', `there is no program ${params.hash}`);
    return reply.type('application/json').header('cache-control', 'immutable, max-age=31536000').send(body);
  });
  // Asked before the body is read.
  const large = { schema: { hide: true }, onRequest: demandPlayer, bodyLimit: MAX_PROGRAM_BYTES } as const;
  app.put<{ Params: { hash: string }; Body: unknown }>('/player/programs/:hash', large, async (request, reply) => {
    const player = registry.holderOf(tokenOf(request));
    await takeProgram(request.params.hash, request.body, player, services);
    return reply.status(204).send();
  });
  app.get<{ Params: { sha: string } }>('/player/media/:sha', options, ({ params }, reply) => {
    const media = [...catalogue.snapshot().media.values()].find((m) => m.sha === params.sha);
    if (!media) throw new Failure('not-found', `there is no media ${params.sha}`);
    return reply.type(media.mime).sendFile(media.sha, folder.media, { contentType: false });
  });
}
