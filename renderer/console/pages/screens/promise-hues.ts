/** A colour of its own for each promise of a day, always beside its name. */
import type { CommitmentDay } from '../../../../protocol/http/views.ts';

/** How many colours there are (variables `--hue-0` …); a seventh promise shares the first. */
const HUES = 6;

/** CSS colour by commitment id, in the order of `commitments` sorted by id so that it stays when verdicts change. */
export function promiseHues(commitments: readonly Pick<CommitmentDay, 'commitment'>[]): ReadonlyMap<string, string> {
  const ids = [...new Set(commitments.map(({ commitment }) => commitment))].sort();
  return new Map(ids.map((id, at) => [id, `var(--hue-${at % HUES})`]));
}
