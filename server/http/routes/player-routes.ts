/** Routes that reach through to the connected players: commands, and the pictures they took. */
import type {} from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Screen, User } from '../../../domain/catalogue/organisation.ts';
import { API, shotPath } from '../../../protocol/http/api.ts';
import { Failure } from '../../failure.ts';
import type { Services } from '../../services.ts';
import { askPlayer } from '../../sockets/ask-player.ts';
import type { PlayerRegistry } from '../../sockets/player-registry.ts';
import { authorise, routeServer } from '../serve-route.ts';
import { reachedScreen } from './reached-screen.ts';

/** Commands of a console a minute: enough for a person who looks at screen after screen. */
const PER_MINUTE = 120;

/** Serves the routes. */
export function servePlayerRoutes(app: FastifyInstance, services: Services, players: PlayerRegistry): void {
  const { access, catalogue, log, shots } = services;

  const reached = (id: string, by: User | null): Screen => reachedScreen(id, by, catalogue);

  routeServer(app, access)(
    API.commandScreen,
    async ({ params, body, by }) => {
      const screen = reached(params.id, by);
      const about = { screen: screen.id, command: body.type, by: by.login };
      try {
        const answer = await askPlayer(players, screen.id, body);
        const why = answer.kind === 'failed' ? { detail: answer.detail } : {};
        log.info({ ...about, answer: answer.kind, ...why }, 'player command');
        return answer;
      } catch (error) {
        log.info({ ...about, answer: error instanceof Failure ? error.code : 'internal' }, 'player command');
        throw error;
      }
    },
    { perMinute: PER_MINUTE },
  );

  const path = decodeURIComponent(shotPath(':id', ':sha'));
  const about = { schema: { summary: 'A picture of a screen', tags: ['screens'] } };
  app.get<{ Params: { id: string; sha: string } }>(path, about, async (request, reply) => {
    const { params } = request;
    const screen = reached(params.id, authorise(request, access, 'viewer'));
    const found = await shots.find(screen.id, params.sha);
    if (!found) throw new Failure('not-found', `there is no picture ${params.sha} of this screen`);
    return reply
      .type('image/webp')
      .header('cache-control', 'private, immutable, max-age=31536000')
      .sendFile(found.name, found.folder, { contentType: false, cacheControl: false });
  });
}
