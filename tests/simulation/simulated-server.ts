/** The server of one screen: the real ingest, counters, verdicts and log over a ledger in memory; it ends and starts again like any other. */
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import type { SegmentAnswer } from '../../protocol/player-link.ts';
import type { Clock } from '../../server/clock.ts';
import { createIngestService, type IngestService } from '../../server/ingest/ingest-service.ts';
import type { Sender } from '../../server/ingest/verify-segment.ts';
import { silentLog } from '../../server/log.ts';
import { logAnswer, receiptsAnswer, successionsAnswer } from '../../server/sockets/log-answers.ts';
import type { Ledger, VerifiedSegment } from '../../server/stores/ledger-store.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { faultyLedger } from '../helpers/faulty-stores.ts';
import type { Chance } from './chance.ts';
import type { Fault } from './findings.ts';
import { createLogEye, type LogEye } from './log-eye.ts';
import { createRestorableLedger } from './restorable-ledger.ts';
import { createSimulatedLog, ServerGone, type ServerPoint, type SimulatedLog } from './simulated-log.ts';
import type { Receiver } from './simulated-network.ts';
import type { SimulatedTakeovers } from './simulated-takeovers.ts';
import { createSimulatedVerdicts } from './simulated-verdicts.ts';

/** What the server's answers amounted to, one for each segment that arrived. */
export type AnswerCounts = Record<SegmentAnswer['kind'] | 'again', number>;

/** The server of one screen. */
export type SimulatedServer = Receiver & {
  ledger: Ledger;
  log: SimulatedLog;
  eye: LogEye;
  answers: AnswerCounts;
  /** Segments that are in quarantine, each once however often it came. */
  refused(): number;
  /** How often it ended at which point. */
  ends: Partial<Record<ServerPoint, number>>;
  /** Starts it, unless it is down for some time still; true where it can be reached. */
  isUp(): Promise<boolean>;
  /** The how manieth start it runs from, null while it does not run: whoever was connected before is not any more. */
  run(): number | null;
  /** It is to end at `point` and be down for `offMs`. */
  endAt(point: ServerPoint, offMs: number): void;
  /** Nothing is to happen to it any more; it can be started, and signs whenever it is asked. */
  repair(): void;
  /** An old copy of the ledger is put back, and the server is to be started on it. */
  putBack(ageMs: number, keepsHead: boolean): Promise<void>;
  /** Hashes of segments that an old copy lacks and that have not come again, be it as a fork. */
  missing(): string[];
  /** Verdicts of the screen's promises on `date`. */
  verdicts(date: string): Promise<CommitmentDay[]>;
};

/** Where deliberate bugs can be put in, to see that the simulation finds them. */
export type ServerSeams = {
  ledger?: (ledger: Ledger) => Ledger;
  verdicts?: (rows: CommitmentDay[]) => CommitmentDay[];
  log?: (log: SimulatedLog) => SimulatedLog;
  /** Whether the log takes itself for one that has signed before. */
  isConfirmed?: (isConfirmed: boolean) => boolean;
};

/** What a server is made with. `onStored` hears of every segment as it is stored for the first time, or lost again with an old copy (false). */
export type ServerDeps = {
  sender: Sender;
  program: Program;
  clock: Clock;
  chance: Chance;
  takeovers: SimulatedTakeovers;
  /** Whether an old copy of the ledger may be put back. */
  isRestorable: boolean;
  /** Share of the log's writes that fail. */
  logFails: () => number;
  /** The log is signed so often, once it is asked for; milliseconds. */
  signEveryMs: number;
  seams: ServerSeams;
  fault: Fault;
  onStored: (isStored: boolean, segment: VerifiedSegment) => void;
};

