/** Counts promised for whole targets as planning sees them: which run on a date, on which screens, and what room each screen has. */
import { programCommitmentId } from '../../domain/plan/build-program.ts';
import { NO_LOOP_HISTORY, planningDay } from '../../domain/plan/day-task.ts';
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';
import type { ScreenKind } from '../../domain/plan/screen-kinds.ts';
import { targetRoom } from '../../domain/plan/target-room.ts';
import { isSharedOut, withParts } from '../../domain/plan/with-parts.ts';
import { totalMs } from '../../domain/time/interval.ts';
import { type LocalDate, weekdayOf } from '../../domain/time/zone-time.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';

/** Parts of one screen, by id of the commitment in programs. */
export type Parts = ReadonlyMap<string, number>;

/** A kind of screens and its program, in which counts shared out stand with 0. */
export type PlannedKind = { readonly kind: ScreenKind; readonly program: Program };

/** One count on one date with the screens it is shared out to. */
export type SharedCount = {
  commitment: ProgramCommitment;
  date: LocalDate;
  count: number;
  members: readonly PlannedKind[];
};

/** All counts shared out on the days of service of their screens now, highest priority first, then by id and date. */
export function sharedCounts(kinds: readonly PlannedKind[], snapshot: CatalogueSnapshot): SharedCount[] {
  const counts = new Map<string, number>();
  for (const { id, commitments, flights } of snapshot.campaigns.values()) {
    for (const c of commitments) for (const f of flights) counts.set(programCommitmentId(id, c.id, f.id), c.minPlays);
  }
  const found = new Map<string, { commitment: ProgramCommitment; members: PlannedKind[] }>();
  for (const planned of kinds) {
    for (const commitment of planned.program.commitments.filter(isSharedOut)) {
      const known = found.get(commitment.id);
      if (known) known.members.push(planned);
      else found.set(commitment.id, { commitment, members: [planned] });
    }
  }
  const shared = [...found.values()].flatMap(({ commitment, members }) =>
    [...new Set(members.map(({ kind }) => kind.date))]
      .filter((date) => runsOn(commitment, date))
      .sort()
      .map((date) => ({ commitment, date, count: counts.get(commitment.id) ?? 0, members })),
  );
  return shared.sort(
    ({ commitment: a }, { commitment: b }) => b.priority - a.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

const runsOn = ({ from, to, weekdays }: ProgramCommitment, date: LocalDate): boolean =>
  from <= date && date <= to && weekdays.includes(weekdayOf(date));

/** Plays a screen has room for on the whole of the date, and the share of its windows that is still to come. */
export type RoomNow = { id: string; room: number; restShare: number };

/** Room of every screen on the whole of the date, beside the parts it has already, and the share of its windows that is still to come. */
export function roomsOf(
  { commitment, date, members }: SharedCount,
  parts: ReadonlyMap<string, Parts>,
  nowMs: number,
): RoomNow[] {
  return members.flatMap(({ kind, program }) => {
    const known = new Map<string, { room: number; restShare: number }>();
    return kind.screens.map(({ id }) => {
      const own: Parts = parts.get(id) ?? NO_PARTS;
      const key = partsText(own);
      const found = known.get(key) ?? roomOn(withParts(program, own), commitment.id, date, nowMs);
      known.set(key, found);
      return { id, ...found };
    });
  });
}

const NO_PARTS: Parts = new Map();
const NO_HISTORY = (): { playsByItem: number[]; starts: number[] } => ({ playsByItem: [], starts: [] });

function roomOn(program: Program, id: string, date: LocalDate, nowMs: number): { room: number; restShare: number } {
  const whole = planningDay(program, date, Number.NEGATIVE_INFINITY, NO_HISTORY, NO_LOOP_HISTORY);
  const now = planningDay(program, date, nowMs, NO_HISTORY, NO_LOOP_HISTORY);
  const windows = whole.tasks.find((task) => task.id === id)?.rest ?? [];
  const rest = now.tasks.find((task) => task.id === id)?.rest ?? [];
  return { room: targetRoom(whole, id), restShare: windows.length === 0 ? 0 : totalMs(rest) / totalMs(windows) };
}

/** Parts as one text, equal for equal parts. */
export const partsText = (parts: Parts): string => [...parts].map(([id, part]) => `${id}=${part}`).join();
