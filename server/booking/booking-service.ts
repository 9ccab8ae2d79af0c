/** The booking check: whether a campaign, with all that is booked already, fits every target screen on every day. */
import { type Campaign, isTargeted } from '../../domain/catalogue/campaign.ts';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import { buildProgram, campaignsOf, type ProgramSources } from '../../domain/plan/build-program.ts';
import { checkProgram, type ProgramCheck } from '../../domain/plan/check-program.ts';
import { validateProgram } from '../../domain/plan/validate-program.ts';
import { serviceDate } from '../../domain/time/opening-hours.ts';
import type { Fault } from '../../protocol/errors.ts';
import type { Booking } from '../../protocol/http/views.ts';
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';

/** What the booking service offers. */
export type BookingService = {
  /** Checks a campaign as if it were live, from today to the end of its last flight. Fails with `bad-request` for contradictions. */
  check(campaign: Campaign): Booking;
  /** Fails with `does-not-fit` and one fault a problem, unless the campaign gives a reason to be booked all the same. */
  demandFit(campaign: Campaign): void;
};

/** Makes the service. */
export function createBookingService(deps: { catalogue: CatalogueStore; clock: Clock }): BookingService {
  const { catalogue, clock } = deps;

  function check(campaign: Campaign): Booking {
    const snapshot = catalogue.snapshot();
    const live: Campaign = { ...campaign, state: 'live' };
    const sources: ProgramSources = { ...snapshot, campaigns: new Map(snapshot.campaigns).set(live.id, live) };
    const screens = [...snapshot.screens.values()].filter(
      (s) => s.kind === 'player' && isTargeted(live, s, snapshot.units),
    );
    const to =
      live.flights
        .map((flight) => flight.to)
        .sort()
        .at(-1) ?? '';
    const checks = new Map<string, { screens: string[]; outcome: ProgramCheck }>();
    for (const screen of screens) {
      const key = inputsOf(screen, sources, clock);
      const known = checks.get(key);
      if (known) known.screens.push(screen.id);
      else checks.set(key, { screens: [screen.id], outcome: checkScreen(screen, live, sources, to) });
    }
    const outcomes = [...checks.values()];
    return {
      fits: outcomes.every(({ outcome }) => outcome.failing.length === 0),
      targetScreens: screens.length,
      load: Math.max(0, ...outcomes.map(({ outcome }) => outcome.bookedShare)),
      problems: outcomes.flatMap(({ screens: ids, outcome }) => problemsOf(ids, outcome)),
    };
  }

  function checkScreen(screen: Screen, campaign: Campaign, sources: ProgramSources, to: string): ProgramCheck {
    const date = serviceDate(screen.openingHours, screen.timeZone, clock.nowMs());
    const program = buildProgram(screen, campaignsOf(screen, sources, date), sources, date, sha256);
    const faults = validateProgram(program);
    if (faults.length > 0) {
      throw new Failure('bad-request', `campaign ${campaign.id} cannot be planned on screen ${screen.id}`, faults);
    }
    const first = campaign.flights.map((flight) => flight.from).sort()[0] ?? to;
    // Dates sort as text.
    const from = [first, date].sort()[1] ?? date;
    return checkProgram(program, from, to);
  }

  return {
    check,
    demandFit(campaign) {
      const booking = check(campaign);
      if (booking.fits || campaign.overrideReason !== null) return;
      const faults: Fault[] = booking.problems.flatMap(({ screens, dates, conflicts }) =>
        conflicts.map((c) => ({
          place: `screens ${screens.slice(0, 5).join(', ')}${screens.length > 5 ? ` and ${screens.length - 5} more` : ''}, ${dates[0]}`,
          value: c.commitments.join(', '),
          allowed: `at most ${c.fits} plays of ${c.commitments[0]} a day fit (${c.kind}, ${c.overflowMs} ms too much)`,
        })),
      );
      throw new Failure(
        'does-not-fit',
        `campaign ${campaign.id} does not fit; give an overrideReason to book it all the same`,
        faults.slice(0, 50),
      );
    },
  };
}

/** What of a screen decides its program. */
function inputsOf(screen: Screen, sources: ProgramSources, clock: Clock): string {
  const date = serviceDate(screen.openingHours, screen.timeZone, clock.nowMs());
  const campaigns = campaignsOf(screen, sources, date).map((c) => c.id);
  return JSON.stringify([date, screen.timeZone, screen.openingHours, screen.loopId, campaigns]);
}

/** One problem for all dates on which the same promises fail in the same way. */
function problemsOf(screens: string[], { failing }: ProgramCheck): Booking['problems'] {
  const byCause = new Map<string, Booking['problems'][number]>();
  for (const { dates, conflicts } of failing) {
    const cause = JSON.stringify(
      conflicts.map(({ kind, commitments, overflowMs, fits }) => [kind, commitments, overflowMs, fits]),
    );
    const known = byCause.get(cause);
    if (known) known.dates = [...known.dates, ...dates].sort();
    else byCause.set(cause, { screens, dates: [...dates], conflicts });
  }
  return [...byCause.values()];
}
