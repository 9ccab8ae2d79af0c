/** Routes of campaigns: what is promised, and whether it fits. */
import { sees } from '../../../domain/catalogue/rights.ts';
import { API } from '../../../protocol/http/api.ts';
import { Failure } from '../../failure.ts';
import type { Services } from '../../services.ts';
import { DONE, type ServeRoute } from '../serve-route.ts';
import { sameId } from './catalogue-routes.ts';

/** Serves the routes. */
export function serveCampaigns(serve: ServeRoute, { booking, catalogue, edit }: Services): void {
  serve(API.campaigns, ({ by }) => {
    const { campaigns, units } = catalogue.snapshot();
    return [...campaigns.values()].filter((c) => sees(by, c.unitId, units));
  });
  serve(API.putCampaign, async ({ params, body, by }) => {
    sameId(params, body);
    return await edit.put('campaigns', body, by, (change) => booking.settle(change, null, by));
  });
  serve(API.deleteCampaign, async ({ params, by }) => {
    const campaign = catalogue.snapshot().campaigns.get(params.id);
    if (campaign && campaign.state !== 'draft') {
      throw new Failure('in-use', `campaign ${params.id} was live; end it instead, its promises and proofs stay`);
    }
    await edit.remove('campaigns', params.id, by);
    return DONE;
  });
  serve(API.checkCampaign, ({ body }) => booking.check(body));
  serve(API.checkChange, ({ body }) => booking.checkChange({ op: 'put', ...body }));
}
