/** One day of one screen: when it is open, what is planned, what was shown, and where each promise stands. */
import { planDay } from '../../domain/plan/plan-day.ts';
import { contentHash } from '../../domain/proof/segment.ts';
import { openIntervals, serviceDate } from '../../domain/time/opening-hours.ts';
import { startOfDayMs } from '../../domain/time/zone-time.ts';
import type { Play, ScreenDay } from '../../protocol/http/views.ts';
import { Failure } from '../failure.ts';
import { sha256 } from '../sha256.ts';
import type { CommitmentDayDeps, CommitmentDays } from './commitment-days.ts';
import { type PlaySource, readPlays } from './read-plays.ts';

/**
 * The day of `screenId` on `date` (null: the day of service now). The plan is the one of the whole day as it stood before
 * anything was played. Fails with `not-found`.
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
  const plan = planDay(program, on, {}, startOfDayMs(on, screen.timeZone));
  const shown: Play[] = [];
  for await (const play of readPlays(plays, { from: on, to: on, screen: screenId })) shown.push(play);
  const names = Object.entries(program.manifest).map(([id, item]) => {
    const known = snapshot.media.get(id) ?? snapshot.slogans.get(id);
    return [id, { name: item.name, nameEn: known?.nameEn ?? null, type: item.type }] as const;
  });
  return {
    date: on,
    timeZone: screen.timeZone,
    nowMs: clock.nowMs(),
    open: openIntervals(screen.openingHours, on, screen.timeZone),
    planHash: contentHash(plan, sha256),
    plan: screen.kind === 'player' ? plan.slots : [],
    plays: shown,
    commitments: await commitmentDays.ofScreen(screenId, on),
    itemNames: Object.fromEntries(names),
  };
}
