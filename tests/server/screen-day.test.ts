/** The day of a screen as people look at it: the plan that holds, what was missed, and what was never owed. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScreenDay, screenDaySchema } from '../../protocol/http/views.ts';
import { explainDay } from '../../renderer/console/pages/screens/explain-day.ts';
import { bootRecord, playRecord } from '../helpers/plays.ts';
import { bindDevice, type PushingDevice } from '../helpers/pushing-device.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';
import { emptyJournal, nextSegment } from '../helpers/test-device.ts';

const COMMITMENT = 'visits.min.f1';
const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);

let server: TestController;
let device: PushingDevice;
let journal = emptyJournal();

beforeEach(async () => {
  server = await startTestController();
  journal = emptyJournal();
  await server.catalogue.apply([{ op: 'put', collection: 'campaigns', entity: filmCampaign(100) }]);
  await server.controller.services.planning.settled();
});
afterEach(async () => {
  device?.socket.disconnect();
  await server.close();
});

async function enrol(time: string): Promise<void> {
  server.clock.set(at(time));
  device = await bindDevice(server);
}

/** Make-goods of the promised card, one a minute from `time` on. */
async function makeGoods(count: number, time: string): Promise<void> {
  const program = device.program();
  const records = Array.from({ length: count }, (_, k) => {
    const atMs = at(time) + k * 60_000;
    const play = {
      item: 'card-1',
      commitment: COMMITMENT,
      date: DATE,
      atMs,
      monoMs: atMs - at(time),
      durationMs: 10_000,
    };
    return playRecord(program.program, play, { reason: 'make-good' });
  });
  const segment = nextSegment(journal, device.key, 'screen-1', program.hash, [bootRecord(at(time)), ...records]);
  expect(await device.push(segment)).toMatchObject({ kind: 'stored' });
}

const view = async (): Promise<ScreenDay> =>
  screenDaySchema.parse((await server.api('GET', `/api/screens/screen-1/day?date=${DATE}`)).body);

test('[EX6] a day bears what its slots and promises are explained from', async () => {
  await enrol('05:00');
  const day = await view();
  expect(day.enrolledAtMs).toBeNull();
  expect(day.outlines).toHaveLength(1);
  const explained = explainDay(day);
  const own = day.plan.filter((slot) => slot.commitment === COMMITMENT);
  const third = own[2];
  expect(third && explained.ofSlot(third)).toMatchObject({ kind: 'count', nth: 3, of: 100 });
});

test('[EX6] a slot that the pointer still rests on after the day was read anew is known by its start, or not explained', async () => {
  await enrol('05:00');
  const day = await view();
  const again = await view();
  const [slot] = day.plan;
  if (!slot) throw new Error('the day has no plan');
  expect(explainDay(again).ofSlot(slot)).toEqual(explainDay(day).ofSlot(slot));
  expect(explainDay(again).ofSlot({ ...slot, startMs: slot.startMs + 1 })).toBeNull();
});

test('[EX6] after an outage the rest is explained by the plan of the rest, and says what was missed', async () => {
  await enrol('05:00');
  await makeGoods(2, '12:00');
  server.clock.set(at('13:00'));
  const day = await view();
  expect(day.outlines).toHaveLength(2);
  const explained = explainDay(day);
  const next = day.plan.find((slot) => slot.commitment === COMMITMENT && slot.startMs >= at('13:00'));
  expect(next && explained.ofSlot(next)).toMatchObject({
    kind: 'make-good',
    nth: 3,
    because: 'missed',
    missedBeforeMs: at('13:00'),
  });
  const [play] = day.plays;
  expect(play && explained.ofPlay(play)).toMatchObject({ kind: 'make-good', nth: 1, because: 'missed' });
  expect(play && explained.reasonOf(play)).toBe('make-good');
});

test('[EX7] a screen first enrolled at 13:05 has no plan before, and its make-goods are not called missed', async () => {
  await enrol('13:05');
  await makeGoods(3, '13:06');
  // Nothing more was shown until 17:00, so that some plays were missed besides.
  server.clock.set(at('17:00'));
  const day = await view();
  expect(day.enrolledAtMs).toBe(at('13:05'));
  const explained = explainDay(day);
  expect(day.plan.length).toBeGreaterThan(100);
  expect(day.plan.every((slot) => slot.startMs >= at('13:05'))).toBe(true);
  const [play] = day.plays;
  expect(play && explained.reasonOf(play)).toBe('not-enrolled');
  expect(play && explained.ofPlay(play)).toMatchObject({ because: 'not-enrolled', missedBeforeMs: at('13:05') });
  // As many make-goods as were due before 13:05 are owed to that; what comes after would have been missed.
  const owed = day.outlines[0]?.promises[0]?.makeGoods ?? 0;
  expect(owed).toBeGreaterThan(30);
  const makeGood = day.plan.filter((slot) => slot.reason === 'make-good' && slot.startMs >= at('17:00'));
  const blamed = makeGood.filter((slot) => explained.reasonOf(slot) === 'not-enrolled');
  expect(makeGood.length).toBeGreaterThan(owed);
  expect(blamed).toEqual(makeGood.slice(0, owed - 3));
});

test('[EX7] a screen that has shown something before its present player was enrolled is not called new', async () => {
  await enrol('09:00');
  await makeGoods(1, '08:30');
  expect((await view()).enrolledAtMs).toBeNull();
});

test('[EX6] a promise that does not fit says why', async () => {
  await server.catalogue.apply([{ op: 'put', collection: 'campaigns', entity: filmCampaign(9000) }]);
  await server.controller.services.planning.settled();
  await enrol('05:00');
  const day = await view();
  expect(explainDay(day).ofPromise(COMMITMENT)).toMatchObject([
    { kind: 'overbooked', commitment: COMMITMENT, required: 9000, fits: 5760 },
  ]);
});

test('[RT4] a day past its retention says that plays are not kept singly, keeps its counts, and shows no slot as lost', async () => {
  await enrol('05:00');
  await makeGoods(5, '07:00');
  expect(await view()).toMatchObject({ playsKept: true, plays: { length: 5 } });
  const [logged] = await server.ledger.bodies.loggedIn(0, 100);
  await server.ledger.bodies.drop([logged?.row.hash ?? ''], 100);
  const day = await view();
  expect(day).toMatchObject({ playsKept: false, plays: [], plan: [], conflicts: [] });
  expect(day.commitments.find(({ commitment }) => commitment === COMMITMENT)).toMatchObject({ proven: 5 });
});
