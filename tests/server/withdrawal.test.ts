/** Withdrawal of content on the server: programs, bookings, edits and verdicts. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import type { Program } from '../../domain/plan/program.ts';
import { contentHash } from '../../domain/proof/segment.ts';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import type { Services } from '../../server/services.ts';
import { sha256 } from '../../server/sha256.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';
import { enrolScreen } from '../helpers/test-screen.ts';

const DATE = '2026-07-01';
const ID = 'visits.min.f1';
const SHA = contentHash({ shape: 'card', text: '入户听民声，服务暖民心', textEn: null, theme: 'red' }, sha256);

let server: TestController;
let services: Services;

beforeEach(async () => {
  server = await startTestController();
  services = server.controller.services;
});
afterEach(() => server.close());

const decide = (act: 'withdraw' | 'restore', id = 'card-1') =>
  server.api('POST', `/api/slogans/${id}/${act}`, { reason: '内容有误' });
const program = async (): Promise<Program> => {
  await services.planning.settled();
  const known = services.planning.programOf('screen-1');
  if (!known) throw new Error('no program');
  return known.program;
};
const slogan = () => server.catalogue.snapshot().slogans.get('card-1');

test('[WD2] it is noted who withdrew and restored what, when and why; doing it again changes nothing', async () => {
  const first = await decide('withdraw');
  expect(first).toMatchObject({ status: 200, body: { withdrawnAtMs: server.clock.nowMs() } });
  server.clock.advance(60_000);
  await decide('withdraw');
  await decide('restore');
  await decide('restore');
  expect(slogan()?.withdrawnAtMs).toBe(null);
  expect(slogan()?.withdrawals).toMatchObject([
    { act: 'withdrawn', reason: '内容有误', byName: '管理员', atMs: server.clock.nowMs() - 60_000 },
    { act: 'restored', reason: '内容有误', byName: '管理员', atMs: server.clock.nowMs() },
  ]);
  expect((await server.api('POST', '/api/slogans/card-1/withdraw', {})).status).toBe(400);
  expect((await decide('withdraw', 'none')).status).toBe(404);
});

test('[WD2] programs leave withdrawn content out and name it; those that never had it, and those restored, keep their hash', async () => {
  const before = await program();
  await decide('withdraw', 'loop-1');
  const after = await program();
  expect(after.loop).toEqual([]);
  expect(Object.keys(after.manifest)).toEqual(['card-1']);
  expect(Object.keys(after.withdrawn ?? {})).toEqual(['loop-1']);
  await decide('restore', 'loop-1');
  expect(await program()).toEqual(before);
  await server.catalogue.apply([
    {
      op: 'put',
      collection: 'slogans',
      entity: { ...(slogan() ?? (undefined as never)), id: 'unused', withdrawnAtMs: 1 },
    },
  ]);
  expect(await program()).toEqual(before);
});

test('[WD2] players are told of the program without it', async () => {
  const screen = await enrolScreen(server);
  const pushed = new Promise<{ program: string }>((resolve) => void screen.socket.once(PLAYER_EVENTS.program, resolve));
  await decide('withdraw');
  expect((await pushed).program).toBe(screen.program().hash);
  expect(screen.program().program.withdrawn).toEqual({ 'card-1': SHA });
  screen.socket.disconnect();
});

test('[WD3] a promise all of whose content is withdrawn is short because of it, and on track again when it is restored', async () => {
  const screen = await enrolScreen(server);
  const row = async () => {
    await services.planning.settled();
    await screen.report(DATE, {});
    const rows = await services.commitmentDays.today();
    return rows.find(({ commitment }) => commitment === ID);
  };
  expect(await row()).toMatchObject({ verdict: 'on-track' });
  await decide('withdraw');
  expect((await program()).commitments).toMatchObject([{ id: ID, items: [], minPlays: 3 }]);
  expect(await row()).toMatchObject({ verdict: 'short', reasons: ['withdrawn'], required: 3, expected: 0 });
  await decide('restore');
  expect(await row()).toMatchObject({ verdict: 'on-track', reasons: [] });
  screen.socket.disconnect();
});

test('[WD3] a count of a whole target without content says so too, and a count that was made before stays kept', async () => {
  const screen = await enrolScreen(server);
  await server.catalogue.apply([{ op: 'put', collection: 'campaigns', entity: shared(5) }]);
  await services.planning.settled();
  await screen.report(DATE, {});
  await decide('withdraw');
  await services.planning.settled();
  await screen.report(DATE, {});
  const { body } = await server.api('GET', '/api/targets');
  expect(body).toMatchObject([{ required: 5, verdict: 'at-risk', reasons: ['withdrawn'] }]);

  await server.catalogue.apply([{ op: 'put', collection: 'campaigns', entity: filmCampaign(3) }]);
  await decide('restore');
  await services.planning.settled();
  const plays = [0, 1, 2].map((k) => ({
    commitment: ID,
    item: 'card-1',
    atMs: server.clock.nowMs() + k * 60_000,
    durationMs: 10_000,
  }));
  await screen.play(DATE, plays);
  await decide('withdraw');
  await services.planning.settled();
  await screen.report(DATE, {});
  const [row] = await services.commitmentDays.today();
  expect(row).toMatchObject({ verdict: 'met', proven: 3 });
  screen.socket.disconnect();
});

const shared = (count: number): Campaign => {
  const campaign = filmCampaign(count);
  return { ...campaign, commitments: campaign.commitments.map((c) => ({ ...c, scope: 'target' })) };
};

test('[WD4] withdrawn content is not booked; what names it already can still be edited, and its room stays booked', async () => {
  await decide('withdraw');
  const another = { ...filmCampaign(2), id: 'another' };
  const refused = await server.api('PUT', '/api/campaigns/another', another);
  expect(refused).toMatchObject({
    status: 400,
    body: { error: { faults: [{ place: 'creatives.0.item', value: 'card-1' }] } },
  });
  expect((await server.api('POST', '/api/campaigns/check', another)).status).toBe(400);
  expect((await server.api('PUT', '/api/campaigns/another', { ...another, state: 'draft' })).status).toBe(200);
  expect((await server.api('PUT', '/api/campaigns/visits', { ...filmCampaign(4) })).status).toBe(200);
  // 16 hours hold 5760 plays of ten seconds: with the 4 of the withdrawn card no more than 5756 others fit.
  const full = {
    ...filmCampaign(5757),
    id: 'full',
    creatives: [{ item: 'loop-1', durationMs: null, weight: 1, flights: [] }],
  };
  expect((await server.api('PUT', '/api/campaigns/full', full)).status).toBe(409);
});

test('[WD2] an edit of a slogan or media changes nothing of its withdrawal', async () => {
  await decide('withdraw');
  const stored = slogan();
  const edited = { ...stored, text: '改过的标语', withdrawnAtMs: null, withdrawals: [] };
  const answer = await server.api('PUT', '/api/slogans/card-1', edited);
  expect(answer).toMatchObject({ status: 200, body: { text: '改过的标语', withdrawnAtMs: stored?.withdrawnAtMs } });
  expect(slogan()).toMatchObject({ text: '改过的标语', withdrawals: [{ act: 'withdrawn' }] });
  const fresh = { ...stored, id: 'fresh', withdrawnAtMs: 5, withdrawals: [] };
  expect((await server.api('PUT', '/api/slogans/fresh', fresh)).body).toMatchObject({ withdrawnAtMs: null });
  const both = [decide('restore'), server.api('PUT', '/api/slogans/card-1', { ...edited, text: '再改' })];
  await Promise.all(both);
  expect(slogan()).toMatchObject({ text: '再改', withdrawnAtMs: null });
});
