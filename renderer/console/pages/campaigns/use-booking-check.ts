/** Asks the server as one types whether a campaign fits; calls for what is no longer on the form are given up. */
import { useEffect, useMemo, useState } from 'react';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { API } from '../../../../protocol/http/api.ts';
import type { Booking } from '../../../../protocol/http/views.ts';
import { useApi } from '../../api/use-api.ts';

/** What is known: `booking` may be that of a moment ago while `isChecking`. */
export type BookingCheck = { booking: Booking | null; isChecking: boolean; failure: Error | null };

const SETTLE_MS = 350;

/** Checks `campaign` (null: nothing to check yet) whenever it has stood unchanged for a third of a second. */
export function useBookingCheck(campaign: Campaign | null): BookingCheck {
  const asked = useMemo(() => (campaign ? asBooked(campaign) : null), [campaign]);
  const settled = useSettled(asked, SETTLE_MS);
  const query = useApi(
    API.checkCampaign,
    { body: settled ?? UNASKED },
    { enabled: settled !== null, keepPrevious: true, staleMs: 5000 },
  );
  if (!asked) return { booking: null, isChecking: false, failure: null };
  const isChecking = query.isFetching || JSON.stringify(asked) !== JSON.stringify(settled);
  return { booking: query.data ?? null, isChecking, failure: query.data ? null : query.error };
}

/** The campaign as it would be booked: live, and with no excuse. */
export function asBooked(campaign: Campaign): Campaign {
  return { ...campaign, state: 'live', overrideReason: null };
}

function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  const said = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value that says the same starts no new wait
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [said, delayMs]);
  return settled;
}

const UNASKED: Campaign = {
  id: 'unasked',
  name: 'unasked',
  nameEn: null,
  unitId: 'unasked',
  state: 'draft',
  flights: [],
  weekdays: [],
  dayParts: [],
  creatives: [],
  targets: { units: [], venues: [], tags: [], screens: [] },
  commitments: [],
  frontLoad: 1,
  separation: null,
  extendDays: 0,
  overrideReason: null,
};
