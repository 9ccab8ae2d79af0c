/** Exact answers about small days from a MIP solver (HiGHS): a model of starts on a time grid, with nothing of the planner in it. */
import loadHighs, { type Highs } from 'highs';
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';

/** Step of the grid. Where every length, window and gap is a multiple of it, some best placing lies on the grid: move plays left. */
const GRID_MS = 30_000;
const HOUR_STEPS = 3_600_000 / GRID_MS;

/** Search nodes after which a question counts as not settled. */
const MAX_NODES = 20_000;

/** A solver's memory only grows, so that it is made anew from time to time. */
const SOLVES_A_SOLVER = 500;

/** Where and how often one commitment may start: `windows` and lengths in steps of the grid. */
type Job = {
  windows: [number, number][];
  length: number;
  gap: number;
  hourLimit: number | null;
  least: number;
  most: number;
};

/** Answers questions about programs open once a day, with one item a commitment. */
export type ExactReference = {
  /** Whether all minimums fit; null where that was not settled. */
  fits(program: Program): Promise<boolean | null>;
  /** The largest count of commitment `k` beside exactly `counts` of the others; null where that was not settled. */
  largestCount(program: Program, k: number, counts: readonly number[]): Promise<number | null>;
};

/** A reference with a solver of its own. */
export function exactReference(): ExactReference {
  let solver: Highs | null = null;
  let solves = 0;
  const largest = async (jobs: Job[], counted: (index: number) => boolean): Promise<number | null> => {
    if (!solver || solves % SOLVES_A_SOLVER === 0) solver = await loadHighs();
    solves += 1;
    const solved = solver.solve(modelOf(jobs, counted), { mip_max_nodes: MAX_NODES, output_flag: false });
    if (solved.Status === 'Optimal') return Math.round(solved.ObjectiveValue);
    return solved.Status === 'Infeasible' ? -1 : null;
  };
  return {
    async fits(program) {
      const jobs = program.commitments.map((c) => jobOf(program, c, 0, c.minPlays));
      const wanted = jobs.reduce((sum, job) => sum + job.most, 0);
      const most = await largest(jobs, () => true);
      return most === null ? null : most === wanted;
    },
    largestCount(program, k, counts) {
      const jobs = program.commitments.map((c, index) =>
        index === k ? jobOf(program, c, 0, c.minPlays) : jobOf(program, c, counts[index] ?? 0, counts[index] ?? 0),
      );
      return largest(jobs, (index) => index === k);
    },
  };
}

const steps = (time: string): number => ((Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000) / GRID_MS;

function jobOf(program: Program, c: ProgramCommitment, least: number, most: number): Job {
  const hours = program.openingHours[0];
  const open: [number, number] = hours ? [steps(hours.from), steps(hours.to)] : [0, 0];
  const parts =
    c.dayParts.length === 0 ? [open] : c.dayParts.map(({ from, to }): [number, number] => [steps(from), steps(to)]);
  return {
    windows: joined(parts.map(([a, b]) => [Math.max(a, open[0]), Math.min(b, open[1])])),
    length: (c.items[0]?.durationMs ?? 0) / GRID_MS,
    gap: (c.minGapMs ?? 0) / GRID_MS,
    hourLimit: c.maxPlaysPerHour,
    least,
    most,
  };
}

function joined(windows: [number, number][]): [number, number][] {
  const whole: [number, number][] = [];
  for (const [a, b] of windows.filter(([from, to]) => to > from).sort(([x], [y]) => x - y)) {
    const last = whole.at(-1);
    if (last && a <= last[1]) last[1] = Math.max(last[1], b);
    else whole.push([a, b]);
  }
  return whole;
}

/** The model in CPLEX LP format: x<i>_<t> is 1 where commitment i starts at step t. */
function modelOf(jobs: Job[], counted: (index: number) => boolean): string {
  const starts = jobs.map(({ windows, length }) =>
    windows.flatMap(([a, b]) => Array.from({ length: Math.max(0, b - length - a + 1) }, (_, k) => a + k)),
  );
  const name = (i: number, t: number): string => `x${i}_${t}`;
  const rows: string[] = [];
  const limit = (names: string[], relation: string): void => {
    if (names.length > 0) rows.push(` r${rows.length}: ${names.join(' + ')} ${relation}`);
  };
  /** Starts of job i in [from, to). */
  const within = (i: number, from: number, to: number): string[] =>
    (starts[i] ?? []).filter((t) => t >= from && t < to).map((t) => name(i, t));
  for (const t of new Set(starts.flat())) {
    const shown = jobs.flatMap(({ length }, i) => within(i, t - length + 1, t + 1));
    if (shown.length > 1) limit(shown, '<= 1');
  }
  jobs.forEach(({ gap, hourLimit, least, most }, i) => {
    for (const t of starts[i] ?? []) {
      if (gap > 1) limit(within(i, t, t + gap), '<= 1');
      if (hourLimit !== null) limit(within(i, t, t + HOUR_STEPS), `<= ${hourLimit}`);
    }
    const all = within(i, 0, Number.POSITIVE_INFINITY);
    limit(all, `<= ${most}`);
    if (least > 0) limit(all.length > 0 ? all : ['never'], `>= ${least}`);
  });
  const objective = jobs.flatMap((_, i) => (counted(i) ? within(i, 0, Number.POSITIVE_INFINITY) : []));
  const names = jobs.flatMap((_, i) => within(i, 0, Number.POSITIVE_INFINITY));
  return [
    'Maximize',
    ` plays: ${[...objective, '0 never'].join(' + ')}`,
    'Subject To',
    ...rows,
    ' nothing: never = 0',
    'Binary',
    ` ${[...names, 'never'].join('\n ')}`,
    'End',
  ].join('\n');
}
