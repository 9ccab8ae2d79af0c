/** Seeds of random days that once failed a check: tried first in every run. A failure prints its seed; add it here with what was wrong. */
export const PINNED_SEEDS: readonly number[] = [];
