/** The troubles of a booking, with the promises of the form and of all other campaigns known by name. */
import { useMemo } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { Booking } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { countsThatFit, type FittingCount, type Trouble, troublesOf } from './booking-summary.ts';
import { useCampaignDraft } from './form-context.ts';
import { promiseKey } from './promise-names.ts';

/** Troubles, and for each of the form's promises the count that would fit; empty where the booking fits, or is not known. */
export function useTroubles(booking: Booking | null): {
  troubles: Trouble[];
  counts: FittingCount[];
} {
  const draft = useCampaignDraft();
  const campaigns = useApi(API.campaigns).data;
  return useMemo(() => {
    if (!booking || booking.fits) return { troubles: [], counts: [] };
    const troubles = troublesOf(booking, (id) => promiseKey(id, draft, campaigns ?? []));
    return { troubles, counts: countsThatFit(booking, draft?.commitments ?? []) };
  }, [booking, draft, campaigns]);
}
