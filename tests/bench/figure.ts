/** One measured figure of `npm run bench`, and what a group of them is. */

/** A figure; `ratio` = ours / reference, both measured in the same run; null where there is no reference. */
export type Figure = { name: string; value: number; unit: string; reference: string | null; ratio: number | null };

/** A bench group: measures and reports its figures one by one. */
export type BenchGroup = (report: (figure: Figure) => void) => Promise<void>;

/** The middle of the sorted samples. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
