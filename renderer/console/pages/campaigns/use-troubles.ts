/** The troubles of a booking, with the promises of the form and of all other campaigns known by name. */
import { useMemo } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { Booking } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { placedDurationMs } from '../library/library-items.ts';
import { countsThatFit, type FittingCount, type Trouble, troublesOf } from './booking-summary.ts';
import { useCampaignForm } from './form-context.ts';
import { findPromise, promiseKey } from './promise-names.ts';

/** Troubles, and for each of the form's promises the count that would fit everywhere; empty where the booking fits, or is not known. */
export function useTroubles(booking: Booking | null): {
  troubles: Trouble[];
  counts: FittingCount[];
} {
  const { draft, library } = useCampaignForm();
  const campaigns = useApi(API.campaigns).data;
  return useMemo(() => {
    if (!booking || booking.fits) return { troubles: [], counts: [] };
    const troubles = troublesOf(booking, (id) => promiseKey(id, draft, campaigns ?? []));
    const indexOf = (id: string): number | null => {
      const found = findPromise(id, draft, campaigns ?? []);
      return found.of === 'draft' ? found.index : null;
    };
    const durations = draft.creatives.map(
      (creative) => placedDurationMs(creative, library.byId.get(creative.item)) ?? 0,
    );
    const shortestMs = Math.min(...durations.filter((durationMs) => durationMs > 0));
    const promises = draft.commitments.map(({ minPlays }) => ({ minPlays, shortestMs }));
    return { troubles, counts: countsThatFit(troubles, { indexOf, promises }) };
  }, [booking, draft, campaigns, library.byId]);
}
