/** What may not stand in the catalogue is refused with its place and what is allowed: campaigns, screens, live sources, and removals of what is in use. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wireErrorSchema } from '../../protocol/errors.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';

let server: TestController;
beforeEach(async () => {
  server = await startTestController();
});
afterEach(() => server.close());

const faulty: [string, (campaign: ReturnType<typeof filmCampaign>) => unknown, string][] = [
  [
    'a flight that ends before it starts',
    (c) => ({ ...c, flights: [{ ...c.flights[0], to: '2026-06-01' }] }),
    'flights.0.to',
  ],
  [
    'a share above 1',
    (c) => ({ ...c, commitments: [{ ...c.commitments[0], minShare: 1.5 }] }),
    'commitments.0.minShare',
  ],
  ['an inverted day part', (c) => ({ ...c, dayParts: [{ from: '20:00', to: '08:00' }] }), 'dayParts.0'],
  ['an item nobody has', (c) => ({ ...c, creatives: [{ item: 'nothing', weight: 1 }] }), 'creatives.0.item'],
];
for (const [what, spoil, place] of faulty) {
  test(`[B1] a campaign with ${what} is refused, naming the place and what is allowed`, async () => {
    const { status, body } = await server.api('PUT', '/api/campaigns/visits', spoil(filmCampaign(3)));
    expect(status).toBe(400);
    const { error } = wireErrorSchema.parse(body);
    expect(error.faults.map((f) => f.place)).toContain(place);
    expect(error.faults.every((f) => f.allowed.length > 0)).toBe(true);
  });
}

test('[B2] a campaign that does not fit is refused with the count that would, and booked only with a reason', async () => {
  const tooMuch = filmCampaign(9000);
  const check = await server.api('POST', '/api/campaigns/check', tooMuch);
  expect(check.body).toMatchObject({ fits: false, targetScreens: 1, problems: [{ screens: ['screen-1'] }] });
  const refused = await server.api('PUT', '/api/campaigns/visits', tooMuch);
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'does-not-fit' } } });
  const fits = Number(JSON.stringify(check.body).match(/"fits":(\d+)/)?.[1]);
  expect(fits).toBeGreaterThan(5000);
  expect((await server.api('POST', '/api/campaigns/check', filmCampaign(fits))).body).toMatchObject({ fits: true });
  const override = await server.api('PUT', '/api/campaigns/visits', { ...tooMuch, overrideReason: '上级要求' });
  expect(override).toMatchObject({ status: 200, body: { overrideReason: '上级要求' } });
});

test('[B3] nothing that is in use is removed, and the answer names the uses', async () => {
  const { status, body } = await server.api('DELETE', '/api/slogans/card-1');
  expect(status).toBe(409);
  expect(JSON.stringify(body)).toContain('入户听民声');
});

test('[B4] opening hours that are empty and zones nobody knows are refused', async () => {
  const [screen] = (await server.api('GET', '/api/screens')).body as Record<string, unknown>[];
  const { device, online, lastSeenMs, program, status, incidents, ...settings } = screen ?? {};
  const none = await server.api('PUT', '/api/screens/screen-1', { ...settings, openingHours: [] });
  expect(none.body).toMatchObject({ error: { faults: [{ place: 'openingHours' }] } });
  const moon = await server.api('PUT', '/api/screens/screen-1', { ...settings, timeZone: 'Moon/Crater' });
  expect(moon.body).toMatchObject({ error: { faults: [{ place: 'timeZone', value: '"Moon/Crater"' }] } });
});

test('[LV4] a live source is looped and never promised, and not removed while a loop has it', async () => {
  const stream = {
    id: 'live-1',
    name: '市台直播',
    nameEn: null,
    unitId: 'town',
    url: 'https://tv.example.net/a.m3u8?k=1',
  };
  for (const url of ['rtmp://tv/a.m3u8', 'https://tv/a.mp4', 'https://u:p@tv/a.m3u8', 'https:///a.m3u8']) {
    const refused = await server.api('PUT', '/api/streams/live-1', { ...stream, url });
    expect(refused, url).toMatchObject({ status: 400, body: { error: { faults: [{ place: 'url' }] } } });
  }
  expect((await server.api('PUT', '/api/streams/live-1', stream)).body).toEqual(stream);
  const loop = { id: 'live-loop', name: '直播', unitId: 'town', ticker: [] };
  const item = { item: 'live-1', durationMs: 6 * 3_600_000 };
  expect((await server.api('PUT', '/api/playlists/live-loop', { ...loop, items: [item] })).status).toBe(200);
  const tooLong = { ...loop, items: [{ ...item, durationMs: 6 * 3_600_000 + 1 }] };
  expect((await server.api('PUT', '/api/playlists/live-loop', tooLong)).status).toBe(400);
  const campaign = filmCampaign(3);
  const creatives = [{ ...campaign.creatives[0], item: 'live-1', durationMs: 60_000 }];
  const promised = await server.api('PUT', '/api/campaigns/visits', { ...campaign, creatives });
  expect(promised).toMatchObject({ status: 400, body: { error: { faults: [{ place: 'creatives.0.item' }] } } });
  expect((await server.api('DELETE', '/api/streams/live-1')).status).toBe(409);
  expect((await server.api('DELETE', '/api/playlists/live-loop')).status).toBe(200);
  expect((await server.api('DELETE', '/api/streams/live-1')).status).toBe(200);
});
