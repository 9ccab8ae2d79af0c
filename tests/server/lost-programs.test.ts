/** A program that the server lost is brought back by the player whose segments name it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { PLAYER_PATHS, type SegmentAnswer, type SegmentPush } from '../../protocol/player-link.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { playRecord } from '../helpers/plays.ts';
import { bindDevice, type PushingDevice } from '../helpers/pushing-device.ts';
import { NOON_UTC_MS, startTestController, type TestController } from '../helpers/test-controller.ts';
import { emptyJournal, nextSegment } from '../helpers/test-device.ts';

const COMMITMENT = 'visits.min.f1';
const DATE = '2026-07-01';

let server: TestController;
let device: PushingDevice;
/** A program as a server before made it: the same promise with another minimum. */
let lost: { hash: string; text: string; program: Program };

beforeEach(async () => {
  server = await startTestController();
  device = await bindDevice(server);
  const { program: known } = device.program();
  const program = { ...known, commitments: known.commitments.map((one) => ({ ...one, minPlays: 7 })) };
  const text = canonicalJson(program);
  lost = { hash: shaOf(text), text, program };
});
afterEach(async () => {
  device.socket.disconnect();
  await server.close();
});

const push = (segment: SegmentPush): Promise<SegmentAnswer> => device.push(segment);

function segments(count: number): SegmentPush[] {
  const journal = emptyJournal();
  return Array.from({ length: count }, (_, k) => {
    const atMs = NOON_UTC_MS + k * 10_000;
    const play = { item: 'card-1', commitment: COMMITMENT, date: DATE, atMs, monoMs: k * 10_000, durationMs: 10_000 };
    return nextSegment(journal, device.key, 'screen-1', lost.hash, [playRecord(lost.program, play)]);
  });
}

const bring = async (hash: string, body: string, bearer = device.fetchToken): Promise<number> => {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'text/plain; charset=utf-8' };
  return (await fetch(server.url + PLAYER_PATHS.program(hash), { method: 'PUT', headers, body })).status;
};

const counted = async (): Promise<number> =>
  (await server.ledger.segments.counters({ from: DATE, to: DATE, screen: null }))[0]?.plays[COMMITMENT] ?? 0;

const kinds = async (): Promise<string[]> =>
  (await server.ledger.log.entries(0, 100)).map((entry) => String(JSON.parse(entry).kind));

test('[G10] a segment whose program is lost is not stored before its player has brought that; then its plays count', async () => {
  const [first, second] = segments(2);
  if (!first || !second) throw new RangeError('two segments');
  expect(await push(first)).toEqual({ kind: 'need-program', program: lost.hash });
  expect(await server.ledger.segments.position(device.key.id)).toBeNull();
  expect(await bring(lost.hash, lost.text)).toBe(204);
  expect(await push(first)).toMatchObject({ kind: 'stored' });
  expect(await push(second)).toMatchObject({ kind: 'stored' });
  expect(await counted()).toBe(2);
});

test('[G10] who brought it is entered into the log, before the program itself', async () => {
  const [first] = segments(1);
  if (!first) throw new RangeError('a segment');
  await push(first);
  const before = await kinds();
  await bring(lost.hash, lost.text);
  expect((await kinds()).slice(before.length)).toEqual(['handover', 'program']);
  const entries = await server.ledger.log.entries(before.length, 100);
  expect(JSON.parse(entries[0] ?? '')).toEqual({
    v: 1,
    kind: 'handover',
    screen: 'screen-1',
    device: device.key.id,
    program: lost.hash,
  });
});

test('[G10] nothing is taken that was not asked for, is not that program, means nothing, or comes from nobody', async () => {
  const [first] = segments(1);
  if (!first) throw new RangeError('a segment');
  expect(await bring(lost.hash, lost.text)).toBe(404);
  await push(first);
  expect(await bring(lost.hash, `${lost.text} `)).toBe(400);
  expect(await bring(lost.hash, lost.text, 'x'.repeat(40))).toBe(403);
  const nonsense = [
    { ...lost.program, hologram: true },
    { ...lost.program, timeZone: 'Mars/Olympus' },
  ].map(canonicalJson);
  for (const text of [...nonsense, ' {}']) {
    const journal = emptyJournal();
    const atMs = NOON_UTC_MS;
    const play = { item: 'card-1', commitment: COMMITMENT, date: DATE, atMs, monoMs: 0, durationMs: 10_000 };
    await push(nextSegment(journal, device.key, 'screen-1', shaOf(text), [playRecord(lost.program, play)]));
    expect(await bring(shaOf(text), text)).toBe(400);
    expect(await server.ledger.documents.get(shaOf(text))).toBeNull();
  }
  expect(await kinds()).not.toContain('handover');
  expect(await bring(lost.hash, lost.text)).toBe(204);
});

test('[G10] where the player has it no more, the segment is stored and its plays do not count', async () => {
  const [first] = segments(1);
  if (!first) throw new RangeError('a segment');
  expect(await push({ ...first, withoutProgram: true })).toMatchObject({ kind: 'stored' });
  expect(await counted()).toBe(0);
});

test('[RF3] [S42] a segment that says nothing before it is left is stored ahead; what is missing may still come', async () => {
  const [first, second, third, fourth] = segments(4);
  if (!first || !second || !third || !fourth) throw new RangeError('four segments');
  await server.ledger.documents.put(lost.hash, 'program', lost.text);
  expect(await push(third)).toEqual({ kind: 'rewind', epoch: 0, segment: 0 });
  expect(await push({ ...third, afterGap: true })).toMatchObject({ kind: 'stored', segment: 2 });
  expect(await server.ledger.segments.position(device.key.id)).toEqual({ epoch: 0, nextSegment: 3 });
  expect(await push(fourth)).toMatchObject({ kind: 'stored', segment: 3 });
  expect(await push(second)).toMatchObject({ kind: 'stored', segment: 1 });
  expect(await push(first)).toMatchObject({ kind: 'stored', segment: 0 });
  expect(await counted()).toBe(4);
});
