/** Counts promised for whole targets: the rows of their screens, summed and judged against the whole count. */
import type { Creative } from '../../domain/catalogue/campaign.ts';
import { judgeTargetDay } from '../../domain/compliance/target-verdict.ts';
import { verdictRank } from '../../domain/compliance/verdict.ts';
import { programCommitmentId } from '../../domain/plan/build-program.ts';
import type { CommitmentDay, TargetDay } from '../../protocol/http/views.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';

/** The target-wide promises among `rows` (of all screens, not only of those a person sees), worst first. */
export function targetDays(
  rows: readonly CommitmentDay[],
  catalogue: Pick<CatalogueSnapshot, 'campaigns' | 'screens' | 'media' | 'slogans'>,
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
  const wholes = wholeCounts(catalogue);
  return [...parts.values()].flatMap((own) => targetDay(own, wholes, catalogue.screens, nowMs)).sort(worstFirst);
}

function targetDay(
  own: readonly CommitmentDay[],
  wholes: ReadonlyMap<string, WholeCount>,
  known: CatalogueSnapshot['screens'],
  nowMs: number,
): TargetDay[] {
  const [first] = own;
  if (!first) return [];
  const required = wholes.get(first.commitment)?.count ?? own.reduce((sum, row) => sum + row.required, 0);
  const parts = own.map((row) => ({ ...row, part: row.required }));
  const { missingLogs, ...judged } = judgeTargetDay(required, parts, nowMs);
  const { expected } = judged;
  const isFinal = judged.verdict === 'short';
  // Without content no screen has a part, so that none says why.
  const isWithdrawn = wholes.get(first.commitment)?.isWithdrawn && own.every(({ reasons }) => reasons.length === 0);
  const reasons: TargetDay['reasons'] = isWithdrawn && judged.reasons.length > 0 ? ['withdrawn'] : judged.reasons;
  return [
    {
      date: first.date,
      campaign: first.campaign,
      commitment: first.commitment,
      required,
      shortBy: isFinal ? required - judged.proven : expected === null ? null : Math.max(0, required - expected),
      ...judged,
      reasons,
      screens: own.length,
      missingLogs,
      timeZone: known.get(first.screen.id)?.timeZone ?? 'UTC',
    },
  ];
}

/** A count promised for a whole target; `isWithdrawn`: all its content is. */
type WholeCount = { count: number; isWithdrawn: boolean };

/** The whole count of every promise of a target, by the id it has in programs. */
function wholeCounts({
  campaigns,
  media,
  slogans,
}: Pick<CatalogueSnapshot, 'campaigns' | 'media' | 'slogans'>): Map<string, WholeCount> {
  const isOut = ({ item }: Creative): boolean =>
    ((media.get(item) ?? slogans.get(item))?.withdrawnAtMs ?? null) !== null;
  const wholes = new Map<string, WholeCount>();
  for (const campaign of campaigns.values())
    for (const { id, scope, minPlays: count } of campaign.commitments) {
      if (scope !== 'target') continue;
      for (const flight of campaign.flights) {
        const own = campaign.creatives.filter(({ flights: of }) => of.length === 0 || of.includes(flight.id));
        wholes.set(programCommitmentId(campaign.id, id, flight.id), { count, isWithdrawn: own.every(isOut) });
      }
    }
  return wholes;
}

function worstFirst(a: TargetDay, b: TargetDay): number {
  return (
    verdictRank(a.verdict) - verdictRank(b.verdict) ||
    a.date.localeCompare(b.date) ||
    a.commitment.localeCompare(b.commitment)
  );
}
