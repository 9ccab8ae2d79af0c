/** The search for a placing finds one exactly where going through all orders does. */
import { expect, test } from 'vitest';
import { type Placed, packSearch } from '../../../domain/plan/pack-search.ts';
import { limitMs, type PackTask, packTask } from '../../../domain/plan/pack-task.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { firstStartIn } from '../../../domain/plan/window-time.ts';
import { dayOf, film, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf, pickInt, seededRandom } from '../../helpers/random-program.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SEEDS = Array.from({ length: 300 }, (_, k) => k + 1);

/** Two to four tasks of up to three plays that fill about an hour and a quarter, most of them with hours or limits. */
function tightDay(seed: number): PackTask[] {
  const random = seededRandom(seed);
  const commitments = Array.from({ length: pickInt(random, 2, 4) }, (_, k): ProgramCommitment => {
    const from = pickInt(random, 0, 5) * 5;
    return commitmentOf(`c${k}`, {
      minPlays: pickInt(random, 1, 3),
      items: [film(pickInt(random, 4, 16))],
      dayParts: random() < 0.4 ? [part(from, from + pickInt(random, 5, 10) * 5)] : [],
      minGapMs: random() < 0.4 ? pickInt(random, 12, 30) * MINUTE_MS : null,
      maxPlaysPerHour: random() < 0.3 ? pickInt(random, 1, 2) : null,
    });
  });
  const day = dayOf(smallProgram(commitments, 75));
  const packs = day.tasks.map((task) => packTask(task, task.required, false));
  return packs.every((pack) => pack !== null) ? packs : [];
}

/** Whether some order of the plays, each as early as it may be, has them all in time: tried one after another. */
function isAnyOrder(packs: PackTask[], starts: number[][], freeMs: number): boolean {
  if (packs.every(({ plays }, i) => starts[i]?.length === plays)) return true;
  return packs.some(({ task, plays, durationsMs }, i) => {
    const own = starts[i] ?? [];
    if (own.length === plays) return false;
    const durationMs = durationsMs[own.length] ?? 0;
    const startMs = firstStartIn(task.rest, Math.max(freeMs, limitMs(task, own)), durationMs);
    if (startMs === Number.POSITIVE_INFINITY) return false;
    own.push(startMs);
    const isFound = isAnyOrder(packs, starts, startMs + durationMs);
    own.pop();
    return isFound;
  });
}

/** Faults of a placing, in words; none: it has every play once, in its hours and within its limits. */
function faultsOf(packs: PackTask[], plays: Placed[]): string[] {
  const faults: string[] = [];
  let freeMs = 0;
  for (const { index, startMs } of plays) {
    const pack = packs[index];
    const endMs = startMs + (pack?.durationsMs[0] ?? 0);
    if (startMs < freeMs) faults.push('overlap');
    if (!pack?.task.rest.some((span) => span.startMs <= startMs && endMs <= span.endMs)) faults.push('hours');
    freeMs = endMs;
  }
  packs.forEach(({ task, plays: count }, i) => {
    const own = plays.filter(({ index }) => index === i).map(({ startMs }) => startMs);
    if (own.length !== count) faults.push('count');
    own.forEach((start, k) => {
      if (start - (own[k - 1] ?? Number.NEGATIVE_INFINITY) < task.minGapMs) faults.push('distance');
      if (task.hourLimit > 0 && start - (own[k - task.hourLimit] ?? Number.NEGATIVE_INFINITY) < HOUR_MS)
        faults.push('hour');
    });
  });
  return faults;
}

test('[P4] [P5] [P6] a placing is found exactly where one of all orders has one', () => {
  const kinds = { found: 0, impossible: 0 };
  for (const seed of SEEDS) {
    const packs = tightDay(seed);
    if (packs.length === 0) continue;
    const outcome = packSearch(packs, 1_000_000);
    const isPossible = isAnyOrder(
      packs,
      packs.map(() => []),
      0,
    );
    expect([seed, outcome.kind]).toEqual([seed, isPossible ? 'found' : 'impossible']);
    if (outcome.kind === 'found') expect([seed, faultsOf(packs, outcome.plays)]).toEqual([seed, []]);
    kinds[isPossible ? 'found' : 'impossible'] += 1;
  }
  expect(Math.min(kinds.found, kinds.impossible)).toBeGreaterThan(30);
});
