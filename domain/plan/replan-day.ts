/** The plan of the rest of a day from what was really shown. */
import type { LocalDate } from '../time/zone-time.ts';
import type { DayPlan, PlayedSlot } from './day-plan.ts';
import { type LoopHistory, planningDay, type TaskHistory } from './day-task.ts';
import { planRest } from './plan-rest.ts';
import type { Program } from './program.ts';
import { stayInStep } from './stay-in-step.ts';

/**
 * Plans the rest of `date` from `nowMs` after `played` (any order). Only counted plays count; limits and gaps are kept against every
 * start, also of plays that were cut off, because the film was on the screen all the same. The loop goes on where it was.
 * A slot under way is not in `played`: the caller waits for its end and passes that as `nowMs`. A program in step follows the shared plan of the
 * day where that keeps its promises, see {@link stayInStep}.
 */
export function replanDay(program: Program, date: LocalDate, played: readonly PlayedSlot[], nowMs: number): DayPlan {
  const inOrder = [...played].sort((a, b) => a.startMs - b.startMs);
  const histories = new Map<string, PlayedSlot[]>();
  const filler: string[] = [];
  let fillerMs = 0;
  for (const slot of inOrder) {
    if (slot.commitment === null) {
      filler.push(slot.item);
      fillerMs += slot.durationMs;
      continue;
    }
    const history = histories.get(slot.commitment);
    if (history) history.push(slot);
    else histories.set(slot.commitment, [slot]);
  }
  const day = planningDay(program, date, nowMs, ({ id, items }) => historyOf(items, histories.get(id) ?? []), {
    plays: filler.length,
    shownMs: fillerMs,
    last: lastShown(program, inOrder.at(-1)),
  });
  const own = planRest(program, day, filler);
  return program.inStep ? stayInStep(program, date, own, inOrder, nowMs) : own;
}

function lastShown(program: Program, slot: PlayedSlot | undefined): LoopHistory['last'] {
  if (!slot) return null;
  const owner =
    slot.commitment === null
      ? program.loop.find(({ item }) => item === slot.item)
      : program.commitments.find(({ id }) => id === slot.commitment);
  return { startMs: slot.startMs, endMs: slot.startMs + slot.durationMs, tag: owner?.separation ?? null };
}

function historyOf(items: readonly { item: string }[], played: readonly PlayedSlot[]): TaskHistory {
  const playsByItem = items.map(() => 0);
  for (const slot of played) {
    if (!slot.counted) continue;
    // An item that the program no longer has still kept the promise; it counts for the first so that the tally stays whole.
    const index = Math.max(
      0,
      items.findIndex((item) => item.item === slot.item),
    );
    playsByItem[index] = (playsByItem[index] ?? 0) + 1;
  }
  return { playsByItem, starts: played.map((slot) => slot.startMs) };
}
