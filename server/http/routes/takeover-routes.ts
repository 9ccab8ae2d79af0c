/** Routes of what takes effect on screens at once: emergency takeovers, and content taken from them. */
import { API } from '../../../protocol/http/api.ts';
import type { Services } from '../../services.ts';
import type { ServeRoute } from '../serve-route.ts';

/** Serves the routes. */
export function serveTakeovers(serve: ServeRoute, { takeovers, withdrawals }: Services): void {
  serve(API.takeovers, ({ by }) => takeovers.list(by));
  serve(API.startTakeover, ({ body, by }) => takeovers.start(body, by));
  serve(API.endTakeover, ({ params, by }) => takeovers.end(params.id, by));

  serve(API.withdrawMedia, ({ params, body, by }) => withdrawals.media(params.id, { act: 'withdrawn', ...body }, by));
  serve(API.restoreMedia, ({ params, body, by }) => withdrawals.media(params.id, { act: 'restored', ...body }, by));
  serve(API.withdrawSlogan, ({ params, body, by }) => withdrawals.slogan(params.id, { act: 'withdrawn', ...body }, by));
  serve(API.restoreSlogan, ({ params, body, by }) => withdrawals.slogan(params.id, { act: 'restored', ...body }, by));
}
