/** One day of one screen: when it is open, what is planned, what was shown, and where each promise stands. */
import type { Device, Screen } from '../../domain/catalogue/organisation.ts';
import type { DayPlan, PlayedSlot } from '../../domain/plan/day-plan.ts';
import { planDay } from '../../domain/plan/plan-day.ts';
import { planHash } from '../../domain/plan/plan-hash.ts';
import type { Program } from '../../domain/plan/program.ts';
import { NOTHING_SHOWN, outlineDay, type ShownBefore } from '../../domain/plan/promise-outline.ts';
import { replanDay } from '../../domain/plan/replan-day.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { openIntervals, serviceDate } from '../../domain/time/opening-hours.ts';
import { startOfDayMs } from '../../domain/time/zone-time.ts';
import type { Play, ScreenDay } from '../../protocol/http/views.ts';
import { Failure } from '../failure.ts';
import { sha256 } from '../sha256.ts';
import type { VerifiedSegmentRow } from '../stores/ledger-store.ts';
import type { CommitmentDayDeps, CommitmentDays } from './commitment-days.ts';
import { type PlaySource, readPlays } from './read-plays.ts';

/**
 * The day of `screenId` on `date` (null: the day of service now). `plan` is the plan of the whole day up to now and, once something
 * was played, the plan remade from that for the rest; none once plays of the day are not kept singly. `planHash` names the plan of the whole day. Fails with `not-found`.
 */
export async function viewScreenDay(
  screenId: string,
  date: string | null,
  deps: Pick<CommitmentDayDeps, 'catalogue' | 'planning' | 'clock'> & {
    commitmentDays: CommitmentDays;
    plays: PlaySource;
  },
): Promise<ScreenDay> {
  const { catalogue, planning, clock, commitmentDays, plays } = deps;
  const snapshot = catalogue.snapshot();
  const screen = snapshot.screens.get(screenId);
  if (!screen) throw new Failure('not-found', `there is no screen ${screenId}`);
  const on = date ?? serviceDate(screen.openingHours, screen.timeZone, clock.nowMs());
  const program = planning.programOn(screenId, on)?.program;
  if (!program) throw new Failure('unavailable', `the program of ${screenId} is being made`);
  const open = openIntervals(screen.openingHours, on, screen.timeZone);
  const shown: Play[] = [];
  let playsKept = true;
  const source = {
    ...plays,
    onDropped: ({ firstAtMs, lastAtMs }: VerifiedSegmentRow) => {
      playsKept &&= !open.some(({ startMs, endMs }) => firstAtMs < endMs && lastAtMs > startMs);
    },
  };
  for await (const play of readPlays(source, { from: on, to: on, screen: screenId })) shown.push(play);
  const dayStartMs = startOfDayMs(on, screen.timeZone);
  const whole = planDay(program, on, {}, dayStartMs);
  const names = Object.entries(program.manifest).map(([id, item]) => {
    const known = snapshot.media.get(id) ?? snapshot.slogans.get(id);
    return [id, { name: item.name, nameEn: known?.nameEn ?? null, type: item.type }] as const;
  });
  const enrolledAtMs = firstEnrolledAt(screen, snapshot.devices, open, shown);
  // Before a screen first had a player nothing was planned for it.
  const plan = enrolledAtMs === null ? whole : planDay(program, on, {}, enrolledAtMs);
  const fromMs = enrolledAtMs ?? dayStartMs;
  return {
    date: on,
    timeZone: screen.timeZone,
    nowMs: clock.nowMs(),
    open,
    planHash: planHash(whole, sha256),
    ...(screen.kind === 'player' && playsKept
      ? planAsItStands({ program, plan, fromMs }, shown, clock.nowMs())
      : { plan: [], outlines: [], conflicts: [] }),
    enrolledAtMs,
    plays: shown,
    playsKept,
    commitments: await commitmentDays.ofScreen(screenId, on),
    itemNames: Object.fromEntries(names),
  };
}

/** The plan made before anything was played, until now; then the plan of the rest from what was really played. */
function planAsItStands(
  whole: { program: Program; plan: DayPlan; fromMs: number },
  plays: readonly Play[],
  nowMs: number,
): Pick<ScreenDay, 'plan' | 'outlines' | 'conflicts'> {
  const { program, plan, fromMs } = whole;
  const outline = outlineDay(program, plan, fromMs, NOTHING_SHOWN);
  const lastEnd = plan.slots.at(-1);
  if (plays.length === 0 || !lastEnd || nowMs >= lastEnd.startMs + lastEnd.durationMs) {
    return { plan: plan.slots, outlines: [outline], conflicts: plan.conflicts };
  }
  const played = plays.map(({ startMs, endMs, item, commitment, counted }) => {
    return { startMs, durationMs: endMs - startMs, item, commitment, counted };
  });
  const rest = replanDay(program, plan.date, played, nowMs);
  return {
    plan: [...plan.slots.filter((slot) => slot.startMs + slot.durationMs <= nowMs), ...rest.slots],
    outlines: [outline, outlineDay(program, rest, nowMs, shownBefore(played))],
    conflicts: rest.conflicts,
  };
}

/** What counts of the day so far, as the planner counts it. */
function shownBefore(played: readonly PlayedSlot[]): ShownBefore {
  const known = played.filter((play) => play.counted || play.commitment === null);
  const sum = (plays: readonly PlayedSlot[]): number => plays.reduce((ms, play) => ms + play.durationMs, 0);
  const msOf = (id: string): number => sum(known.filter((play) => play.commitment === id));
  return { plays: known.length, time: { ms: sum(known), msOf } };
}

/** When the screen first got a player, where that was after opening and nothing was shown before; else null. */
function firstEnrolledAt(
  screen: Screen,
  devices: ReadonlyMap<string, Device>,
  open: readonly Interval[],
  plays: readonly Play[],
): number | null {
  const own = [...devices.values()].filter((device) => device.screenId === screen.id);
  const opensAtMs = open[0]?.startMs;
  if (own.length === 0 || opensAtMs === undefined) return null;
  const atMs = Math.min(...own.map((device) => device.enrolledAtMs));
  return atMs > opensAtMs && plays.every((play) => play.startMs >= atMs) ? atMs : null;
}
