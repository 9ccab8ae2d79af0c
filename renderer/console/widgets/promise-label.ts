/** What distinguishes a promise from the others of its campaign: phase, hours, limits. */

import { useCallback, useMemo } from 'react';
import type { Campaign, Commitment, Flight } from '../../../domain/catalogue/campaign.ts';
import { programCommitmentId } from '../../../domain/plan/build-program.ts';
import { API } from '../../../protocol/http/api.ts';
import { useApi } from '../api/use-api.ts';
import { defineTexts, type Say, useTexts } from '../i18n/i18n.ts';
import { useNameOf } from './entity-name.ts';

/** Words of promises. */
export const promiseTexts = defineTexts('promise', {
  zh: {
    plays: '每日 ≥ {{n}} 次',
    together: '合计每日 ≥ {{n}} 次',
    exact: '{{times}} 准点',
    exactMany: '{{times}} 等 {{n}} 个时刻准点',
    share: '次数占比 ≥ {{percent}}%',
    airtime: '时长占比 ≥ {{percent}}%',
    gap: '间隔 ≤ {{n}} 分钟',
    days: '连续 ≥ {{n}} 天',
  },
  en: {
    plays: '≥ {{n}} a day',
    together: '≥ {{n}} a day in all',
    exact: '{{times}} sharp',
    exactMany: '{{n}} exact times from {{times}}',
    share: '≥ {{percent}}% of plays',
    airtime: '≥ {{percent}}% of airtime',
    gap: '≤ {{n}} min apart',
    days: '≥ {{n}} days running',
  },
});

type Clauses = Say<'plays' | 'together' | 'exact' | 'exactMany' | 'share' | 'airtime' | 'gap' | 'days'>;

/** So many exact times are listed; of more, the first. */
const MOST_TIMES = 3;

/** Short clauses of a promise, its daily count or its exact times first. */
export function promiseClauses(commitment: Commitment, t: Clauses): string[] {
  const { minShare, minAirtimeShare, maxGapMin, minConsecutiveDays, dayParts } = commitment;
  return [
    ...countClause(commitment, t),
    ...dayParts.map(({ from, to }) => `${from}–${to}`),
    ...(minShare === null ? [] : [t('share', { percent: percentOf(minShare) })]),
    ...(minAirtimeShare === null ? [] : [t('airtime', { percent: percentOf(minAirtimeShare) })]),
    ...(maxGapMin === null ? [] : [t('gap', { n: maxGapMin })]),
    ...(minConsecutiveDays === null ? [] : [t('days', { n: minConsecutiveDays })]),
  ];
}

function countClause({ exactTimes, scope, minPlays }: Commitment, t: Clauses): string[] {
  const n = exactTimes.length;
  if (n > MOST_TIMES) return [t('exactMany', { times: exactTimes[0] ?? '', n })];
  if (n > 0) return [t('exact', { times: exactTimes.join(' ') })];
  return minPlays > 0 ? [t(scope === 'target' ? 'together' : 'plays', { n: minPlays })] : [];
}

/** A share (0 to 1) in percent with at most one decimal. */
const percentOf = (share: number): number => Math.round(share * 1000) / 10;

/** A promise found by the id it has in programs, records and counters. */
export type KnownPromise = { campaign: Campaign; commitment: Commitment; flight: Flight };

/** Every promise of `campaigns` by that id. */
export function promisesById(campaigns: readonly Campaign[]): Map<string, KnownPromise> {
  const found = new Map<string, KnownPromise>();
  for (const campaign of campaigns)
    for (const flight of campaign.flights)
      for (const commitment of campaign.commitments)
        found.set(programCommitmentId(campaign.id, commitment.id, flight.id), { campaign, commitment, flight });
  return found;
}

/** Gives a promise's label by its id: phase (where there are several) and clauses; the id where it is not known. */
export function usePromiseLabel(): (id: string) => string {
  const t = useTexts(promiseTexts);
  const nameOf = useNameOf();
  const campaigns = useApi(API.campaigns);
  const loading = campaigns.isLoading;
  const known = useMemo(() => promisesById(campaigns.data ?? []), [campaigns.data]);
  return useCallback(
    (id) => {
      const promise = known.get(id);
      if (!promise) return loading ? '' : id;
      const phase = promise.campaign.flights.length > 1 ? [nameOf(promise.flight)] : [];
      return [...phase, ...promiseClauses(promise.commitment, t)].join(' · ');
    },
    [known, loading, nameOf, t],
  );
}
