/** Where a campaign stands today: what its state and its flights say together. */
import { type Campaign, flightEnd } from '../../../../domain/catalogue/campaign.ts';

/** draft; upcoming (first flight ahead); running; pause (between flights); over (last flight past); ended (withdrawn). */
export const PHASES = ['running', 'pause', 'upcoming', 'draft', 'over', 'ended'] as const;

/** One of {@link PHASES}. */
export type Phase = (typeof PHASES)[number];

/** The phase of a campaign on the local date `today`. */
export function campaignPhase(campaign: Pick<Campaign, 'state' | 'flights'>, today: string): Phase {
  if (campaign.state !== 'live') return campaign.state;
  if (campaign.flights.some((flight) => flight.from <= today && today <= flightEnd(flight))) return 'running';
  if (campaign.flights.every((flight) => flightEnd(flight) < today)) return 'over';
  return campaign.flights.some((flight) => flightEnd(flight) < today) ? 'pause' : 'upcoming';
}

/** Running ones first, then those to come, those past last; within a phase by first day, then by name. */
export function byPhase(today: string): (a: Campaign, b: Campaign) => number {
  return (a, b) => {
    const phases = PHASES.indexOf(campaignPhase(a, today)) - PHASES.indexOf(campaignPhase(b, today));
    return phases || firstDay(a).localeCompare(firstDay(b)) || a.name.localeCompare(b.name, 'zh');
  };
}

function firstDay(campaign: Campaign): string {
  return campaign.flights.map(({ from }) => from).sort()[0] ?? '';
}