/** Sets up the server for one screen. */
export async function createSimulatedServer(deps: ServerDeps): Promise<SimulatedServer> {
  const { sender, program, clock, chance, seams } = deps;
  const text = canonicalJson(program);
  const hash = shaOf(text);
  const present = new Map<string, VerifiedSegment>();
  const missing = new Set<string>();
  const kept = createRestorableLedger(clock.nowMs, deps.isRestorable);
  let fresh = 0;
  const watched = watchedLedger(kept.ledger, (segment, isFresh) => {
    // Where a copy of the device came first, its segment has the number now: what comes again is kept as a fork, or in quarantine.
    missing.delete(segment.hash);
    if (!isFresh) return;
    fresh += 1;
    present.set(segment.hash, segment);
    deps.onStored(true, segment);
  });
  const { ledger, failNext } = faultyLedger(seams.ledger ? seams.ledger(watched) : watched);
  const eye = createLogEye(deps.fault);
  const answers: AnswerCounts = {
    ...{ stored: 0, again: 0, rewind: 0, fork: 0, quarantined: 0, error: 0 },
    'need-program': 0,
  };
  const refused = new Set<string>();
  const ends: SimulatedServer['ends'] = {};
  let armed: { point: ServerPoint; offMs: number } | null = null;
  let running: IngestService | null = null;
  let downUntilMs = Number.NEGATIVE_INFINITY;
  let { signEveryMs } = deps;
  let signedAtMs = Number.NEGATIVE_INFINITY;
  let starts = 0;

  function end(offMs: number): void {
    running = null;
    downUntilMs = clock.nowMs() + offMs;
  }

  function endsAt(point: ServerPoint): boolean {
    if (armed?.point !== point) return false;
    end(armed.offMs);
    ends[point] = (ends[point] ?? 0) + 1;
    armed = null;
    return true;
  }

  const plainLog = createSimulatedLog({
    ...{ store: ledger.log, clock, eye, endsAt, isConfirmed: seams.isConfirmed ?? ((is) => is) },
    fails: () => (chance.happens(deps.logFails()) ? chance.pick(['before', 'after']) : null),
  });
  const log = seams.log ? seams.log(plainLog) : plainLog;

  async function isUp(): Promise<boolean> {
    if (running) return true;
    if (clock.nowMs() < downUntilMs) return false;
    try {
      await ledger.documents.put(hash, 'program', text);
      await ledger.log.append([enrolmentOf(sender)]);
      await log.open();
    } catch {
      // Whatever failed, it is started again a moment later.
      end(1000);
      return false;
    }
    starts += 1;
    running = createIngestService({ ledger, clock, log: silentLog });
    return true;
  }

  /** Whoever asks while nobody is there gets no answer. */
  function service(): IngestService {
    if (!running || endsAt('now')) throw new ServerGone('nobody is there');
    return running;
  }

  async function sign(): Promise<void> {
    if (clock.nowMs() - signedAtMs < signEveryMs) return;
    signedAtMs = clock.nowMs();
    await log.turn();
  }

  const verdicts = await createSimulatedVerdicts({
    ...{ ledger, sender, clock, hash, program },
    takeoverSpans: deps.takeovers.spans,
  });

  return {
    ...{ ledger, log, eye, answers, ends, failNext, isUp },
    run: () => (running ? starts : null),
    refused: () => refused.size,
    endAt: (point, offMs) => {
      armed = { point, offMs };
    },
    repair: () => {
      armed = null;
      downUntilMs = Number.NEGATIVE_INFINITY;
      signEveryMs = 0;
    },
    async push({ afterGap, withoutProgram, ...segment }) {
      const ingest = service();
      const twin = endsAt('before-commit') ? 'not-applied' : endsAt('after-commit') ? 'applied' : null;
      if (twin) failNext(twin);
      const before = fresh;
      const answer = await ingest.push(segment, sender, { afterGap, withoutProgram });
      if (twin) throw new ServerGone(`ended with the commit ${twin}`);
      if (answer.kind === 'quarantined') refused.add(shaOf(JSON.stringify(segment)));
      answers[answer.kind === 'stored' && fresh === before ? 'again' : answer.kind] += 1;
      return answer;
    },
    async logFrom(size) {
      service();
      await sign();
      return logAnswer(log, size);
    },
    async receiptsOf(hashes) {
      service();
      return receiptsAnswer(log, hashes);
    },
    async successions() {
      service();
      return successionsAnswer(log);
    },
    async putBack(ageMs, keepsHead) {
      await kept.putBack(clock.nowMs() - ageMs);
      if (!keepsHead) log.loseHead();
      const there = new Set((await Array.fromAsync(ledger.segments.segments(EVERYTHING))).map((row) => row.hash));
      for (const segment of [...present.values()]) {
        if (there.has(segment.hash)) continue;
        present.delete(segment.hash);
        missing.add(segment.hash);
        deps.onStored(false, segment);
      }
      end(0);
    },
    missing: () => [...missing],
    async verdicts(date) {
      const rows = await verdicts(date);
      return seams.verdicts ? seams.verdicts(rows) : rows;
    },
  };
}

/** All segments there are. */
export const EVERYTHING = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER, screen: null };

const enrolmentOf = ({ screen, device, publicKey }: Sender): string =>
  logEntryText({ kind: 'enrolment', screen, device, publicKey, assurance: 'C', atMs: 0 });

/** A ledger that tells of every segment that it keeps, also where the answer gets lost; `isFresh`: it is stored for the first time. */
function watchedLedger(ledger: Ledger, onKept: (segment: VerifiedSegment, isFresh: boolean) => void): Ledger {
  const { segments } = ledger;
  return {
    ...ledger,
    segments: {
      ...segments,
      async ingest(batch) {
        const outcomes = await segments.ingest(batch);
        for (const [k, outcome] of outcomes.entries()) {
          const segment = batch[k];
          if (segment && outcome.kind !== 'rewind') onKept(segment, outcome.kind === 'stored' && !outcome.again);
        }
        return outcomes;
      },
    },
  };
}
