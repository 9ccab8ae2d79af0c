/** Retention: bodies of segments go once they are old, logged, and nobody needs them to prove what was counted. */
import { hasOtherForms } from '../../domain/compliance/promise-forms.ts';
import { dateOfSlotId } from '../../domain/plan/day-plan.ts';
import type { Program } from '../../domain/plan/program.ts';
import { bodyLines } from '../../domain/proof/segment.ts';
import { readHeader } from '../../protocol/read-header.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import type { Clock } from '../clock.ts';
import { createPace } from '../pace.ts';
import { DROPPED_BODY } from '../stores/body-store.ts';
import type { Ledger, ScreenDayCounters, VerifiedSegmentRow } from '../stores/ledger-store.ts';

/** What retention works with. */
export type RetentionDeps = {
  ledger: Pick<Ledger, 'segments' | 'bodies' | 'log'>;
  programOf: (hash: string) => Promise<Program | null>;
  /** Entries of the log that a signed checkpoint holds; 0 while it is not signed. */
  signedSize: () => number;
  /** Days for which bodies are kept whatever they hold. */
  keepDays: number;
  clock: Clock;
};

const DAY_MS = 86_400_000;
/** Log entries looked at in one step. */
const STEP_ENTRIES = 256;

/**
 * Drops what may go, in the order of the log, up to the first segment that came less than `keepDays` ago. Says in one sentence what was done. A body stays
 * whole where it holds a signed end of day, where its program promises more than counts, and where it has plays of a day whose end does not
 * sign just as many plays as are counted.
 */
export async function dropOldBodies({ ledger, signedSize, ...deps }: RetentionDeps): Promise<string> {
  const { bodies } = ledger;
  const beforeMs = deps.clock.nowMs() - deps.keepDays * DAY_MS;
  const isSigned = createDaySigns(ledger.segments);
  const pace = createPace();
  const end = Math.min(signedSize(), await ledger.log.size());
  let dropped = 0;
  let kept = 0;
  let isOld = true;
  for (let from = await bodies.lookedUpTo(); from < end && isOld; ) {
    const to = Math.min(end, from + STEP_ENTRIES);
    const logged = await bodies.loggedIn(from, to);
    const young = logged.find(({ row }) => row.receivedAtMs >= beforeMs);
    isOld = young === undefined;
    from = young?.index ?? to;
    const drop: string[] = [];
    for (const { index, row } of logged) {
      if (index >= from || row.body === DROPPED_BODY) continue;
      if (await mayGo(row, deps.programOf, isSigned)) drop.push(row.hash);
      else kept += 1;
      await pace.breathe();
    }
    await bodies.drop(drop, from);
    dropped += drop.length;
  }
  return `${dropped} bodies of segments dropped, ${kept} kept whole`;
}

type DaySigns = (screen: string, date: string) => Promise<boolean>;

async function mayGo(
  row: VerifiedSegmentRow,
  programOf: RetentionDeps['programOf'],
  isSigned: DaySigns,
): Promise<boolean> {
  const hash = readHeader(row.header)?.program ?? null;
  const program = hash === null ? null : await programOf(hash);
  // Shares, gaps and exact times can be judged by nothing but all plays.
  if (program?.commitments.some(hasOtherForms)) return false;
  const dates = new Set<string>();
  for (const line of bodyLines(row.body)) {
    const record = readRecordLine(line);
    if (!record || record.kind === 'dayclose') return false;
    const date = record.kind === 'play' ? dateOfSlotId(record.slot) : null;
    if (date !== null) dates.add(date);
  }
  for (const date of dates) if (!(await isSigned(row.screen, date))) return false;
  return true;
}

/** Whether a screen-day's counts are just those that its end of day signs; asked once a screen-day in one run. */
function createDaySigns(segments: RetentionDeps['ledger']['segments']): DaySigns {
  const known = new Map<string, boolean>();
  return async (screen, date) => {
    const key = `${date} ${screen}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const [day] = await segments.counters({ from: date, to: date, screen });
    const signs = day === undefined || signsAll(day);
    known.set(key, signs);
    return signs;
  };
}

/** Filler has no signed count, and where only counts are promised nothing rests on it. */
const signsAll = ({ plays, closed }: ScreenDayCounters): boolean =>
  closed !== null && Object.entries(plays).every(([id, count]) => id === '' || closed.plays[id] === count);
