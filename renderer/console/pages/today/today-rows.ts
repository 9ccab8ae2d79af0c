/** Counting and filtering the promises of today. */
import type { CommitmentDay, TargetDay, Verdict } from '../../../../protocol/http/views.ts';

/** A line of today's list: a promise on one screen, or (`screen` null) one of a whole target with what is said of its screens. */
export type TodayLine = Omit<CommitmentDay, 'screen' | 'closed'> & {
  screen: CommitmentDay['screen'] | null;
  target: Pick<TargetDay, 'screens' | 'missingLogs' | 'timeZone'> | null;
};

/** How many promises bear each verdict. */
export type VerdictCounts = Record<Verdict, number>;

/** What a person narrowed the list to besides a verdict; null or empty leaves a filter out. */
export type TodayFilter = {
  /** Ids of the units meant, those below included. */
  units: ReadonlySet<string> | null;
  campaign: string | null;
  search: string;
};

/** Verdicts worst first, as the list is ordered. */
export const WORST_FIRST: readonly Verdict[] = ['short', 'at-risk', 'unknown', 'on-track', 'met-by-make-good', 'met'];

/** All lines, worst first as the server gives them; a whole target stands before the screens of the same verdict. */
export function todayLines(rows: readonly CommitmentDay[], targets: readonly TargetDay[]): TodayLine[] {
  const wholes = targets.map(
    ({ screens, missingLogs, timeZone, ...day }): TodayLine => ({
      ...day,
      screen: null,
      scope: 'target',
      forms: ['count'],
      broken: [],
      target: { screens, missingLogs, timeZone },
    }),
  );
  const single = rows.map((row): TodayLine => ({ ...row, target: null }));
  return WORST_FIRST.flatMap((wanted) => [...withVerdict(wholes, wanted), ...withVerdict(single, wanted)]);
}

/** A screen's part of a count that is promised for a whole target: it is listed, but it is no promise of its own. */
export const isPart = ({ scope, screen }: Pick<TodayLine, 'scope' | 'screen'>): boolean =>
  scope === 'target' && screen !== null;

/** How many of `rows` bear each verdict; together they are all of them. */
export function countVerdicts(rows: readonly { verdict: Verdict }[]): VerdictCounts {
  const counts: VerdictCounts = {
    met: 0,
    'met-by-make-good': 0,
    'on-track': 0,
    'at-risk': 0,
    short: 0,
    unknown: 0,
  };
  for (const { verdict } of rows) counts[verdict] += 1;
  return counts;
}

/** The rows that pass `filter`, of any verdict, so that each verdict can be offered with its count. A whole target belongs to no unit. */
export function narrowRows<R extends Pick<TodayLine, 'screen' | 'campaign'>>(
  rows: readonly R[],
  filter: TodayFilter,
): R[] {
  const wanted = filter.search.trim().toLocaleLowerCase();
  return rows.filter(({ screen, campaign }) => {
    if (filter.units && (screen === null || !filter.units.has(screen.unitId))) return false;
    if (filter.campaign !== null && campaign.id !== filter.campaign) return false;
    if (wanted === '') return true;
    const words = [screen?.name, screen?.nameEn, screen?.id, campaign.name, campaign.nameEn];
    return words.some((word) => word?.toLocaleLowerCase().includes(wanted));
  });
}

/** Those of `rows` that bear `verdict`; all of them for null. */
export function withVerdict<R extends { verdict: Verdict }>(rows: readonly R[], verdict: Verdict | null): R[] {
  return verdict === null ? [...rows] : rows.filter((row) => row.verdict === verdict);
}

/** The summary's parts, in the order they are read: kept (make-goods among them), then what is open, worst last. */
export function summaryParts(
  counts: VerdictCounts,
): { key: 'met' | Exclude<Verdict, 'met' | 'met-by-make-good'>; n: number }[] {
  const parts = [
    { key: 'met', n: counts.met + counts['met-by-make-good'] },
    { key: 'on-track', n: counts['on-track'] },
    { key: 'at-risk', n: counts['at-risk'] },
    { key: 'short', n: counts.short },
    { key: 'unknown', n: counts.unknown },
  ] as const;
  return parts.filter(({ n }) => n > 0);
}

/**
 * The rows in the order of the server, worst first, but with those nobody can be expected to know anything of (a screen that has
 * no player yet, a channel whose log has not come) after what is under way and before what is kept.
 */
export function openFirst<R extends Pick<TodayLine, 'verdict' | 'screen' | 'reasons'>>(rows: readonly R[]): R[] {
  const rank = ({ verdict, screen, reasons }: R): number => {
    if (verdict === 'met' || verdict === 'met-by-make-good') return 2;
    return verdict === 'unknown' && (screen?.kind === 'external' || reasons.includes('not-enrolled')) ? 1 : 0;
  };
  return [0, 1, 2].flatMap((wanted) => rows.filter((row) => rank(row) === wanted));
}

/** Key of a line: one promise on one screen, or of a whole target, and date. */
export const rowKey = ({ date, screen, commitment }: TodayLine): string => `${date} ${screen?.id ?? ''} ${commitment}`;
