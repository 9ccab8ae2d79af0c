/** The troubles of a booking, with the promises of the form and of all other campaigns known by name. */
import { useMemo } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { Booking } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';
import { type Trouble, troublesOf } from './booking-summary.ts';
import { useCampaignForm } from './form-context.ts';
import { promiseKey } from './promise-names.ts';

/** Empty where the booking fits, or is not known. */
export function useTroubles(booking: Booking | null): Trouble[] {
  const { draft } = useCampaignForm();
  const campaigns = useApi(API.campaigns).data;
  return useMemo(
    () => (booking && !booking.fits ? troublesOf(booking, (id) => promiseKey(id, draft, campaigns ?? [])) : []),
    [booking, draft, campaigns],
  );
}
