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
    share: '占比 ≥ {{percent}}%',
    gap: '间隔 ≤ {{n}} 分钟',
    days: '连续 ≥ {{n}} 天',
  },
  en: {
    plays: '≥ {{n}} a day',
    share: '≥ {{percent}}% of plays',
    gap: 'every {{n}} min',
    days: '≥ {{n}} days running',
  },
});

/** Short clauses of a promise, its daily count first. */
export function promiseClauses(commitment: Commitment, t: Say<'plays' | 'share' | 'gap' | 'days'>): string[] {
  const { minPlays, minShare, maxGapMin, minConsecutiveDays, dayParts } = commitment;
  return [
    ...(minPlays > 0 ? [t('plays', { n: minPlays })] : []),
    ...dayParts.map(({ from, to }) => `${from}–${to}`),
    ...(minShare === null ? [] : [t('share', { percent: Math.round(minShare * 1000) / 10 })]),
    ...(maxGapMin === null ? [] : [t('gap', { n: maxGapMin })]),
    ...(minConsecutiveDays === null ? [] : [t('days', { n: minConsecutiveDays })]),
  ];
}

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
