/** What a full disk could not take is told as that, changes nothing, and is stored once when it comes again. */
import { afterEach, expect, test } from 'vitest';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import { type FaultPlan, faultyCatalogue, faultyLedger } from '../helpers/faulty-stores.ts';
import { bootRecord } from '../helpers/plays.ts';
import { NOON_UTC_MS, startTestController, type TestController } from '../helpers/test-controller.ts';
import { connectDevice, emptyJournal, newDeviceKey, nextSegment, prove } from '../helpers/test-device.ts';

let server: TestController;
afterEach(() => server.close());

/** Keeps the means to fail the store it wraps. */
function faults(): { plan: FaultPlan; use<T extends FaultPlan>(faulty: T): T } {
  const kept = {
    plan: { failNext: (): void => undefined } as FaultPlan,
    use<T extends FaultPlan>(faulty: T): T {
      kept.plan = faulty;
      return faulty;
    },
  };
  return kept;
}

test('[FD1] a change that the disk has no room for is told as disk-full, and nothing is changed', async () => {
  const disk = faults();
  server = await startTestController({ catalogue: (store) => disk.use(faultyCatalogue(store)).store });
  const before = (await server.api('GET', '/api/slogans')).body;
  const slogan = { id: 'new', name: '新', unitId: 'town', text: '新', shape: 'card', theme: 'red', durationMs: 5000 };
  disk.plan.failNext('not-applied');
  expect(await server.api('PUT', '/api/slogans/new', slogan)).toMatchObject({
    status: 507,
    body: { error: { code: 'disk-full', retryable: true } },
  });
  expect((await server.api('GET', '/api/slogans')).body).toEqual(before);
  expect((await server.api('PUT', '/api/slogans/new', slogan)).status).toBe(200);
});

for (const twin of ['applied', 'not-applied'] as const) {
  test(`[FD2][G2] a segment that could not be stored (${twin}) is not acknowledged, and stored once and told of when it comes again`, async () => {
    const disk = faults();
    server = await startTestController({ ledger: (ledger) => disk.use(faultyLedger(ledger)).ledger });
    const key = newDeviceKey();
    const socket = await connectDevice(server.url);
    await prove(socket, key, server.controller.services.enrolment.tokenFor('screen-1'));
    const segment = nextSegment(emptyJournal(), key, 'screen-1', null, [bootRecord(NOON_UTC_MS)]);
    const heard: number[] = [];
    server.controller.services.ingest.onStored((stored) => heard.push(stored.segment));
    // The log's own writes would take the failure now and then.
    await server.controller.services.jobs.stop();
    disk.plan.failNext(twin);
    expect(await socket.emitWithAck(PLAYER_EVENTS.segment, segment)).toMatchObject({
      kind: 'error',
      error: { code: 'disk-full', retryable: true },
    });
    expect(await socket.emitWithAck(PLAYER_EVENTS.segment, segment)).toMatchObject({ kind: 'stored' });
    expect(await server.ledger.segments.position(key.id)).toEqual({ epoch: 0, nextSegment: 1 });
    expect(heard).toEqual([0]);
    socket.disconnect();
  });
}
