/** The real ingest, counters and verdicts over a ledger in memory, for one screen. */
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import type { SegmentAnswer } from '../../protocol/player-link.ts';
import type { Clock } from '../../server/clock.ts';
import { createFleetService } from '../../server/fleet/fleet-service.ts';
import { createForecastService } from '../../server/forecast/forecast-service.ts';
import { createIngestService } from '../../server/ingest/ingest-service.ts';
import type { Sender } from '../../server/ingest/verify-segment.ts';
import { silentLog } from '../../server/log.ts';
import { createPlanningService } from '../../server/planning/planning-service.ts';
import type { Ledger, VerifiedSegment } from '../../server/stores/ledger-store.ts';
import { createMemoryCatalogue } from '../../server/stores/memory-catalogue.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { createCommitmentDays } from '../../server/views/commitment-days.ts';
import type { ProvenStarts } from '../../server/views/proven-starts.ts';
import { type PlaySource, readPlays } from '../../server/views/read-plays.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { faultyLedger } from '../helpers/faulty-stores.ts';
import { SAMPLE } from '../helpers/sample-entities.ts';
import type { Receiver } from './simulated-network.ts';

/** What the server's answers amounted to, one for each segment that arrived. */
export type AnswerCounts = Record<SegmentAnswer['kind'] | 'again', number>;

/** The server of one screen. */
export type SimulatedServer = Receiver & {
  ledger: Ledger;
  answers: AnswerCounts;
  /** Verdicts of the screen's promises on `date`. */
  verdicts(date: string): Promise<CommitmentDay[]>;
};

/** Where deliberate bugs can be put in, to see that the simulation finds them. */
export type ServerSeams = {
  ledger?: (ledger: Ledger) => Ledger;
  verdicts?: (rows: CommitmentDay[]) => CommitmentDay[];
};

/** Sets up the server for one screen; `onStored` hears of every segment as it is stored for the first time. */
export async function createSimulatedServer(deps: {
  sender: Sender;
  program: Program;
  clock: Clock;
  seams: ServerSeams;
  onStored: (segment: VerifiedSegment) => void;
}): Promise<SimulatedServer> {
  const { sender, program, clock, seams } = deps;
  const text = canonicalJson(program);
  const hash = shaOf(text);
  let fresh = 0;
  const plain = watched(createMemoryLedger(), (segment) => {
    fresh += 1;
    deps.onStored(segment);
  });
  await plain.documents.put(hash, 'program', text);
  const { ledger, failNext } = faultyLedger(seams.ledger ? seams.ledger(plain) : plain);
  const ingest = createIngestService({ ledger, clock, log: silentLog });
  const catalogue = createMemoryCatalogue();
  await catalogue.apply([
    { op: 'put', collection: 'screens', entity: screenOf(sender.screen, program) },
    { op: 'put', collection: 'devices', entity: { ...SAMPLE.devices, id: sender.device, screenId: sender.screen } },
  ]);
  // The same program on every date: what campaigns make of it is tested elsewhere.
  const fixed = { hash, program };
  const fleet = createFleetService(clock);
  const { segments, documents } = ledger;
  const planning = createPlanningService({ catalogue, documents, segments, fleet, clock });
  const view = createCommitmentDays({
    catalogue,
    segments,
    planning: { ...planning, programOf: () => fixed, programOn: () => fixed },
    fleet,
    forecasts: createForecastService({ clock }),
    provenStarts: startsReadOnce({ segments, programOf: ingest.programOf }),
    takeovers: { spansOf: () => [] },
    clock,
  });
  const answers: AnswerCounts = {
    ...{ stored: 0, again: 0, rewind: 0, fork: 0, quarantined: 0, error: 0 },
    'need-program': 0,
  };

  return {
    ledger,
    answers,
    failNext,
    async push(segment: Segment) {
      const before = fresh;
      const answer = await ingest.push(segment, sender);
      answers[answer.kind === 'stored' && fresh === before ? 'again' : answer.kind] += 1;
      return answer;
    },
    async verdicts(date) {
      const rows = await view.ofScreen(sender.screen, date);
      return seams.verdicts ? seams.verdicts(rows) : rows;
    },
  };
}

/** A ledger that tells of every segment as it is stored for the first time, also where the answer gets lost. */
function watched(ledger: Ledger, onStored: (segment: VerifiedSegment) => void): Ledger {
  const { segments } = ledger;
  return {
    ...ledger,
    segments: {
      ...segments,
      async ingest(batch) {
        const outcomes = await segments.ingest(batch);
        for (const [k, outcome] of outcomes.entries()) {
          const segment = batch[k];
          if (segment && outcome.kind === 'stored' && !outcome.again) onStored(segment);
        }
        return outcomes;
      },
    },
  };
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
