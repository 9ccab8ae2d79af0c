/** Withdrawn content is not booked. */
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { Fault } from '../../protocol/errors.ts';
import type { CatalogueSnapshot } from '../stores/catalogue-store.ts';

/** The withdrawn creatives of `campaign`, as faults; what the live `stored` one names already may stand, so that it can still be edited. */
export function withdrawnCreatives(
  campaign: Campaign,
  stored: Campaign | undefined,
  { media, slogans }: Pick<CatalogueSnapshot, 'media' | 'slogans'>,
): Fault[] {
  const booked = new Set(stored?.state === 'live' ? stored.creatives.map(({ item }) => item) : []);
  const isWithdrawn = (id: string): boolean => ((media.get(id) ?? slogans.get(id))?.withdrawnAtMs ?? null) !== null;
  return campaign.creatives.flatMap(({ item }, k) =>
    isWithdrawn(item) && !booked.has(item)
      ? [{ place: `creatives.${k}.item`, value: item, allowed: 'content that is not withdrawn' }]
      : [],
  );
}
