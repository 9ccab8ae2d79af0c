/** One day of one screen: when it is open, what is planned, what was shown, and where each promise stands. */
import type { DayPlan, Slot } from '../../domain/plan/day-plan.ts';
import { planDay } from '../../domain/plan/plan-day.ts';
import { planHash } from '../../domain/plan/plan-hash.ts';
import type { Program } from '../../domain/plan/program.ts';
import { replanDay } from '../../domain/plan/replan-day.ts';
import { openIntervals, serviceDate } from '../../domain/time/opening-hours.ts';
import { startOfDayMs } from '../../domain/time/zone-time.ts';
import type { Play, ScreenDay } from '../../protocol/http/views.ts';
import { Failure } from '../failure.ts';
import { sha256 } from '../sha256.ts';
import type { CommitmentDayDeps, CommitmentDays } from './commitment-days.ts';
import { type PlaySource, readPlays } from './read-plays.ts';

/**
 * The day of `screenId` on `date` (null: the day of service now). `plan` is the plan of the whole day up to now and, once something
 * was played, the plan remade from that for the rest; `planHash` names the plan of the whole day. Fails with `not-found`.
 */
export async function viewScreenDay(
  screenId: string,
  date: string | null,
  deps: CommitmentDayDeps & { commitmentDays: CommitmentDays; plays: PlaySource },
): Promise<ScreenDay> {
  const { catalogue, planning, clock, commitmentDays, plays } = deps;
  const snapshot = catalogue.snapshot();
  const screen = snapshot.screens.get(screenId);
  if (!screen) throw new Failure('not-found', `there is no screen ${screenId}`);
  const on = date ?? serviceDate(screen.openingHours, screen.timeZone, clock.nowMs());
  const program = planning.programOn(screenId, on)?.program;
  if (!program) throw new Failure('unavailable', `the program of ${screenId} is being made`);
  const shown: Play[] = [];
  for await (const play of readPlays(plays, { from: on, to: on, screen: screenId })) shown.push(play);
  const plan = planDay(program, on, {}, startOfDayMs(on, screen.timeZone));
  const names = Object.entries(program.manifest).map(([id, item]) => {
    const known = snapshot.media.get(id) ?? snapshot.slogans.get(id);
    return [id, { name: item.name, nameEn: known?.nameEn ?? null, type: item.type }] as const;
  });
  return {
    date: on,
    timeZone: screen.timeZone,
    nowMs: clock.nowMs(),
    open: openIntervals(screen.openingHours, on, screen.timeZone),
    planHash: planHash(plan, sha256),
    plan: screen.kind === 'player' ? planAsItStands(plan, program, shown, clock.nowMs()) : [],
    plays: shown,
    commitments: await commitmentDays.ofScreen(screenId, on),
    itemNames: Object.fromEntries(names),
  };
}

/** The plan made before anything was played, until now; then the plan of the rest from what was really played. */
function planAsItStands(plan: DayPlan, program: Program, plays: readonly Play[], nowMs: number): Slot[] {
  const lastEnd = plan.slots.at(-1);
  if (plays.length === 0 || !lastEnd || nowMs >= lastEnd.startMs + lastEnd.durationMs) return plan.slots;
  const played = plays.map(({ startMs, endMs, item, commitment, counted }) => {
    return { startMs, durationMs: endMs - startMs, item, commitment, counted };
  });
  const rest = replanDay(program, plan.date, played, nowMs);
  return [...plan.slots.filter((slot) => slot.startMs + slot.durationMs <= nowMs), ...rest.slots];
}
