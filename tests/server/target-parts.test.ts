/** A count for all screens is shared out again when a screen goes down or comes back for good, and nothing flaps. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import type { Status } from '../../protocol/player-link.ts';
import type { Services } from '../../server/services.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';

const ID = 'visits.min.f1';
const MINUTE_MS = 60_000;
/** The parts of a hundred plays shared out at 08:00, and of a whole day (16, 16 and 8 hours). */
const FIRST = [39, 39, 22];
const WHOLE_DAY = [40, 40, 20];
const PLAYERS = ['screen-1', 'screen-2', 'screen-3'];

let server: TestController;
let services: Services;
let told: string[];

beforeEach(async () => {
  server = await startTestController();
  services = server.controller.services;
  const screen = server.catalogue.snapshot().screens.get('screen-1');
  if (!screen) throw new Error('no screen');
  const put = (over: Partial<Screen>): Promise<void> =>
    server.catalogue.apply([{ op: 'put', collection: 'screens', entity: { ...screen, ...over } }]);
  await put({ id: 'screen-2' });
  // Half as long open as the others.
  await put({ id: 'screen-3', openingHours: [{ days: ['wed', 'thu'], from: '08:00', to: '16:00' }] });
  await put({ id: 'channel', kind: 'external' });
  for (const screenId of PLAYERS) {
    const device = { id: shaOf(screenId), publicKey: Buffer.alloc(32, 7).toString('base64'), screenId };
    const entity = { ...device, assurance: 'C' as const, enrolledAtMs: 1, retiredAtMs: null };
    await server.catalogue.apply([{ op: 'put', collection: 'devices', entity }]);
    services.fleet.connected(screenId);
  }
  await server.catalogue.apply([{ op: 'put', collection: 'campaigns', entity: shared(100) }]);
  await services.planning.settled();
  told = [];
  services.planning.onChanged((ids) => told.push(...ids));
});
afterEach(() => server.close());

function shared(count: number): Campaign {
  const campaign = filmCampaign(count);
  return { ...campaign, commitments: campaign.commitments.map((c) => ({ ...c, scope: 'target' })) };
}

const partOf = (screenId: string, date?: string): number | undefined => {
  const { planning } = services;
  const known = date === undefined ? planning.programOf(screenId) : planning.programOn(screenId, date);
  return known?.program.commitments.find(({ id }) => id === ID)?.minPlays;
};
const parts = (date?: string): (number | undefined)[] => PLAYERS.map((id) => partOf(id, date));

/** Moves the clock on and looks, as the job does. */
async function after(minutes: number): Promise<void> {
  server.clock.advance(minutes * MINUTE_MS);
  await services.jobs.run('target-watch');
}

function report(screenId: string, plays: number): void {
  const status: Status = {
    atMs: server.clock.nowMs(),
    state: 'showing',
    program: services.planning.programOf(screenId)?.hash ?? null,
    showing: null,
    date: '2026-07-01',
    tally: { [ID]: plays },
    unsent: 0,
    clockErrorMs: 0,
    incidents: [],
  };
  services.fleet.reported(screenId, status);
}

test('[TW1] a count for all screens is shared out by room; closed screens get none, channels have no part', async () => {
  // Booked at 08:00, with 14, 14 and 8 hours to come.
  expect(parts()).toEqual(FIRST);
  expect(partOf('channel')).toBeUndefined();
  const [first, second] = PLAYERS.map((id) => services.planning.programOf(id)?.hash);
  expect(first).toBe(second);
});

test('[TW1] of a day that is over the parts are those of the whole day', () => {
  server.clock.set(Date.parse('2026-07-04T00:00:00Z'));
  expect(parts('2026-07-01')).toEqual(WHOLE_DAY);
  // On Fridays the third screen is closed.
  expect(parts('2026-07-03')).toEqual([50, 50, 0]);
});

test('[TW2] what a screen that went down has not played goes to the others, counted plays stay where they are', async () => {
  for (const [k, id] of PLAYERS.entries()) report(id, [10, 4, 6][k] ?? 0);
  const before = services.planning.programOf('screen-2')?.hash;
  services.fleet.disconnected('screen-2');
  await after(4);
  expect([parts(), told]).toEqual([FIRST, []]);
  await after(1);
  // 100 less the 20 counted is 80; the rooms left at 08:05 are as 13:55 to 07:55.
  const [one = 0, two, three = 0] = parts();
  expect(two).toBe(39);
  expect(one - 10 + (three - 6)).toBe(80);
  expect((one - 10) / (three - 6)).toBeCloseTo(835 / 475, 0);
  expect(services.planning.programOf('screen-2')?.hash).toBe(before);
  expect([...told].sort()).toEqual(['screen-1', 'screen-3']);
});

test('[TW2] a screen that comes back gets a new part once it has stayed, and nothing flaps', async () => {
  services.fleet.disconnected('screen-2');
  await after(5);
  const without = parts();
  told = [];
  for (let k = 0; k < 4; k += 1) {
    services.fleet.connected('screen-2');
    await after(1);
    services.fleet.disconnected('screen-2');
    await after(1);
  }
  expect([parts(), told]).toEqual([without, []]);
  services.fleet.connected('screen-2');
  report('screen-2', 30);
  await after(1);
  expect(parts()).toEqual(without);
  await after(1);
  const [one = 0, two = 0, three = 0] = parts();
  expect(one + two + three).toBe(100);
  expect(two).toBeGreaterThan(30);
});

test('[TW2] a short absence, or one outside opening hours, moves nothing', async () => {
  services.fleet.disconnected('screen-1');
  await after(4);
  services.fleet.connected('screen-1');
  await after(10);
  server.clock.set(Date.parse('2026-07-01T09:00:00Z'));
  await after(0);
  services.fleet.disconnected('screen-3');
  await after(60);
  expect([parts(), told]).toEqual([FIRST, []]);
});

test('[TW2] a new day starts with the whole count shared out to all', async () => {
  services.fleet.disconnected('screen-2');
  await after(10);
  server.clock.set(Date.parse('2026-07-02T00:00:00+08:00'));
  await services.planning.recompute();
  expect(parts()).toEqual(WHOLE_DAY);
});

test('[TW2] a screen without a player gets no part', async () => {
  await server.catalogue.apply([{ op: 'remove', collection: 'devices', id: shaOf('screen-2') }]);
  await after(0);
  expect(parts()[0]).toBeGreaterThan(40);
  server.clock.set(Date.parse('2026-07-02T00:00:00+08:00'));
  await services.planning.recompute();
  expect(parts()[1]).toBe(0);
});

test('[G7] a change that leaves rooms as they are shares nothing out again and tells nobody', async () => {
  report('screen-1', 30);
  await after(60);
  const slogan = server.catalogue.snapshot().slogans.get('loop-1');
  if (!slogan) throw new Error('no slogan');
  await server.catalogue.apply([
    { op: 'put', collection: 'units', entity: { id: 'far', name: '远', nameEn: null, parentId: 'town' } },
  ]);
  await services.planning.settled();
  expect([parts(), told]).toEqual([FIRST, []]);
  await server.catalogue.apply([{ op: 'put', collection: 'campaigns', entity: shared(130) }]);
  await services.planning.settled();
  const sum = parts().reduce<number>((total, part) => total + (part ?? 0), 0);
  expect(sum).toBe(130);
  expect(partOf('screen-1')).toBeGreaterThanOrEqual(30);
});
