/** Whether a small day fits at all, by trying every order of plays: slow, plain, and nothing of the planner's in it. */
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';

type Job = { c: ProgramCommitment; windows: [number, number][]; lengthMs: number };

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * Whether all minimums of a program open once a day fit, with one item a commitment. Times are minutes of the day in milliseconds. Any plan
 * that keeps least distances can be moved to the left in its own order, so earliest starts of every order decide it. Null: gave up after `most` steps.
 */
export function fitsExactly(program: Program, counts: readonly number[], most = 3_000_000): boolean | null {
  const hours = program.openingHours[0];
  if (!hours) return counts.every((count) => count === 0);
  const open: [number, number] = [minutes(hours.from) * 60_000, minutes(hours.to) * 60_000];
  const jobs = program.commitments.map(
    (c): Job => ({ c, windows: windowsOf(c, open), lengthMs: c.items[0]?.durationMs ?? 0 }),
  );
  const left = [...counts];
  const starts = jobs.map((): number[] => []);
  const dead = new Set<string>();
  let steps = 0;
  const tryFrom = (freeMs: number): boolean => {
    if (left.every((count) => count === 0)) return true;
    steps += 1;
    if (steps > most) return false;
    const key = `${left.join()}|${freeMs}|${starts.map((own, i) => own.slice(-(jobs[i]?.c.maxPlaysPerHour ?? 1)).join()).join('|')}`;
    if (dead.has(key)) return false;
    for (const [i, job] of jobs.entries()) {
      const own = starts[i] ?? [];
      if ((left[i] ?? 0) === 0) continue;
      const at = earliest(job, own, freeMs);
      if (at === null) break;
      left[i] = (left[i] ?? 0) - 1;
      own.push(at);
      if (tryFrom(at + job.lengthMs)) return true;
      own.pop();
      left[i] = (left[i] ?? 0) + 1;
    }
    dead.add(key);
    return false;
  };
  const fits = tryFrom(open[0]);
  return !fits && steps > most ? null : fits;
}

function windowsOf(c: ProgramCommitment, open: [number, number]): [number, number][] {
  if (c.dayParts.length === 0) return [open];
  const minute = new Set<number>();
  for (const part of c.dayParts)
    for (let m = minutes(part.from); m < minutes(part.to); m += 1)
      if (m * 60_000 >= open[0] && m * 60_000 < open[1]) minute.add(m);
  const windows: [number, number][] = [];
  for (const m of [...minute].sort((x, y) => x - y)) {
    const last = windows.at(-1);
    if (last && last[1] === m * 60_000) last[1] += 60_000;
    else windows.push([m * 60_000, (m + 1) * 60_000]);
  }
  return windows;
}

function earliest(job: Job, starts: readonly number[], freeMs: number): number | null {
  const last = starts.at(-1);
  const hourAgo = job.c.maxPlaysPerHour === null ? undefined : starts[starts.length - job.c.maxPlaysPerHour];
  const from = Math.max(
    freeMs,
    last === undefined ? 0 : last + (job.c.minGapMs ?? 0),
    hourAgo === undefined ? 0 : hourAgo + 3_600_000,
  );
  for (const [a, b] of job.windows) if (Math.max(a, from) + job.lengthMs <= b) return Math.max(a, from);
  return null;
}
