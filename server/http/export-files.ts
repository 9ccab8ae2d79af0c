/** Plays as files, for people who may see their screens. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { faultsOf } from '../../protocol/errors.ts';
import { PLAYS_EXPORT_PATH, playsExportQuerySchema } from '../../protocol/http/plays-export.ts';
import { exportedPlays } from '../export/exported-plays.ts';
import { PLAYS_FILES } from '../export/plays-files.ts';
import { Failure } from '../failure.ts';
import type { Services } from '../services.ts';
import { mayShowScreen } from './may-show-screen.ts';
import { authorise } from './serve-route.ts';

const ABOUT = { summary: 'Plays as a file: CSV, A-SMIL or ITU-T H.782', tags: ['plays'] };

/** Serves {@link PLAYS_EXPORT_PATH}. The file is written as it is read, however long it gets. */
export function serveExports(app: FastifyInstance, services: Services): void {
  const { access, catalogue, clock } = services;
  app.get(PLAYS_EXPORT_PATH, { schema: { ...ABOUT, querystring: playsExportQuerySchema } }, (request, reply) => {
    const by = authorise(request, access, 'viewer');
    const query = playsExportQuerySchema.safeParse(request.query);
    if (!query.success)
      throw new Failure(
        'bad-request',
        'from, to: dates; screen: an id; format: csv, asmil or h782',
        faultsOf(query.error, request.query, 'query'),
      );
    const { from, to, screen = null, format } = query.data;
    const { mime, ending, write } = PLAYS_FILES[format];
    const mayShow = (screenId: string): boolean => by !== null && mayShowScreen(by, screenId, catalogue.snapshot());
    // An empty file would read as a screen that showed nothing.
    if (screen !== null && !mayShow(screen)) throw new Failure('not-found', `there is no screen ${screen}`);
    const plays = exportedPlays({ from, to, screen }, services, mayShow);
    return reply
      .type(mime)
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="plays-${from}-${to}${ending}"`)
      .send(Readable.from(write(plays, { screen, atMs: clock.nowMs() })));
  });
}
