/** Where a segment stands in its device's chain: what becomes of a verified segment, given what is kept around its number. */

/** The part of a segment that chains it to its neighbours. Hashes are of the headers, hexadecimal. */
export type ChainLink = {
  epoch: number;
  segment: number;
  firstSeq: number;
  count: number;
  hash: string;
  prev: string | null;
};

/** What is kept of the epoch around a candidate's number. */
export type ChainView = {
  /** First number that is neither stored nor in quarantine (any number not below the candidate's will do where the candidate is not ahead). */
  next: number;
  /** Stored under the candidate's own number. */
  same: ChainLink | null;
  /** The nearest stored one with a lower number. */
  before: ChainLink | null;
  /** The nearest stored one with a higher number. */
  after: ChainLink | null;
};

/** What is to be done with a candidate. */
export type ChainDecision =
  | { kind: 'store' }
  | { kind: 'again' }
  | { kind: 'fork'; storedHash: string }
  | { kind: 'rewind'; epoch: number; segment: number }
  | { kind: 'discontinuous'; reason: string };

/**
 * Decides about `candidate`. A number stored before is the same segment again or a fork; one ahead of the chain has to wait
 * for those before it, unless its device says that they are not there any more (`afterGap`); any other must fit between its stored neighbours. Numbers in quarantine stand for unknown content:
 * they hold at least one record each, and their hash binds nobody, so that a bad segment cannot make a good one bad (I12).
 */
export function decideChain(candidate: ChainLink & { afterGap?: boolean }, view: ChainView): ChainDecision {
  if (view.same) {
    return view.same.hash === candidate.hash ? { kind: 'again' } : { kind: 'fork', storedHash: view.same.hash };
  }
  if (candidate.segment > view.next && !candidate.afterGap)
    return { kind: 'rewind', epoch: candidate.epoch, segment: view.next };
  const reason = misfitBefore(candidate, view.before) ?? misfitAfter(candidate, view.after);
  return reason === null ? { kind: 'store' } : { kind: 'discontinuous', reason };
}

/** First number of an epoch that is neither stored (up to `lastStored`) nor in `quarantined`, which ascends and may repeat. */
export function nextNumber(lastStored: number | null, quarantined: Iterable<number>): number {
  let next = lastStored === null ? 0 : lastStored + 1;
  for (const number of quarantined) {
    if (number > next) break;
    if (number === next) next += 1;
  }
  return next;
}

function misfitBefore(candidate: ChainLink, before: ChainLink | null): string | null {
  const { segment, firstSeq, prev } = candidate;
  if (segment === 0) {
    if (prev !== null) return 'prev is set where an epoch begins: null is allowed';
    return firstSeq === 0 ? null : `firstSeq is ${firstSeq} where an epoch begins: 0 is allowed`;
  }
  if (prev === null) return 'prev is null within an epoch: the hash of the segment before is allowed';
  const end = before ? before.firstSeq + before.count : 0;
  const unknown = segment - 1 - (before ? before.segment : -1);
  if (before && unknown === 0) {
    if (prev !== before.hash) return 'prev does not name the segment before';
    return firstSeq === end ? null : `firstSeq is ${firstSeq} where the segment before ends: ${end} is allowed`;
  }
  return firstSeq >= end + unknown ? null : `firstSeq is ${firstSeq}: at least ${end + unknown} is allowed`;
}

function misfitAfter(candidate: ChainLink, after: ChainLink | null): string | null {
  if (!after) return null;
  const end = candidate.firstSeq + candidate.count;
  const unknown = after.segment - candidate.segment - 1;
  if (unknown === 0) {
    if (after.prev !== candidate.hash) return 'the segment after names another one as the one before it';
    return end === after.firstSeq
      ? null
      : `the records end at ${end} where the segment after begins at ${after.firstSeq}`;
  }
  return end + unknown <= after.firstSeq
    ? null
    : `the records end at ${end}, too close to those from ${after.firstSeq}`;
}
