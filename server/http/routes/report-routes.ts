/** Routes of what happened: promises, plays, incidents, jobs. */
import type { User } from '../../../domain/catalogue/organisation.ts';
import { sees } from '../../../domain/catalogue/rights.ts';
import { API } from '../../../protocol/http/api.ts';
import type { Play } from '../../../protocol/http/views.ts';
import { Failure } from '../../failure.ts';
import type { Services } from '../../services.ts';
import { readPlays } from '../../views/read-plays.ts';
import { targetDays } from '../../views/target-days.ts';
import { mayShowScreen } from '../may-show-screen.ts';
import type { ServeRoute } from '../serve-route.ts';

/** The place of a play in the ledger, by which a list is continued. */
const cursorOf = (play: Play): string => `${play.device}.${play.epoch}.${play.seq}`;

/** Serves the routes. */
export function serveReports(serve: ServeRoute, services: Services): void {
  const { catalogue, clock, commitmentDays, flights, incidents, jobs, ledger, ingest } = services;
  const mayShow = (screenId: string, by: User): boolean => mayShowScreen(by, screenId, catalogue.snapshot());

  serve(API.today, async ({ by }) => (await commitmentDays.today()).filter((row) => mayShow(row.screen.id, by)));
  serve(API.verdicts, async ({ query, by }) => {
    const rows = await commitmentDays.span(query.from, query.to, query.screen ?? null);
    return rows.filter((row) => mayShow(row.screen.id, by));
  });
  const mayShowCampaign = (campaignId: string, by: User): boolean => {
    const { campaigns, units } = catalogue.snapshot();
    const campaign = campaigns.get(campaignId);
    return campaign !== undefined && sees(by, campaign.unitId, units);
  };
  serve(API.targetDays, async ({ query, by }) => {
    const { from, to } = query;
    if ((from === undefined) !== (to === undefined))
      throw new Failure('bad-request', 'give both from and to, or neither');
    const rows = from && to ? await commitmentDays.span(from, to, null) : await commitmentDays.today();
    const days = targetDays(rows, catalogue.snapshot(), clock.nowMs());
    return days.filter(({ campaign }) => mayShowCampaign(campaign.id, by));
  });
  serve(API.flights, async ({ query, by }) => {
    const views = await flights.list(query.campaign ?? null);
    return views
      .filter(({ campaign }) => mayShowCampaign(campaign.id, by))
      .map((view) => ({
        ...view,
        rows: view.rows.filter(({ screen }) => view.scope === 'screen' && mayShow(screen.id, by)),
      }));
  });
  serve(API.plays, async ({ query, by }) => {
    const found: Play[] = [];
    let skipping = query.cursor !== undefined;
    const source = { segments: ledger.segments, programOf: ingest.programOf };
    for await (const play of readPlays(source, { from: query.from, to: query.to, screen: query.screen ?? null })) {
      if (skipping) {
        skipping = cursorOf(play) !== query.cursor;
      } else if (mayShow(play.screenId, by)) {
        found.push(play);
        if (found.length === query.limit) return { plays: found, next: cursorOf(play) };
      }
    }
    if (skipping) throw new Failure('bad-request', `cursor ${query.cursor} names no play of this span`);
    return { plays: found, next: null };
  });
  serve(API.incidents, async ({ by }) => (await incidents.list()).filter((row) => mayShow(row.screenId, by)));
  serve(API.jobs, () => jobs.list());
  serve(API.runJob, ({ params }) => jobs.run(params.name));
}
