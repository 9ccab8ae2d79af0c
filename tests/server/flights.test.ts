/** Flights of consecutive days: each screen's standing, and extensions by exactly the days needed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import { type FlightView, flightSchema } from '../../protocol/http/views.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';
import { enrolScreen, type TestScreen } from '../helpers/test-screen.ts';

const ID = 'visits.min.f1';
let server: TestController;
let screen: TestScreen;

beforeEach(async () => {
  server = await startTestController();
  screen = await enrolScreen(server);
});
afterEach(async () => {
  screen.socket.disconnect();
  await server.close();
});

/** Three a day from 1 to 5 July, three days in a row, by two more days if need be. */
const campaign = (to = '2026-07-05', extendDays = 2): Campaign => {
  const base = filmCampaign(3);
  return {
    ...base,
    extendDays,
    flights: base.flights.map((flight) => ({ ...flight, to })),
    commitments: base.commitments.map((c) => ({ ...c, minConsecutiveDays: 3 })),
  };
};
const put = async (entity: Campaign): Promise<void> => {
  expect((await server.api('PUT', '/api/campaigns/visits', entity)).status).toBe(200);
  await server.controller.services.planning.settled();
};
const at = (date: string, time = '08:00'): number => Date.parse(`${date}T${time}:00+08:00`);
const goTo = async (date: string, time?: string): Promise<void> => {
  server.clock.set(at(date, time));
  await server.controller.services.planning.recompute();
};
/** Plays `count` promised cards on a date and closes it. */
const playDay = async (date: string, count: number): Promise<void> => {
  const plays = Array.from({ length: count }, (_, k) => ({
    commitment: ID,
    item: 'card-1',
    atMs: at(date) + k * 10_000,
    durationMs: 10_000,
  }));
  if (count > 0) expect(await screen.play(date, plays)).toMatchObject({ kind: 'stored' });
  expect(await screen.close(date, { [ID]: count }, count < 3 ? { [ID]: 'player-down' } : {})).toMatchObject({
    kind: 'stored',
  });
};
const flight = async (): Promise<FlightView> =>
  flightSchema.parse((await server.controller.services.flights.list(null))[0]);
const extend = async (): Promise<string | null> =>
  (await server.controller.services.jobs.run('flight-extension')).lastDetail;
const extendedTo = (): string | null =>
  server.catalogue.snapshot().campaigns.get('visits')?.flights[0]?.extendedTo ?? null;

describe('flights', () => {
  test('[V12] each screen is told by its kept days, and the date on which it can still keep the promise', async () => {
    await put(campaign());
    await playDay('2026-07-01', 3);
    await playDay('2026-07-02', 1);
    await playDay('2026-07-03', 3);
    await goTo('2026-07-04');
    expect(await flight()).toMatchObject({
      screens: 1,
      counts: { reachable: 1, kept: 0, lost: 0, unknown: 0 },
      days: { kept: 2, short: 1, unknown: 0 },
      longestRun: 1,
      reachOn: '2026-07-05',
      rows: [{ screen: { id: 'screen-1' }, verdict: { kind: 'reachable', on: '2026-07-05' }, run: 1 }],
    });
    await playDay('2026-07-04', 3);
    await goTo('2026-07-05', '23:00');
    await playDay('2026-07-05', 3);
    expect(await flight()).toMatchObject({ counts: { kept: 1 }, longestRun: 3, shortestRun: 3, reachOn: null });
  });

  test('[V14] a flight is extended by exactly the days needed, and programs follow', async () => {
    await put(campaign());
    await playDay('2026-07-01', 3);
    await playDay('2026-07-02', 3);
    await playDay('2026-07-03', 0);
    await goTo('2026-07-04');
    expect(await extend()).toBe('visits f1 extended to 2026-07-06');
    await goTo('2026-07-04', '23:00');
    await playDay('2026-07-04', 0);
    expect((await flight()).counts).toMatchObject({ extendable: 1 });
    expect(await extend()).toBe('visits f1 extended to 2026-07-07');
    expect(extendedTo()).toBe('2026-07-07');
    await server.controller.services.planning.settled();
    expect(screen.program().program.commitments[0]?.to).toBe('2026-07-07');
    expect(await flight()).toMatchObject({ counts: { reachable: 1 }, reachOn: '2026-07-07' });
    await extend();
    expect(extendedTo()).toBe('2026-07-07');
  });

  test('[V14] a form that was opened before an extension does not take it back; another end does', async () => {
    const stale = campaign();
    await server.catalogue.apply([
      {
        op: 'put',
        collection: 'campaigns',
        entity: { ...stale, flights: stale.flights.map((f) => ({ ...f, extendedTo: '2026-07-07' })) },
      },
    ]);
    await server.api('PUT', '/api/campaigns/visits', stale);
    expect(extendedTo()).toBe('2026-07-07');
    const longer = { ...stale, flights: stale.flights.map((f) => ({ ...f, to: '2026-07-09' })) };
    await server.api('PUT', '/api/campaigns/visits', longer);
    expect(extendedTo()).toBeNull();
  });

  test('[V14] a log that is only late extends nothing; three days later its day counts as missed', async () => {
    await put(campaign('2026-07-05', 5));
    await playDay('2026-07-01', 3);
    await playDay('2026-07-02', 0);
    await goTo('2026-07-04', '23:00');
    await playDay('2026-07-04', 3);
    await goTo('2026-07-05', '23:00');
    expect((await flight()).rows[0]?.verdict).toEqual({ kind: 'unknown', missingLogs: 1 });
    await playDay('2026-07-05', 3);
    await goTo('2026-07-06');
    expect(await extend()).toBe('no flight to extend');
    await goTo('2026-07-07');
    // The sixth and the seventh were not promised, so that the run has to begin anew.
    expect(await extend()).toBe('visits f1 extended to 2026-07-10');
  });

  test('[V14] where the days do not fit the flight stays as it is, and the screen has an incident that says so', async () => {
    await put(campaign('2026-07-03', 2));
    await playDay('2026-07-01', 0);
    const saturday = { ...server.catalogue.snapshot().screens.get('screen-1') };
    const openingHours = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '06:00', to: '22:00' }];
    expect((await server.api('PUT', '/api/screens/screen-1', { ...saturday, openingHours })).status).toBe(200);
    await goTo('2026-07-02');
    expect(await extend()).toBe('visits f1 not extended to 2026-07-04: 2026-07-04 do not fit');
    expect(extendedTo()).toBeNull();
    expect((await flight()).refused).toEqual({ to: '2026-07-04', dates: ['2026-07-04'] });
    await server.controller.services.jobs.run('incident-watch');
    expect(server.controller.services.incidents.openOf('screen-1')).toMatchObject([
      { kind: 'at-risk', detail: expect.stringContaining('2026-07-04') },
    ]);
  });
});
