/** Planning days and tasks for tests of the planner's parts: resolved the planner's own way, so that every field is there. */

import {
  type DayTask,
  type LoopHistory,
  NO_LOOP_HISTORY,
  type PlanningDay,
  planningDay,
  type TaskHistory,
} from '../../domain/plan/day-task.ts';
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';
import type { SlotColumns } from '../../domain/plan/slot-columns.ts';
import { commitmentOf, programOf } from './random-program.ts';

/** The date that small examples are planned on. */
export const DAY = '2026-07-01';

const OPENING_MS = Date.parse(`${DAY}T08:00:00+08:00`);

/** Opening of the small examples plus `minutes`. */
export const minute = (minutes: number): number => OPENING_MS + minutes * 60_000;

/** Clock time of opening plus `minutes`. */
export const clockAt = (minutes: number): string =>
  `${String(8 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A day part between two distances from opening, in minutes. */
export const part = (from: number, to: number): { from: string; to: string } => ({
  from: clockAt(from),
  to: clockAt(to),
});

/** One item of a number of minutes. */
export const film = (minutes: number, weight = 1): { item: string; durationMs: number; weight: number } => ({
  item: `film-${minutes}`,
  durationMs: minutes * 60_000,
  weight,
});

/** A small program open from 08:00 for `openMin` minutes, with a loop item of half a minute. */
export const smallProgram = (
  commitments: ProgramCommitment[],
  openMin = 60,
  over: Parameters<typeof programOf>[1] = {},
): Program =>
  programOf(commitments, {
    from: '08:00',
    to: clockAt(openMin),
    loop: [{ item: 'loop', durationMs: 30_000 }],
    ...over,
  });

/** The date of `program` as planned from opening plus `nowMin`, after what `histories` tell of commitments by id, and what was shown `last`. */
export function dayOf(
  program: Program,
  nowMin = 0,
  histories: Readonly<Record<string, TaskHistory>> = {},
  fillerSoFar = 0,
  last: LoopHistory['last'] = null,
): PlanningDay {
  const none: TaskHistory = { playsByItem: [], starts: [] };
  return planningDay(program, DAY, minute(nowMin), ({ id }) => histories[id] ?? none, {
    ...NO_LOOP_HISTORY,
    plays: fillerSoFar,
    last,
  });
}

/** The one task of a day open for an hour. */
export function taskOf(over: Partial<ProgramCommitment>, pastStarts: readonly number[] = [], nowMin = 0): DayTask {
  const history = { playsByItem: [pastStarts.length], starts: pastStarts };
  const [task] = dayOf(smallProgram([commitmentOf('a', { items: [film(10)], ...over })]), nowMin, { a: history }).tasks;
  if (!task) throw new RangeError('the commitment does not run on the date');
  return task;
}

/** Slots of the first items of tasks, starting at `startMs`. */
export const columnsOf = (startMs: readonly number[], task: readonly number[]): SlotColumns => ({
  startMs: Float64Array.from(startMs),
  task: Int32Array.from(task),
  item: new Int32Array(task.length),
});
