/** The real verdicts over the ledger of one screen. */
import type { Program } from '../../domain/plan/program.ts';
import type { Interval } from '../../domain/time/interval.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import type { Clock } from '../../server/clock.ts';
import { createFleetService } from '../../server/fleet/fleet-service.ts';
import { createForecastService } from '../../server/forecast/forecast-service.ts';
import type { Sender } from '../../server/ingest/verify-segment.ts';
import { createPlanningService } from '../../server/planning/planning-service.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createCommitmentDays } from '../../server/views/commitment-days.ts';
import type { ProvenStarts } from '../../server/views/proven-starts.ts';
import { type PlaySource, readPlays } from '../../server/views/read-plays.ts';
import { SAMPLE } from '../helpers/sample-entities.ts';

/** What they rest on. `takeoverSpans`: when emergency messages were to stand. */
export type VerdictDeps = {
  ledger: Ledger;
  sender: Sender;
  clock: Clock;
  hash: string;
  program: Program;
  takeoverSpans: () => Interval[];
};

/** Gives the verdicts of the screen's promises on a date; to be asked once the run is over. */
export async function createSimulatedVerdicts(deps: VerdictDeps): Promise<(date: string) => Promise<CommitmentDay[]>> {
  const { ledger, sender, clock, hash, program } = deps;
  const { segments, documents } = ledger;
  const catalogue = createMemoryCatalogue();
  await catalogue.apply([
    { op: 'put', collection: 'screens', entity: screenOf(sender.screen, program) },
    { op: 'put', collection: 'devices', entity: { ...SAMPLE.devices, id: sender.device, screenId: sender.screen } },
  ]);
  // The same program on every date: what campaigns make of it is tested elsewhere.
  const fixed = { hash, program };
  const fleet = createFleetService(clock);
  const planning = createPlanningService({ catalogue, documents, segments, fleet, clock });
  const view = createCommitmentDays({
    catalogue,
    segments,
    planning: { ...planning, programOf: () => fixed, programOn: () => fixed },
    fleet,
    forecasts: createForecastService({ clock }),
    provenStarts: startsReadOnce({ segments, programOf: async (of) => (of === hash ? program : null) }),
    takeovers: { spansOf: deps.takeoverSpans },
    clock,
  });
  return (date) => view.ofScreen(sender.screen, date);
}

const screenOf = (id: string, { timeZone, openingHours }: Program): typeof SAMPLE.screens => ({
  ...SAMPLE.screens,
  id,
  kind: 'player',
  timeZone,
  openingHours,
});

/** Starts of counted plays, by the server's own reading of plays, all dates in one pass: a run asks for every date, after its end. */
function startsReadOnce(source: PlaySource): ProvenStarts {
  const dates = new Map<string, Map<string, number[]>>();
  let isRead = false;
  return async ({ screen, date }, commitments) => {
    if (!isRead) {
      for await (const play of readPlays(source, { from: '0001-01-03', to: '9990-12-31', screen })) {
        if (!play.counted || play.commitment === null) continue;
        const starts = dates.get(play.date) ?? new Map<string, number[]>();
        dates.set(play.date, starts);
        const own = starts.get(play.commitment) ?? [];
        starts.set(play.commitment, own);
        own.push(play.startMs);
      }
    }
    isRead = true;
    return new Map(commitments.map((id) => [id, dates.get(date)?.get(id) ?? []]));
  };
}
