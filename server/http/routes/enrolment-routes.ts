/** Routes of what units vouch for: their keys, the enrolments of their screens, and the signatures under them. */
import { API } from '../../../protocol/http/api.ts';
import type { Services } from '../../services.ts';
import type { ServeRoute } from '../serve-route.ts';
import { reachedScreen } from './reached-screen.ts';

/** Serves the routes. */
export function serveEnrolments(serve: ServeRoute, { catalogue, endorsements }: Services): void {
  serve(API.putUnitKey, ({ params, body, by }) => endorsements.setKey(params.id, body.vkey, by));
  serve(API.enrolments, ({ query: { unit = null, screen = null, after = null }, by }) =>
    endorsements.list({ unit: unit ?? by.unitId, screen, after }, by),
  );
  serve(API.endorse, async ({ body, by }) => ({ entered: await endorsements.enter(body.notes, by) }));
  serve(API.screenEndorsement, ({ params, by }) => {
    const { id } = reachedScreen(params.id, by, catalogue);
    return endorsements.statusOf(id);
  });
}
