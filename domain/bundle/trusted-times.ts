/** When something was in the log, by the word of those an inspector trusts: checkpoints of former times with who cosigned them and when. */
import { type Checkpoint, signatureBy, type VerifySignature } from '../tlog/checkpoint.ts';
import { isQuorum, type Policy } from '../tlog/policy.ts';

/** What the policy's keys say of a checkpoint. `atMs`: by when as many had signed as the policy asks for, null where they did not or no signature tells a time. */
export type Vouched = {
  isSigned: boolean;
  isForged: boolean;
  isQuorum: boolean;
  witnesses: string[];
  atMs: number | null;
};

/** Verifies the signatures of all keys of `policy` under a checkpoint. */
export async function vouch(checkpoint: Checkpoint, policy: Policy, verify: VerifySignature): Promise<Vouched> {
  const logs = policy.logs.filter((key) => key.name === checkpoint.origin);
  const own = await Promise.all(logs.map((key) => signatureBy(checkpoint, key, verify)));
  // Each key of the log that the policy names: a second one is there for the day when the first no longer holds.
  const isSigned = own.length > 0 && own.every((one) => one !== null && one !== 'forged');
  let isForged = own.includes('forged');
  const signed: { name: string; timeS: number }[] = [];
  for (const { name, key } of policy.witnesses) {
    const standing = await signatureBy(checkpoint, key, verify);
    if (standing === 'forged') isForged = true;
    else if (standing?.timeS) signed.push({ name, timeS: standing.timeS });
  }
  signed.sort((a, b) => a.timeS - b.timeS);
  const witnesses = signed.map(({ name }) => name);
  // The log's own word on the time stands in where no witness is asked for.
  const ownTimeS = own
    .map((one) => (one === null || one === 'forged' ? null : one.timeS))
    .find((timeS) => timeS !== null);
  const enough = signed.findIndex((_, k) => isQuorum(policy, new Set(witnesses.slice(0, k + 1))));
  const timeS = policy.quorum === null ? ownTimeS : signed[enough]?.timeS;
  return {
    isSigned,
    isForged,
    isQuorum: isQuorum(policy, new Set(witnesses)),
    witnesses,
    atMs: timeS == null ? null : timeS * 1000,
  };
}

/** A checkpoint of that size was vouched for at that time (UTC ms). */
export type TimeMark = { size: number; atMs: number };

/** Between which times something came to be, UTC ms; null where nobody says. */
export type Bracket = { notBeforeMs: number | null; notAfterMs: number | null };

/** Answers when an entry joined the log and when a tree of some size had been reached. */
export type TrustedTimes = {
  /** The last time at which the log was vouched for with no more than `size` entries. */
  notBefore(size: number): number | null;
  /** The first time at which the log was vouched for with the entry at `index` in it. */
  notAfter(index: number): number | null;
};

/** Times from marks, in any order. */
export function trustedTimes(marks: readonly TimeMark[]): TrustedTimes {
  const bySize = [...marks].sort((a, b) => a.size - b.size || a.atMs - b.atMs);
  /** First mark of a size above `size`. */
  function firstAbove(size: number): number {
    let [low, high] = [0, bySize.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((bySize[middle]?.size ?? 0) > size) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  return {
    notBefore: (size) => bySize[firstAbove(size) - 1]?.atMs ?? null,
    notAfter: (index) => bySize[firstAbove(index)]?.atMs ?? null,
  };
}
