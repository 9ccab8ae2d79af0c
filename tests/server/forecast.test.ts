/** A screen that falls behind is told of hours before closing, by its player's plan or the server's forecast. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import { addDays } from '../../domain/time/zone-time.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { NOON_UTC_MS, startTestController, type TestController } from '../helpers/test-controller.ts';
import { enrolScreen, type TestScreen } from '../helpers/test-screen.ts';

const DATE = '2026-07-01';
const HOUR = 3_600_000;
/** 06:00 in Shanghai, when the screen opens; it closes at 22:00. */
const OPENS_MS = NOON_UTC_MS - 2 * HOUR;
const CARD_MS = 300_000;

let server: TestController;
let screen: TestScreen;

beforeEach(async () => {
  server = await startTestController();
  server.clock.set(OPENS_MS);
  screen = await enrolScreen(server);
});
afterEach(async () => {
  screen.socket.disconnect();
  await server.close();
});

const put = async (campaign: Campaign): Promise<void> => {
  expect(await server.api('PUT', `/api/campaigns/${campaign.id}`, campaign)).toMatchObject({ status: 200 });
  await server.controller.services.planning.settled();
};
const longCard = (): Promise<unknown> => {
  const { api } = server;
  const card = { name: '标语', unitId: 'town', text: '长标语', shape: 'card', theme: 'red', durationMs: CARD_MS };
  return api('PUT', '/api/slogans/card-1', { id: 'card-1', ...card });
};
const today = async (): Promise<CommitmentDay[]> => (await server.api('GET', '/api/today')).body as CommitmentDay[];
const row = async (commitment: string): Promise<CommitmentDay | undefined> =>
  (await today()).find((r) => r.commitment === commitment);
const openIncidents = async (): Promise<{ kind: string; detail: string }[]> => {
  await server.api('POST', '/api/jobs/incident-watch/run');
  const all = (await server.api('GET', '/api/incidents')).body as { kind: string; detail: string; closedAtMs: null }[];
  return all.filter(({ kind, closedAtMs }) => kind === 'at-risk' && closedAtMs === null);
};

describe('a screen that lost 40 % of its day at 90 % load', () => {
  const IDS = ['a', 'b', 'c'];
  const third = (id: string, state: Campaign['state'] = 'live'): Campaign => ({ ...filmCampaign(57), id, state });
  const late = OPENS_MS + 0.4 * 16 * HOUR;

  beforeEach(async () => {
    await longCard();
    await put({ ...filmCampaign(3), state: 'ended' });
    for (const id of IDS) await put(third(id));
  });

  test('[V15] it gets one incident that names the promises at risk, hours before closing, and loses it when room returns', async () => {
    await screen.report(DATE, {});
    expect(await openIncidents()).toEqual([]);
    server.clock.set(late);
    await screen.report(DATE, {});
    const incidents = await openIncidents();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.detail).toBe('c.min.f1 (player-down)');
    expect(await row('c.min.f1')).toMatchObject({ verdict: 'at-risk', reasons: ['player-down'], metByMs: null });
    expect(await row('a.min.f1')).toMatchObject({ verdict: 'on-track', required: 57, shortBy: 0 });
    // Silence is no sign that anything is better.
    server.controller.services.fleet.disconnected('screen-1');
    expect(await openIncidents()).toHaveLength(1);
    await put(third('b', 'ended'));
    await screen.report(DATE, {});
    expect(await openIncidents()).toEqual([]);
    expect((await row('c.min.f1'))?.verdict).toBe('on-track');
  });

  test('[V8] it is short for certain once even the whole rest of the day would not do', async () => {
    server.clock.set(OPENS_MS + 13 * HOUR);
    await screen.report(DATE, { 'a.min.f1': 57 });
    const [b, a] = [await row('b.min.f1'), await row('a.min.f1')];
    expect(b).toMatchObject({ verdict: 'short', reasons: ['player-down'] });
    expect(b?.shortBy).toBeGreaterThanOrEqual(57 - (3 * HOUR) / CARD_MS);
    // Reported plays are not proven: a is on its way, not met.
    expect(a).toMatchObject({ verdict: 'on-track', played: 57, proven: 0 });
    expect(await openIncidents()).toEqual([]);
  });

  test('[V4] offline, nobody knows: no forecast, no verdict', async () => {
    server.clock.set(late);
    await screen.report(DATE, { 'a.min.f1': 20 });
    server.controller.services.fleet.disconnected('screen-1');
    expect(await row('a.min.f1')).toMatchObject({ verdict: 'unknown', expected: null, played: 20 });
  });
});

describe('what the player says', () => {
  test('[V5] the plan of the player stands above the forecast of the server, with its reason', async () => {
    await screen.report(DATE, {}, { short: { 'visits.min.f1': { by: 2, reason: 'media-missing', lost: false } } });
    expect(await row('visits.min.f1')).toMatchObject({
      verdict: 'at-risk',
      reasons: ['media-missing'],
      expected: 1,
      shortBy: 2,
    });
    await screen.report(DATE, {}, { short: {} });
    expect(await row('visits.min.f1')).toMatchObject({ verdict: 'on-track', reasons: [] });
  });

  test('[V5] what it says of another program does not count', async () => {
    const short = { 'visits.min.f1': { by: 2, reason: 'media-missing' as const, lost: false } };
    await screen.report(DATE, {}, { short, program: '0'.repeat(64) });
    expect(await row('visits.min.f1')).toMatchObject({ verdict: 'on-track', shortBy: 0 });
  });
});

