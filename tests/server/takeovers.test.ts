/** Emergency takeovers on the server: rights, targets, what is pushed to whom and when, what the verdicts know. */
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Screen } from '../../domain/catalogue/organisation.ts';
import type { Takeover } from '../../protocol/player-link.ts';
import { PLAYER_EVENTS, takeoverPushSchema } from '../../protocol/player-link.ts';
import { type TakeoverView, takeoverViewSchema } from '../../protocol/takeover.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';
import { connectDevice, newDeviceKey, prove } from '../helpers/test-device.ts';
import { enrolScreen } from '../helpers/test-screen.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const EVERYWHERE = { units: ['town'], venues: [], tags: [], screens: [] };
const ASKED = { unitId: 'town', text: '请立即疏散', textEn: 'Please leave now', targets: EVERYWHERE, forMs: HOUR_MS };

let server: TestController;

beforeEach(async () => {
  server = await startTestController();
  const screen = server.catalogue.snapshot().screens.get('screen-1');
  if (!screen) throw new Error('no screen');
  const put = (over: Partial<Screen>) =>
    ({ op: 'put', collection: 'screens', entity: { ...screen, ...over } }) as const;
  const unit = { id: 'post', name: '邮政', nameEn: null, parentId: 'town' };
  await server.catalogue.apply([
    { op: 'put', collection: 'units', entity: unit },
    put({ id: 'screen-2', unitId: 'post', venue: 'bus-stop' }),
    put({ id: 'channel', kind: 'external' }),
  ]);
  await server.controller.services.planning.settled();
});
afterEach(() => server.close());

const start = async (asked: object = ASKED): Promise<TakeoverView> => {
  const answer = await server.api('POST', '/api/takeovers', asked);
  expect(answer.status).toBe(200);
  return takeoverViewSchema.parse(answer.body);
};
const end = (id: string) => server.api('POST', `/api/takeovers/${id}/end`);

/** A player of `screenId`, what its welcome said, and what it was pushed since. */
async function player(
  screenId: string,
): Promise<{ welcome: Takeover | null; pushed: (string | null)[]; all: () => Promise<void> }> {
  const socket: Socket = await connectDevice(server.url);
  onTestFinished(() => void socket.disconnect());
  const pushed: (string | null)[] = [];
  socket.on(PLAYER_EVENTS.takeover, (body) => pushed.push(takeoverPushSchema.parse(body).takeover?.id ?? null));
  const answer = await prove(socket, newDeviceKey(), server.controller.services.enrolment.tokenFor(screenId));
  if (answer.kind !== 'welcome') throw new Error('not welcome');
  // Events of a socket are taken in order, and this one is answered.
  const all = async (): Promise<void> => void (await socket.emitWithAck(PLAYER_EVENTS.time, { sentAtMs: 0 }));
  return { welcome: answer.takeover, pushed, all };
}

