/** What is wrong in a run, by the rule that it breaks. */

/** Invariants of the proof, and the verdicts (V) and sums that rest on it. */
export const RULES = [
  'I1',
  'I2',
  'I3',
  'I4',
  'I5',
  'I6',
  'I7',
  'I8',
  'I9',
  'I10',
  'I11',
  'I12',
  'I14',
  'I15',
  'totals',
  'takeover',
  'unexplained',
  'verdict',
] as const;

/** One of {@link RULES}. */
export type Rule = (typeof RULES)[number];

/** Tells of something wrong in one sentence. */
export type Fault = (rule: Rule, text: string) => void;

/** A finding. */
export type Finding = { rule: Rule; text: string };

/** Collects findings. */
export function createFindings(): { fault: Fault; all: Finding[] } {
  const all: Finding[] = [];
  return { all, fault: (rule, text) => all.push({ rule, text }) };
}
