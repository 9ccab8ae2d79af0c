/** What the player says of the day under way: its counts, and the promises its plan no longer makes. */
import { dayRisks } from '../../domain/playback/day-risks.ts';
import type { LocalDate } from '../../domain/time/zone-time.ts';
import type { Status } from '../../protocol/player-link.ts';
import { type TroubleSources, troublesOf } from './day-end.ts';
import type { Planner } from './planner.ts';

/** What it is told from. */
export type DayWordSources = TroubleSources & { planner: Planner; date: LocalDate | null };

/** The word of today as a status carries it. `short` is left out where there is no plan of today to tell it from. */
export function dayWord(sources: DayWordSources): Pick<Status, 'tally' | 'loop' | 'short'> {
  const { book, date } = sources;
  if (date === null) return { tally: {} };
  const short = shortOf(sources);
  return { tally: book.tallyOn(date), loop: book.loopOn(date), ...(short && { short }) };
}

/** Calls `onRisk` when the promises that the plan misses are others than at the last look. */
export function riskWatch(onRisk: () => void): (sources: DayWordSources) => void {
  let told = '';
  return (sources) => {
    const risk = Object.keys(shortOf(sources) ?? {}).join(' ');
    if (risk === told) return;
    told = risk;
    onRisk();
  };
}

/** The promises of today that the plan in force no longer makes; undefined without such a plan. */
function shortOf(sources: DayWordSources): Status['short'] {
  const { planner, book, date } = sources;
  const made = planner.today();
  if (!made || made.plan.date !== date) return undefined;
  return dayRisks(made.active.program, made.plan, book.recordsOn(date), troublesOf(sources, made.active, date));
}