async function signedIn(
  role: string,
  unitId: string,
): Promise<(method: string, path: string, body?: unknown) => Promise<number>> {
  const person = {
    id: `p-${role}-${unitId}`,
    unitId,
    login: `${role}-${unitId}`,
    name: role,
    role,
    password: 'long enough 1',
  };
  await server.api('PUT', `/api/users/${person.id}`, person);
  const { login, password } = person;
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async (method, path, body) =>
    (
      await fetch(server.url + path, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    ).status;
}

describe('pushes', () => {
  test('[TK8] the players it means are told at once, the others nothing, and again when it is ended', async () => {
    const first = await player('screen-1');
    const second = await player('screen-2');
    const { id } = await start({ ...ASKED, targets: { ...EVERYWHERE, units: ['post'] } });
    await Promise.all([first.all(), second.all()]);
    expect([first.pushed, second.pushed]).toEqual([[], [id]]);
    expect((await end(id)).body).toMatchObject({ id, endedAtMs: server.clock.nowMs(), endedBy: { name: '管理员' } });
    await second.all();
    expect(second.pushed).toEqual([id, null]);
  });

  test('[TK8] a player that comes later is told by its welcome, and when the end comes by itself', async () => {
    const { id, endsAtMs } = await start();
    const late = await player('screen-1');
    expect(late.welcome).toEqual({ id, text: '请立即疏散', textEn: 'Please leave now', theme: 'red', endsAtMs });
    server.clock.advance(HOUR_MS);
    server.controller.services.takeovers.look();
    await late.all();
    expect(late.pushed).toEqual([null]);
    expect((await player('screen-2')).welcome).toBe(null);
  });

  test('[TK9] of several the one that started last stands; when it ends the earlier one that is in force stands again', async () => {
    const { pushed, all } = await player('screen-1');
    const first = await start({ ...ASKED, forMs: 3 * HOUR_MS });
    server.clock.advance(MINUTE_MS);
    const second = await start({ ...ASKED, text: '第二条', forMs: HOUR_MS });
    server.clock.advance(HOUR_MS);
    server.controller.services.takeovers.look();
    await all();
    expect(pushed).toEqual([first.id, second.id, first.id]);
  });

  test('[TK8] a screen that is moved out of what it means is set free, and one that is moved in is taken', async () => {
    const one = await player('screen-1');
    const two = await player('screen-2');
    const { id } = await start({ ...ASKED, targets: { ...EVERYWHERE, units: [], venues: ['bus-stop'] } });
    const [screen1, screen2] = ['screen-1', 'screen-2'].map((s) => server.catalogue.snapshot().screens.get(s));
    if (!screen1 || !screen2) throw new Error('no screen');
    await server.catalogue.apply([
      { op: 'put', collection: 'screens', entity: { ...screen1, venue: 'bus-stop' } },
      { op: 'put', collection: 'screens', entity: { ...screen2, venue: 'metro-station' } },
    ]);
    await Promise.all([one.all(), two.all()]);
    expect([one.pushed, two.pushed]).toEqual([[id], [id, null]]);
  });

  test('[TK8] other changes of screens push nothing', async () => {
    await start();
    const { pushed, all } = await player('screen-1');
    const screen = server.catalogue.snapshot().screens.get('screen-2');
    if (!screen) throw new Error('no screen');
    await server.catalogue.apply([{ op: 'put', collection: 'screens', entity: { ...screen, name: '新名' } }]);
    await all();
    expect(pushed).toEqual([]);
  });
});

describe('who may, and what', () => {
  test('[TK10] an operator takes over screens of its own unit and below, and no others', async () => {
    const operator = await signedIn('operator', 'post');
    expect(await operator('POST', '/api/takeovers', { ...ASKED, unitId: 'town' })).toBe(403);
    expect(await operator('POST', '/api/takeovers', { ...ASKED, unitId: 'post' })).toBe(200);
    const [listed] = server.controller.services.takeovers.list(
      server.catalogue.snapshot().users.get('p-operator-post') ?? (undefined as never),
    );
    // The target names the whole town; the unit bounds it.
    expect(listed).toMatchObject({ unitId: 'post', screens: 1, by: { userId: 'p-operator-post', name: 'operator' } });
    const foreign = await start();
    expect(await operator('POST', `/api/takeovers/${foreign.id}/end`)).toBe(403);
    expect(await (await signedIn('editor', 'town'))('POST', '/api/takeovers', ASKED)).toBe(403);
    expect(await (await signedIn('viewer', 'town'))('GET', '/api/takeovers')).toBe(403);
  });

  test('[TK10] texts of 1 to 500 characters and lengths of a minute to a day are taken', async () => {
    const refused = [
      { text: '' },
      { text: '字'.repeat(501) },
      { textEn: 'x'.repeat(501) },
      { forMs: MINUTE_MS - 1 },
      { forMs: 24 * HOUR_MS + 1 },
    ];
    for (const change of refused) {
      const answer = await server.api('POST', '/api/takeovers', { ...ASKED, ...change });
      expect([change, answer.status]).toEqual([change, 400]);
    }
    await start({ ...ASKED, text: '字'.repeat(500), forMs: 24 * HOUR_MS });
    await start({ ...ASKED, text: '字', textEn: null, forMs: MINUTE_MS });
  });

  test('[TK10] targets that lead nowhere, to another unit or to no screen with a player are refused by place', async () => {
    const place = async (unitId: string, targets: object): Promise<unknown> => {
      const asked = { ...ASKED, unitId, targets: { units: [], venues: [], tags: [], screens: [], ...targets } };
      const { status, body } = await server.api('POST', '/api/takeovers', asked);
      expect(status).toBe(400);
      return (body as { error: { faults: { place: string }[] } }).error.faults.map((fault) => fault.place);
    };
    expect(await place('town', { units: ['nowhere'] })).toEqual(['targets.units.0']);
    expect(await place('post', { screens: ['screen-2', 'screen-1'] })).toEqual(['targets.screens.1']);
    expect(await place('town', { screens: ['channel'] })).toEqual(['targets.screens.0']);
    expect(await place('town', { tags: ['none'] })).toEqual(['targets']);
  });

  test('[TK10] one that is over is not ended again, and one that is unknown is not found', async () => {
    const { id, endsAtMs } = await start();
    server.clock.set(endsAtMs);
    expect(await end(id)).toMatchObject({ status: 200, body: { endedAtMs: null, endedBy: null } });
    expect((await end('none')).status).toBe(404);
  });

  test('[TK11] the list counts the screens it means, those connected, and those that say they show it', async () => {
    const { id } = await start();
    const screen = await enrolScreen(server);
    await screen.report('2026-07-01', {}, { takeover: id });
    const { body } = await server.api('GET', '/api/takeovers');
    expect(body).toMatchObject([{ id, screens: 2, connected: 1, showing: 1 }]);
    screen.socket.disconnect();
  });

  test('[TK11] of those that are over the oldest are forgotten first', async () => {
    const old = await start({ ...ASKED, forMs: MINUTE_MS });
    const entity = server.catalogue.snapshot().takeovers.get(old.id);
    if (!entity) throw new Error('no takeover');
    await server.catalogue.apply(
      Array.from({ length: 499 }, (_, k) => ({
        op: 'put' as const,
        collection: 'takeovers' as const,
        entity: { ...entity, id: `t-${k}`, startedAtMs: entity.startedAtMs + 1 },
      })),
    );
    server.clock.advance(HOUR_MS);
    const { id } = await start();
    const { takeovers } = server.catalogue.snapshot();
    expect([takeovers.size, takeovers.has(old.id), takeovers.has(id)]).toEqual([500, false, true]);
  });
});

describe('verdicts', () => {
  test('[TK12] where the player has not said why, the server knows that an emergency kept it from playing', async () => {
    const screen = await enrolScreen(server);
    const { services } = server.controller;
    // The next day, before it opens at 06:00 in Shanghai.
    server.clock.set(Date.parse('2026-07-01T21:59:00Z'));
    const [admin] = server.catalogue.snapshot().users.values();
    if (!admin) throw new Error('no administrator');
    await services.takeovers.start({ ...ASKED, theme: 'red', forMs: 16 * HOUR_MS }, admin);
    server.clock.set(Date.parse('2026-07-02T13:59:00Z'));
    await server.catalogue.apply([
      {
        op: 'put',
        collection: 'campaigns',
        entity: { ...campaign(), commitments: campaign().commitments.map((c) => ({ ...c, minPlays: 100 })) },
      },
    ]);
    await services.planning.settled();
    await screen.report('2026-07-02', {}, {});
    const [row] = await services.commitmentDays.today();
    expect(row).toMatchObject({ verdict: 'short', reasons: ['taken-over'] });
    screen.socket.disconnect();
  });

  const campaign = () => {
    const found = server.catalogue.snapshot().campaigns.get('visits');
    if (!found) throw new Error('no campaign');
    return found;
  };
});
