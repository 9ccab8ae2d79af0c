import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wireErrorSchema } from '../../protocol/errors.ts';
import { API } from '../../protocol/http/api.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';

let server: TestController;
beforeEach(async () => {
  server = await startTestController();
});
afterEach(() => server.close());

/** Creates a person with `role` in `unitId`, signs them in, and gives what calls the API as them. */
async function signedIn(role: string, unitId: string): Promise<TestController['api']> {
  const person = { id: `p-${role}`, unitId, login: role, name: role, role, password: 'long enough 1' };
  expect((await server.api('PUT', `/api/users/${person.id}`, person)).status).toBe(200);
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: role, password: person.password }),
  });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async (method, path, body) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
}

/** An upload in one go by tus 1.0; gives the last answer. */
async function upload(bytes: Buffer, filename: string, unitId = 'town'): Promise<{ status: number; body: unknown }> {
  const metadata = Object.entries({ filename, name: filename, unitId })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const tus = { cookie: server.cookie, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${server.url}/api/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  });
  const location = created.headers.get('location');
  if (created.status !== 201 || location === null) return { status: created.status, body: await created.json() };
  const half = Math.floor(bytes.length / 2);
  const patch = (offset: number, part: Buffer): Promise<Response> =>
    fetch(new URL(location, server.url), {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(part),
    });
  await patch(0, bytes.subarray(0, half));
  const answer = await patch(half, bytes.subarray(half));
  return { status: answer.status, body: await answer.json() };
}

test('[A1] the one-time link makes one administrator and is then worth nothing', async () => {
  const info = await server.api('GET', '/api/info');
  expect(info.body).toMatchObject({ needsSetup: false });
  const again = await server.api('POST', '/api/setup', {
    token: 'x',
    login: 'eve',
    name: 'Eve',
    password: 'correct horse',
  });
  expect(again).toMatchObject({ status: 403, body: { error: { code: 'setup-link-invalid' } } });
});

test('[A2] every route of the table but the public ones refuses whoever is not signed in', async () => {
  for (const route of Object.values(API).filter((r) => r.access !== 'public')) {
    const response = await fetch(server.url + route.path.replace(/:\w+/g, 'x'), { method: route.method });
    expect([route.path, response.status]).toEqual([route.path, 401]);
    wireErrorSchema.parse(await response.json());
  }
});

test('[A3] a role does what it may and no more, and nobody acts outside their units', async () => {
  const viewer = await signedIn('viewer', 'town');
  expect((await viewer('GET', '/api/today')).status).toBe(200);
  expect((await viewer('PUT', '/api/campaigns/visits', filmCampaign(4))).body).toMatchObject({
    error: { code: 'not-allowed' },
  });
  const editor = await signedIn('editor', 'hall');
  expect((await editor('PUT', '/api/campaigns/visits', filmCampaign(4))).body).toMatchObject({
    error: { code: 'not-allowed' },
  });
  const own = {
    ...filmCampaign(4),
    id: 'own',
    unitId: 'hall',
    targets: { units: ['hall'], venues: [], tags: [], screens: [] },
  };
  expect((await editor('PUT', '/api/campaigns/own', own)).status).toBe(200);
});

test('[A4] a page of another origin cannot change anything with a person’s cookie', async () => {
  const response = await fetch(`${server.url}/api/session`, {
    method: 'DELETE',
    headers: { cookie: server.cookie, origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
  expect((await server.api('GET', '/api/session')).status).toBe(200);
});

test('[A5] guessing passwords is slowed down', async () => {
  const attempt = (): Promise<Response> =>
    fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'admin', password: 'wrong' }),
    });
  const statuses = [];
  for (let i = 0; i < 12; i += 1) statuses.push((await attempt()).status);
  expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
  expect(statuses.at(-1)).toBe(429);
});

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

