/** Routes of screens: their settings, their player, one screen's day. */
import type { Screen, User } from '../../../domain/catalogue/organisation.ts';
import { reaches } from '../../../domain/catalogue/rights.ts';
import { API } from '../../../protocol/http/api.ts';
import type { Settle } from '../../catalogue/catalogue-service.ts';
import type { Services } from '../../services.ts';
import { viewScreenDay } from '../../views/screen-day.ts';
import { viewScreen, viewScreens } from '../../views/screen-view.ts';
import { DONE, type ServeRoute } from '../serve-route.ts';
import { sameId } from './catalogue-routes.ts';
import { reachedScreen } from './reached-screen.ts';

/** Serves the routes. */
export function serveScreens(serve: ServeRoute, services: Services): void {
  const { booking, catalogue, edit, enrolment } = services;

  const reached = (id: string, by: User): Screen => reachedScreen(id, by, catalogue);

  serve(API.screens, ({ by }) => {
    const { screens, units } = catalogue.snapshot();
    return viewScreens(
      [...screens.values()].filter((s) => reaches(by, s.unitId, units)),
      services,
    );
  });
  serve(API.putScreen, async ({ params, query, body, by }) => {
    sameId(params, body);
    const settle: Settle = (change) => booking.settle(change, query.overrideReason ?? null, by);
    return viewScreen(await edit.put('screens', body, by, settle), services);
  });
  serve(API.deleteScreen, async ({ params, query, by }) => {
    reached(params.id, by);
    await edit.remove('screens', params.id, by, (change) => booking.settle(change, query.overrideReason ?? null, by));
    await enrolment.retire(params.id);
    return DONE;
  });
  serve(
    API.pairScreen,
    async ({ params, body, by }) => {
      const screen = reached(params.id, by);
      await enrolment.pair(screen.id, body.code);
      return viewScreen(screen, services);
    },
    { perMinute: 30 },
  );
  serve(API.retireDevice, async ({ params, by }) => {
    const screen = reached(params.id, by);
    await enrolment.retire(screen.id);
    return viewScreen(screen, services);
  });
  serve(API.screenDay, async ({ params, query, by }) => {
    reached(params.id, by);
    const plays = { segments: services.ledger.segments, programOf: services.ingest.programOf };
    return await viewScreenDay(params.id, query.date ?? null, { ...services, plays });
  });
}
