/** A count for all screens is judged by their sum, and a part that one cannot play is no risk by itself. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommitmentDay, TargetDay } from '../../protocol/http/views.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { NOON_UTC_MS, startTestController, type TestController } from '../helpers/test-controller.ts';
import { enrolScreen, type TestScreen } from '../helpers/test-screen.ts';

const DATE = '2026-07-01';
const ID = 'visits.min.f1';
let server: TestController;
let screens: TestScreen[];

beforeEach(async () => {
  server = await startTestController();
  const first = server.catalogue.snapshot().screens.get('screen-1');
  if (!first) throw new Error('there is no screen-1');
  await server.api('PUT', '/api/screens/screen-2', { ...first, id: 'screen-2', name: '二号屏' });
  screens = [await enrolScreen(server, 'screen-1'), await enrolScreen(server, 'screen-2')];
  const campaign = filmCampaign(6);
  const joint = { ...campaign, commitments: campaign.commitments.map((c) => ({ ...c, scope: 'target' as const })) };
  expect((await server.api('PUT', '/api/campaigns/visits', joint)).status).toBe(200);
  await server.controller.services.planning.settled();
});
afterEach(async () => {
  for (const { socket } of screens) socket.disconnect();
  await server.close();
});

const target = async (): Promise<TargetDay | undefined> =>
  ((await server.api('GET', '/api/targets')).body as TargetDay[])[0];
const report = async (tallies: readonly number[]): Promise<void> => {
  for (const [k, tally] of tallies.entries()) await screens[k]?.report(DATE, { [ID]: tally });
};
const prove = async (k: number, count: number): Promise<void> => {
  const plays = Array.from({ length: count }, (_, n) => ({
    commitment: ID,
    item: 'card-1',
    atMs: NOON_UTC_MS + n * 10_000,
    durationMs: 10_000,
  }));
  expect(await screens[k]?.play(DATE, plays)).toMatchObject({ kind: 'stored' });
};

test('[V13] the whole count is judged by the sum over its screens, whose rows say that they are parts', async () => {
  expect(await target()).toMatchObject({ required: 6, screens: 2, verdict: 'unknown', expected: null });
  await report([0, 0]);
  expect(await target()).toMatchObject({ verdict: 'on-track', missingLogs: 2 });
  const rows = (await server.api('GET', '/api/today')).body as CommitmentDay[];
  expect(rows.map(({ scope }) => scope)).toEqual(['target', 'target']);
  expect(rows.reduce((sum, { required }) => sum + required, 0)).toBe(6);
  await prove(0, 4);
  expect(await target()).toMatchObject({ proven: 4, verdict: 'on-track' });
  await prove(1, 2);
  expect(await target()).toMatchObject({ proven: 6, verdict: 'met', shortBy: 0 });
});

test('[V13] below the count it is short only once the log of every screen is complete', async () => {
  await prove(0, 4);
  await screens[0]?.close(DATE, { [ID]: 4 });
  server.clock.set(NOON_UTC_MS + 14 * 3_600_000);
  const { commitmentDays } = server.controller.services;
  const after = async (): Promise<unknown> => (await server.api('GET', `/api/targets?from=${DATE}&to=${DATE}`)).body;
  server.clock.set(NOON_UTC_MS + 10 * 3_600_000);
  expect(await after()).toMatchObject([{ missingLogs: 1, proven: 4 }]);
  await screens[1]?.close(DATE, { [ID]: 0 }, { [ID]: 'player-down' });
  expect(await after()).toMatchObject([{ verdict: 'short', shortBy: 2, missingLogs: 0 }]);
  expect((await commitmentDays.span(DATE, DATE, null)).map(({ closed }) => closed)).toEqual([true, true]);
});

test('[V15] a part that one screen cannot play is no risk while the whole is on track', async () => {
  const incidents = async (): Promise<unknown[]> => {
    await server.controller.services.jobs.run('incident-watch');
    return ['screen-1', 'screen-2'].flatMap((id) => server.controller.services.incidents.openOf(id));
  };
  const part = screens[0]?.program().program.commitments[0]?.minPlays ?? 0;
  await screens[0]?.report(DATE, {}, { short: { [ID]: { by: part, reason: 'media-missing', lost: false } } });
  await screens[1]?.report(DATE, { [ID]: 6 });
  expect(await target()).toMatchObject({ verdict: 'on-track' });
  expect(await incidents()).toEqual([]);
  await screens[1]?.report(DATE, {}, { short: { [ID]: { by: 1, reason: 'booked-out', lost: false } } });
  expect(await target()).toMatchObject({ verdict: 'at-risk' });
  expect(await incidents()).toMatchObject([{ screenId: 'screen-1' }, { screenId: 'screen-2' }]);
});
