/** Releases of the player for connected players, in the form electron-updater reads: to each the newest one that it is offered. */
import type {} from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { offeredRelease } from '../../domain/releases/offer.ts';
import { PLAYER_PATHS } from '../../protocol/player-link.ts';
import { Failure } from '../failure.ts';
import { readReleases, type StoredRelease } from '../releases/release-index.ts';
import type { Services } from '../services.ts';
import type { ConnectedPlayer, PlayerRegistry } from '../sockets/player-registry.ts';

/** Serves `/player/updates/latest-linux.yml` (and `latest-linux-arm64.yml`) and the archives they name. */
export function servePlayerReleases(app: FastifyInstance, { folder }: Services, registry: PlayerRegistry): void {
  const asker = (request: FastifyRequest): ConnectedPlayer => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const player = token === undefined ? undefined : registry.holderOf(token);
    if (!player) throw new Failure('not-allowed', 'only connected players may fetch releases');
    return player;
  };
  const offered = async (request: FastifyRequest, arch: StoredRelease['arch']): Promise<StoredRelease | undefined> => {
    const { deviceId, screenId } = asker(request);
    return offeredRelease(await readReleases(folder.releases), { device: deviceId, screen: screenId, arch });
  };
  const options = { schema: { hide: true } } as const;

  for (const [name, arch] of [
    ['latest-linux.yml', 'x64'],
    ['latest-linux-arm64.yml', 'arm64'],
  ] as const) {
    app.get(`${PLAYER_PATHS.updates}${name}`, options, async (request, reply) => {
      const release = await offered(request, arch);
      if (!release) throw new Failure('not-found', 'no release is offered to this player');
      // JSON is YAML as well.
      return reply
        .type('text/yaml')
        .header('cache-control', 'no-store')
        .send(JSON.stringify(announcement(release)));
    });
  }
  app.get<{ Params: { file: string } }>(`${PLAYER_PATHS.updates}:file`, options, async (request, reply) => {
    asker(request);
    const known = (await readReleases(folder.releases)).find(({ file }) => file === request.params.file);
    if (!known) throw new Failure('not-found', `there is no release ${request.params.file}`);
    return reply.type('application/gzip').sendFile(known.file, folder.releases, { contentType: false });
  });
}

/** What electron-updater wants to know of a release. */
function announcement({ version, file, sha512, bytes, addedAtMs }: StoredRelease): Record<string, unknown> {
  return {
    version,
    files: [{ url: file, sha512, size: bytes }],
    path: file,
    sha512,
    releaseDate: new Date(addedAtMs).toISOString(),
  };
}