test('[U1] an upload in two parts becomes a media with its duration, and its bytes come back', async () => {
  const film = await readFile('playlists/media/film-tenant-declare.mp4');
  const { status, body } = await upload(film, '租客.mp4');
  expect(status).toBe(200);
  expect(body).toMatchObject({ type: 'video', width: 1280, height: 720, durationMs: 12_000, name: '租客.mp4' });
  const { id } = body as { id: string };
  const content = await fetch(`${server.url}/api/media/${id}/content`, {
    headers: { cookie: server.cookie, range: 'bytes=0-9' },
  });
  expect([content.status, content.headers.get('content-type'), (await content.arrayBuffer()).byteLength]).toEqual([
    206,
    'video/mp4',
    10,
  ]);
  const still = await fetch(`${server.url}/api/media/${id}/still`, { headers: { cookie: server.cookie } });
  expect([still.status, still.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect((await upload(film, 'again.mp4')).body).toMatchObject({ id });
});

test('[U2] a broken file is refused by name, and nothing of it stays', async () => {
  const film = await readFile('playlists/media/film-tenant-declare.mp4');
  const broken = await upload(film.subarray(0, 200_000), 'cut.mp4');
  expect(broken).toMatchObject({ status: 422, body: { error: { code: 'media-unreadable' } } });
  expect((await upload(Buffer.from('no film at all'), 'film.mp4')).status).toBe(422);
  expect((await server.api('GET', '/api/media')).body).toEqual([]);
});

test('[U3] an upload cut off in the middle can be gone on with', async () => {
  const poster = await readFile('playlists/media/poster-home-visit-portrait.png');
  const metadata = `filename ${btoa('a.png')},unitId ${btoa('town')}`;
  const tus = { cookie: server.cookie, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${server.url}/api/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(poster.length), 'upload-metadata': metadata },
  });
  const location = new URL(created.headers.get('location') ?? '', server.url);
  await new Promise<void>((resolve) => {
    const cut = request(location, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': 0,
        'content-type': 'application/offset+octet-stream',
        'content-length': poster.length,
      },
    });
    cut.on('error', () => resolve());
    cut.on('close', () => resolve());
    cut.write(poster.subarray(0, 100_000), () => cut.destroy());
  });
  const head = async (): Promise<number> => {
    const answer = await fetch(location, { method: 'HEAD', headers: tus });
    return Number(answer.headers.get('upload-offset'));
  };
  let offset = await head();
  let answer: Response;
  do {
    offset = await head();
    answer = await fetch(location, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(poster.subarray(offset)),
    });
  } while (answer.status === 423 || answer.status === 409);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ type: 'image', width: 1080, height: 1920 });
});

test('[CC33] how an image is shown is changed with its names, and stays where only these are sent', async () => {
  const { body } = await upload(await readFile('playlists/media/poster-home-visit-portrait.png'), '海报.png');
  const { id } = body as { id: string };
  expect(body).toMatchObject({ fit: 'contain', pan: false });
  const change = (sent: unknown) => server.api('PATCH', `/api/media/${id}`, sent);
  const changed = await change({ name: '海报', nameEn: null, fit: 'cover', pan: true });
  expect(changed).toMatchObject({ status: 200, body: { name: '海报', fit: 'cover', pan: true } });
  expect(await change({ name: '新海报' })).toMatchObject({ body: { name: '新海报', fit: 'cover', pan: true } });
  expect(await change({ name: '海报', fit: 'stretch' })).toMatchObject({
    status: 400,
    body: { error: { faults: [{ place: 'fit' }] } },
  });
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

test('[H1] health, metrics, OpenAPI and the jobs with their runs', async () => {
  expect(await server.api('GET', '/healthz')).toMatchObject({ status: 200 });
  expect(await server.api('GET', '/readyz')).toMatchObject({ status: 200 });
  const metrics = await fetch(`${server.url}/metrics`);
  expect(await metrics.text()).toContain('xunbo_players_online 0');
  const { body } = await server.api('GET', '/api/docs/json');
  const paths = Object.keys((body as { paths: object }).paths);
  for (const route of Object.values(API)) expect(paths).toContain(route.path.replace(/:(\w+)/g, '{$1}'));
  const run = await server.api('POST', '/api/jobs/day-turnover/run');
  expect(run.body).toMatchObject({ name: 'day-turnover', lastOutcome: 'ok' });
  const { body: jobs } = await server.api('GET', '/api/jobs');
  expect((jobs as { nextRunMs: number }[]).every((job) => job.nextRunMs > 0)).toBe(true);
});

test('[H2] unknown paths and methods get the one error shape', async () => {
  expect(await server.api('GET', '/api/nothing')).toMatchObject({
    status: 404,
    body: { error: { code: 'not-found' } },
  });
  const notJson = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"login": ',
  });
  expect(notJson.status).toBe(400);
  wireErrorSchema.parse(await notJson.json());
});
