/** What of a policy a browser can check: all but the keys of ML-DSA-44, which are left out and named. */
import type { InspectionPolicy } from '../../../domain/proof/inspection-policy.ts';
import { KEY_TYPES, type NoteKey } from '../../../domain/tlog/signed-note.ts';

const isCheckable = ({ type }: NoteKey): boolean => type !== KEY_TYPES.cosignMlDsa44;

/**
 * The policy without those keys, and the names of the logs and witnesses they are of. Whoever is left out vouches for nothing; a quorum that needs them is
 * missed, never lowered. That the log signs by such a key too is not asked for.
 */
export function checkablePolicy({ log: policy, units }: InspectionPolicy): {
  policy: InspectionPolicy;
  leftOut: string[];
} {
  const others = [
    ...policy.logs.filter((key) => !isCheckable(key)).map(({ name }) => name),
    ...policy.witnesses.filter(({ key }) => !isCheckable(key)).map(({ name }) => name),
  ];
  return {
    policy: {
      log: {
        ...policy,
        logs: policy.logs.filter(isCheckable),
        witnesses: policy.witnesses.filter(({ key }) => isCheckable(key)),
      },
      units,
    },
    leftOut: [...new Set(others)],
  };
}
