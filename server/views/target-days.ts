/** Counts promised for whole targets: the rows of their screens, summed and judged against the whole count. */
import { judgeTargetDay } from '../../domain/compliance/target-verdict.ts';
import { verdictRank } from '../../domain/compliance/verdict.ts';
import { programCommitmentId } from '../../domain/plan/build-program.ts';
import type { CommitmentDay, TargetDay } from '../../protocol/http/views.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';

/** The target-wide promises among `rows` (of all screens, not only of those a person sees), worst first. */
export function targetDays(
  rows: readonly CommitmentDay[],
  { campaigns, screens }: Pick<CatalogueSnapshot, 'campaigns' | 'screens'>,
  nowMs: number,
): TargetDay[] {
  const parts = new Map<string, CommitmentDay[]>();
  for (const row of rows) {
    if (row.scope !== 'target') continue;
    const key = `${row.date} ${row.commitment}`;
    const known = parts.get(key);
    if (known) known.push(row);
    else parts.set(key, [row]);
  }
  const counts = wholeCounts(campaigns);
  return [...parts.values()].flatMap((own) => targetDay(own, counts, screens, nowMs)).sort(worstFirst);
}

function targetDay(
  own: readonly CommitmentDay[],
  counts: ReadonlyMap<string, number>,
  known: CatalogueSnapshot['screens'],
  nowMs: number,
): TargetDay[] {
  const [first] = own;
  if (!first) return [];
  const required = counts.get(first.commitment) ?? own.reduce((sum, row) => sum + row.required, 0);
  const parts = own.map((row) => ({ ...row, part: row.required }));
  const { missingLogs, ...judged } = judgeTargetDay(required, parts, nowMs);
  const { expected } = judged;
  const isFinal = judged.verdict === 'short';
  return [
    {
      date: first.date,
      campaign: first.campaign,
      commitment: first.commitment,
      required,
      shortBy: isFinal ? required - judged.proven : expected === null ? null : Math.max(0, required - expected),
      ...judged,
      screens: own.length,
      missingLogs,
      timeZone: known.get(first.screen.id)?.timeZone ?? 'UTC',
    },
  ];
}

/** The whole count of every promise of a target, by the id it has in programs. */
function wholeCounts(campaigns: CatalogueSnapshot['campaigns']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const campaign of campaigns.values())
    for (const { id, scope, minPlays } of campaign.commitments) {
      if (scope !== 'target') continue;
      for (const flight of campaign.flights) counts.set(programCommitmentId(campaign.id, id, flight.id), minPlays);
    }
  return counts;
}

function worstFirst(a: TargetDay, b: TargetDay): number {
  return (
    verdictRank(a.verdict) - verdictRank(b.verdict) ||
    a.date.localeCompare(b.date) ||
    a.commitment.localeCompare(b.commitment)
  );
}
