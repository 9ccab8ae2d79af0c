/** Who may do what over HTTP, how a refusal looks, and what the server tells of itself. */
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
