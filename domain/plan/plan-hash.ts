/** The name of a plan: equal plans, and only they, have equal hashes on every machine. */
import type { Sha256 } from '../proof/merkle.ts';
import { contentHash } from '../proof/segment.ts';
import type { DayPlan } from './day-plan.ts';

/** SHA-256 over the canonical JSON of `plan`, hexadecimal. */
export const planHash = (plan: DayPlan, sha256: Sha256): string => contentHash(plan, sha256);