describe('forecasts', () => {
  test('[V5] the count expected by closing and the time by which it is met move with the plays', async () => {
    await screen.report(DATE, {});
    const first = await row('visits.min.f1');
    expect(first?.metByMs).toBeGreaterThan(OPENS_MS);
    expect(first?.expected).toBeGreaterThanOrEqual(3);
    expect(first?.metByMs).toBeLessThan(OPENS_MS + 16 * HOUR);
    server.clock.advance(6 * HOUR);
    await screen.report(DATE, { 'visits.min.f1': 3 });
    expect(await row('visits.min.f1')).toMatchObject({ metByMs: null, played: 3, verdict: 'on-track' });
  });

  test('[V16] a screen that keeps to its plan is forecast once in five minutes, one that falls behind sooner', async () => {
    const { forecasts } = server.controller.services;
    await screen.report(DATE, {});
    await today();
    await today();
    expect(forecasts.made()).toBe(1);
    server.clock.advance(4 * 60_000);
    await today();
    expect(forecasts.made()).toBe(1);
    server.clock.advance(60_000);
    await today();
    expect(forecasts.made()).toBe(2);
    await put(filmCampaign(96));
    await screen.report(DATE, {});
    await today();
    expect(forecasts.made()).toBe(3);
    // Plays that should have come did not: it is not waited for five minutes, nor looked at every time.
    server.clock.advance(HOUR);
    await today();
    expect(forecasts.made()).toBe(4);
    server.clock.advance(4.5 * 60_000);
    await today();
    expect(forecasts.made()).toBe(5);
    server.clock.advance(0.5 * 60_000);
    await today();
    expect(forecasts.made()).toBe(5);
  });
});

describe('days that are over', () => {
  const plays = (times: readonly number[]) =>
    times.map((atMs) => ({ commitment: 'visits.min.f1', item: 'card-1', atMs, durationMs: 10_000 }));
  const promise = (over: Partial<Campaign['commitments'][number]>): Campaign => {
    const campaign = filmCampaign(2);
    return { ...campaign, commitments: campaign.commitments.map((c) => ({ ...c, ...over })) };
  };
  const verdict = async (): Promise<CommitmentDay | undefined> =>
    (await server.controller.services.commitmentDays.span(DATE, DATE, null))[0];
  const tomorrow = (): void => server.clock.set(Date.parse(`${addDays(DATE, 1)}T00:00:00Z`));

  test('[V10] a longest gap is judged from the proven plays of a closed day', async () => {
    // Open from 06:00 to 22:00: plays at 08:00, 14:00 and 20:00 leave no more than six hours.
    await put(promise({ maxGapMin: 360 }));
    await screen.play(DATE, plays([NOON_UTC_MS, NOON_UTC_MS + 6 * HOUR, NOON_UTC_MS + 12 * HOUR]));
    await screen.report(DATE, {});
    expect(await verdict()).toMatchObject({ verdict: 'on-track', forms: ['count', 'gap'] });
    await screen.close(DATE, { 'visits.min.f1': 3 });
    expect(await verdict()).toMatchObject({ verdict: 'met', broken: [] });
    await put(promise({ maxGapMin: 359 }));
    expect(await verdict()).toMatchObject({ verdict: 'short', broken: ['gap'], reasons: ['booked-out'], shortBy: 0 });
  });

  test('[V11] a missed exact time that was made up for is met by make-good', async () => {
    await put(promise({ exactTimes: ['08:00', '09:00'] }));
    await screen.play(DATE, plays([NOON_UTC_MS + 500, NOON_UTC_MS + 2 * HOUR]));
    await screen.close(DATE, { 'visits.min.f1': 2 });
    tomorrow();
    expect(await verdict()).toMatchObject({ verdict: 'met-by-make-good', forms: ['exact-times'] });
  });

  test('[V7] a share of airtime is of the time of all counted plays', async () => {
    await put(promise({ minAirtimeShare: 0.5 }));
    const filler = { commitment: null, item: 'loop-1', durationMs: 10_000 };
    await screen.play(DATE, [...plays([NOON_UTC_MS, NOON_UTC_MS + 10_000]), { ...filler, atMs: NOON_UTC_MS + 20_000 }]);
    await screen.close(DATE, { 'visits.min.f1': 2 });
    tomorrow();
    expect(await verdict()).toMatchObject({ verdict: 'met' });
    await screen.play(
      DATE,
      [30, 40].map((s) => ({ ...filler, atMs: NOON_UTC_MS + s * 1000 })),
    );
    expect(await verdict()).toMatchObject({ verdict: 'short', broken: ['airtime'] });
  });
});
