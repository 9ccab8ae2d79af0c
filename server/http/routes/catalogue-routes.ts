/** Routes of the catalogue's plain collections: units, sites, loops, media, slogans, live sources. */

import type { User } from '../../../domain/catalogue/organisation.ts';
import { reaches, sees } from '../../../domain/catalogue/rights.ts';
import { API } from '../../../protocol/http/api.ts';
import { Failure } from '../../failure.ts';
import type { Services } from '../../services.ts';
import { keepWithdrawal } from '../../withdrawal/keep-withdrawal.ts';
import { DONE, type ServeRoute } from '../serve-route.ts';

/** Fails unless the entity's id is the one in the path. */
export function sameId(params: { id: string }, body: { id: string }): void {
  if (params.id !== body.id) throw new Failure('bad-request', `the path names ${params.id}, the body ${body.id}`);
}

/** Serves the routes. */
export function serveCatalogue(serve: ServeRoute, { booking, catalogue, edit }: Services): void {
  const seenBy = <T extends { unitId: string }>(entities: ReadonlyMap<string, T>, by: User): T[] => {
    const { units } = catalogue.snapshot();
    return [...entities.values()].filter((entity) => sees(by, entity.unitId, units));
  };

  serve(API.units, ({ by }) => {
    const { units } = catalogue.snapshot();
    return [...units.values()].filter((unit) => sees(by, unit.id, units));
  });
  serve(API.putUnit, ({ params, query, body, by }) => {
    sameId(params, body);
    return edit.put('units', body, by, () => {
      // Its key has a route of its own, so that no form of an old page takes it away.
      const { vkey: _, ...entity } = body;
      const vkey = catalogue.snapshot().units.get(body.id)?.vkey;
      const kept = { ...entity, ...(vkey !== undefined && { vkey }) };
      return booking.settle({ op: 'put', collection: 'units', entity: kept }, query.overrideReason ?? null, by);
    });
  });
  serve(API.deleteUnit, async ({ params, by }) => {
    await edit.remove('units', params.id, by);
    return DONE;
  });

  serve(API.sites, ({ by }) => {
    const { sites, units } = catalogue.snapshot();
    return [...sites.values()].filter((site) => reaches(by, site.unitId, units));
  });
  serve(API.putSite, ({ params, body, by }) => {
    sameId(params, body);
    return edit.put('sites', body, by);
  });
  serve(API.deleteSite, async ({ params, by }) => {
    await edit.remove('sites', params.id, by);
    return DONE;
  });

  serve(API.playlists, ({ by }) => seenBy(catalogue.snapshot().playlists, by));
  serve(API.putPlaylist, ({ params, query, body, by }) => {
    sameId(params, body);
    return edit.put('playlists', body, by, (change) => booking.settle(change, query.overrideReason ?? null, by));
  });
  serve(API.deletePlaylist, async ({ params, by }) => {
    await edit.remove('playlists', params.id, by);
    return DONE;
  });

  serve(API.media, ({ by }) => seenBy(catalogue.snapshot().media, by));
  serve(API.patchMedia, ({ params, body, by }) => {
    const media = catalogue.snapshot().media.get(params.id);
    if (!media) throw new Failure('not-found', `there is no media ${params.id}`);
    return edit.put('media', media, by, () => {
      const stored = catalogue.snapshot().media.get(params.id) ?? media;
      const { fit = stored.fit, pan = stored.pan } = body;
      return [{ op: 'put', collection: 'media', entity: { ...stored, ...body, fit, pan } }];
    });
  });
  serve(API.deleteMedia, async ({ params, by }) => {
    await edit.remove('media', params.id, by);
    return DONE;
  });

  serve(API.slogans, ({ by }) => seenBy(catalogue.snapshot().slogans, by));
  serve(API.putSlogan, ({ params, query, body, by }) => {
    sameId(params, body);
    return edit.put('slogans', body, by, () => {
      const entity = keepWithdrawal(body, catalogue.snapshot().slogans.get(body.id));
      return booking.settle({ op: 'put', collection: 'slogans', entity }, query.overrideReason ?? null, by);
    });
  });
  serve(API.deleteSlogan, async ({ params, by }) => {
    await edit.remove('slogans', params.id, by);
    return DONE;
  });

  serve(API.streams, ({ by }) => seenBy(catalogue.snapshot().streams, by));
  serve(API.putStream, ({ params, body, by }) => {
    sameId(params, body);
    return edit.put('streams', body, by);
  });
  serve(API.deleteStream, async ({ params, by }) => {
    await edit.remove('streams', params.id, by);
    return DONE;
  });
}
