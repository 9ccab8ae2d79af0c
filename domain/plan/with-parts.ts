/** A program with its screen's parts of the counts that are promised for all target screens together. */
import type { Program, ProgramCommitment } from './program.ts';

/** Whether the count of `commitment` is promised for all target screens together, and so shared out between them. */
export const isSharedOut = (commitment: Pick<ProgramCommitment, 'scope' | 'exactTimes'>): boolean =>
  commitment.scope === 'target' && commitment.exactTimes.length === 0;

/**
 * `program` with `parts` (by id of the commitment, plays a day) as the minimums of counts that are shared out. A commitment without a part
 * stays, with 0: what the screen played of it before goes on counting.
 */
export function withParts(program: Program, parts: ReadonlyMap<string, number>): Program {
  if (!program.commitments.some(isSharedOut)) return program;
  const commitments = program.commitments.map((c) => (isSharedOut(c) ? { ...c, minPlays: parts.get(c.id) ?? 0 } : c));
  return { ...program, commitments };
}

/** `program` without the counts that are shared out: what a channel without a player promises. */
export const withoutParts = (program: Program): Program =>
  program.commitments.some(isSharedOut)
    ? { ...program, commitments: program.commitments.filter((c) => !isSharedOut(c)) }
    : program;
