/** A change that breaks a promise is refused, or made with a reason that is recorded with who, when and what did not fit. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Campaign } from '../../domain/catalogue/campaign.ts';
import { readEntity } from '../../server/stores/catalogue-file.ts';
import { SAMPLE } from '../helpers/sample-entities.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { NOON_UTC_MS, startTestController, type TestController } from '../helpers/test-controller.ts';

let server: TestController;
beforeEach(async () => {
  server = await startTestController();
});
afterEach(() => server.close());

const REASON = '市里统一部署';
const put = (path: string, body: unknown): ReturnType<TestController['api']> => server.api('PUT', `/api/${path}`, body);
const stored = (): Campaign => {
  const campaign = server.catalogue.snapshot().campaigns.get('visits');
  if (!campaign) throw new Error('no campaign');
  return campaign;
};
/** The screen as stored, open from `from` to `to`. */
const openFrom = (from: string, to: string): unknown => {
  const screen = server.catalogue.snapshot().screens.get('screen-1');
  return { ...screen, openingHours: screen?.openingHours.map((span) => ({ ...span, from, to })) };
};
const withReason = (path: string): string => `${path}?overrideReason=${encodeURIComponent(REASON)}`;

test('[K7] shorter hours that break a promise are refused, and made with a reason that the campaign keeps', async () => {
  await put('campaigns/visits', filmCampaign(4000));
  const refused = await put('screens/screen-1', openFrom('09:00', '12:00'));
  expect(refused).toMatchObject({
    status: 409,
    body: { error: { code: 'does-not-fit', faults: [{ value: 'visits.min.f1' }] } },
  });
  expect(server.catalogue.snapshot().screens.get('screen-1')).not.toEqual(openFrom('09:00', '12:00'));
  const check = await server.api('POST', '/api/changes/check', {
    collection: 'screens',
    entity: openFrom('09:00', '12:00'),
  });
  expect(check.body).toMatchObject({ fits: false, problems: [{ screens: ['screen-1'], conflicts: [{ fits: 1080 }] }] });

  expect((await put(withReason('screens/screen-1'), openFrom('09:00', '12:00'))).status).toBe(200);
  expect(stored().overrides).toMatchObject([
    {
      reason: REASON,
      byName: '管理员',
      atMs: NOON_UTC_MS,
      change: 'screens',
      changedId: 'screen-1',
      problems: [
        { commitments: ['visits.min.f1'], screens: ['screen-1'], screenCount: 1, from: '2026-07-01', fits: 1080 },
      ],
    },
  ]);
});

test('[K7] longer slogans and moved units are refused like hours; names and a loop change nothing', async () => {
  await put('campaigns/visits', filmCampaign(4000));
  const card = server.catalogue.snapshot().slogans.get('card-1');
  expect((await put('slogans/card-1', { ...card, durationMs: 20_000 })).status).toBe(409);
  expect((await put('slogans/card-1', { ...card, name: '新名' })).status).toBe(200);
  expect((await put(withReason('slogans/card-1'), { ...card, durationMs: 20_000 })).status).toBe(200);
  const loop = server.catalogue.snapshot().playlists.get('loop');
  expect((await put('playlists/loop', { ...loop, items: [] })).status).toBe(200);
  expect(stored().overrides).toHaveLength(1);
});

test('[K2] what a draft or an ended campaign promises keeps nobody from closing earlier', async () => {
  await put('campaigns/visits', { ...filmCampaign(4000), state: 'ended' });
  await put('campaigns/later', { ...filmCampaign(4000), id: 'later', state: 'draft' });
  expect((await put('screens/screen-1', openFrom('09:00', '12:00'))).status).toBe(200);
});

test('[K3] a promise that was broken before does not keep a screen from being changed', async () => {
  await put('campaigns/visits', { ...filmCampaign(9000), overrideReason: REASON });
  expect((await put('screens/screen-1', openFrom('05:00', '22:00'))).status).toBe(200);
  expect((await put('screens/screen-1', openFrom('05:00', '21:00'))).status).toBe(409);
});

test('[K8] an override is recorded by the server alone: who, when, why, and what did not fit', async () => {
  const forged = [{ ...record(), byName: '别人' }];
  await put('campaigns/visits', { ...filmCampaign(9000), overrideReason: REASON, overrides: forged });
  expect(stored()).toMatchObject({
    overrideReason: REASON,
    overrides: [{ reason: REASON, byName: '管理员', atMs: NOON_UTC_MS, change: 'campaigns', changedId: 'visits' }],
  });
  expect(stored().overrides?.[0]?.problems).toMatchObject([{ kind: 'overbooked', screenCount: 1, days: 123 }]);
});

test('[K8] a campaign that stays as it was overridden needs no new reason, one that asks for more does', async () => {
  await put('campaigns/visits', { ...filmCampaign(9000), overrideReason: REASON });
  expect((await put('campaigns/visits', { ...filmCampaign(9000), name: '新名' })).status).toBe(200);
  expect(stored()).toMatchObject({ name: '新名', overrideReason: REASON });
  expect(stored().overrides).toHaveLength(1);
  expect((await put('campaigns/visits', filmCampaign(9100))).status).toBe(409);
  expect((await put('campaigns/visits', { ...filmCampaign(100), overrideReason: REASON })).status).toBe(200);
  expect(stored().overrideReason).toBeNull();
  expect(stored().overrides).toHaveLength(1);
});

test('[K8] a campaign of an older catalogue, with a reason and no record, is read as it is', () => {
  const old = { ...SAMPLE.campaigns, overrideReason: REASON };
  expect(readEntity('campaigns', old, 'campaigns.old')).toEqual({ ok: true, entity: old });
});

test('[K9] of two campaigns booked at the same moment that fit only one by one, one is refused', async () => {
  const { booking, edit } = server.controller.services;
  const [admin] = server.catalogue.snapshot().users.values();
  if (!admin) throw new Error('nobody');
  const both = ['a', 'b'].map((id) =>
    edit.put('campaigns', { ...filmCampaign(3500), id }, admin, (change) => booking.settle(change, null, admin)),
  );
  const [first, second] = await Promise.allSettled(both);
  expect(first).toMatchObject({ status: 'fulfilled', value: { id: 'a' } });
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'does-not-fit' } });
});

test('[K6] the check of a campaign tells which days are tight, and of one that does not fit what would', async () => {
  const tight = await server.api('POST', '/api/campaigns/check', filmCampaign(4800));
  expect(tight.body).toMatchObject({ fits: true, warnings: [{ screens: ['screen-1'] }], counts: [] });
  const tooMuch = await server.api('POST', '/api/campaigns/check', filmCampaign(9000));
  expect(tooMuch.body).toMatchObject({
    fits: false,
    warnings: [],
    counts: [{ commitment: 'min', fits: 5760, isEnough: true }],
  });
});

function record(): NonNullable<Campaign['overrides']>[number] {
  return {
    reason: 'x',
    byUserId: 'p',
    byName: 'p',
    atMs: 1,
    change: 'campaigns',
    changedId: 'visits',
    problems: [],
  };
}
