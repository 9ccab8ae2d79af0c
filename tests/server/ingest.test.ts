/** A pushed segment over a real socket: acknowledged once it is stored, counted once, and no bad one blocks the next. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Program } from '../../domain/plan/program.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import { PLAYER_EVENTS, type SegmentAnswer } from '../../protocol/player-link.ts';
import { bootRecord, playRecord } from '../helpers/plays.ts';
import { bindDevice, type PushingDevice } from '../helpers/pushing-device.ts';
import { filmCampaign } from '../helpers/small-town.ts';
import { NOON_UTC_MS, startTestController, type TestController } from '../helpers/test-controller.ts';
import { emptyJournal, type JournalState, nextSegment, type Unnumbered } from '../helpers/test-device.ts';

const COMMITMENT = 'visits.min.f1';
const DATE = '2026-07-01';

let server: TestController;
let device: PushingDevice;
let journal: JournalState;
let program: { hash: string; program: Program };

beforeEach(async () => {
  server = await startTestController();
  device = await bindDevice(server);
  journal = emptyJournal();
  program = device.program();
});
afterEach(async () => {
  device.socket.disconnect();
  await server.close();
});

const push = (segment: Segment): Promise<SegmentAnswer> => device.push(segment);

/** Plays of the promised card, ten seconds each, from `fromMs` on. */
const plays = (count: number, fromMs = 0, overrides: Parameters<typeof playRecord>[2] = {}): Unnumbered[] =>
  Array.from({ length: count }, (_, i) => {
    const at = fromMs + i * 10_000;
    const play = {
      item: 'card-1',
      commitment: COMMITMENT,
      date: DATE,
      atMs: NOON_UTC_MS + at,
      monoMs: at,
      durationMs: 10_000,
    };
    return playRecord(program.program, play, overrides);
  });

const seal = (records: Unnumbered[], change?: Parameters<typeof nextSegment>[5]): Segment =>
  nextSegment(journal, device.key, 'screen-1', program.hash, records, change);

const counted = async (): Promise<number> => {
  const [row] = await server.ledger.segments.counters({ from: DATE, to: DATE, screen: 'screen-1' });
  return row?.plays[COMMITMENT] ?? 0;
};

test('[G1] a segment is stored before it is acknowledged, and its plays are counted', async () => {
  expect(await push(seal([bootRecord(NOON_UTC_MS), ...plays(2)]))).toMatchObject({
    kind: 'stored',
    epoch: 0,
    segment: 0,
  });
  expect(await counted()).toBe(2);
  const { body } = await server.api('GET', `/api/plays?from=${DATE}&to=${DATE}`);
  expect(body).toMatchObject({ plays: [{ counted: true, item: 'card-1' }, { counted: true }], next: null });
});

test('[G2] the same segment again is acknowledged again and counted once', async () => {
  const segment = seal(plays(2));
  expect(await push(segment)).toMatchObject({ kind: 'stored' });
  expect(await push(segment)).toMatchObject({ kind: 'stored' });
  expect(await counted()).toBe(2);
});

test('[G3] a segment ahead of its place is answered with the place to go on from', async () => {
  seal(plays(1));
  expect(await push(seal(plays(1, 20_000)))).toEqual({ kind: 'rewind', epoch: 0, segment: 0 });
  expect(await counted()).toBe(0);
});

test('[G4] another segment of the same number is kept as a fork and not counted', async () => {
  const start = { ...journal };
  await push(seal(plays(1)));
  journal = start;
  expect(await push(seal(plays(3)))).toMatchObject({ kind: 'fork' });
  expect(await counted()).toBe(1);
});

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const nextLetter = (letter = 'A'): string => LETTERS[LETTERS.indexOf(letter) + 1] ?? '';

const spoiled: [string, string, () => Segment][] = [
  [
    'a wrong signature',
    'signature-wrong',
    () => ({ ...seal(plays(1)), signature: Buffer.alloc(64, 1).toString('base64') }),
  ],
  [
    'a signature in another spelling',
    'signature-wrong',
    // The last letter carries two bits of the signature; the others mean nothing, and have to be 0.
    () => ((s) => ({ ...s, signature: `${s.signature.slice(0, 85)}${nextLetter(s.signature[85])}==` }))(seal(plays(1))),
  ],
  [
    'a changed record',
    'root-wrong',
    () => ((s) => ({ ...s, body: s.body.replace('"frames":1', '"frames":2') }))(seal(plays(1))),
  ],
  [
    'a header that is not canonical',
    'header-malformed',
    () => ((s) => ({ ...s, header: ` ${s.header}` }))(seal(plays(1))),
  ],
  ['another device', 'device-foreign', () => seal(plays(1), (h) => ({ ...h, device: 'f'.repeat(64) }))],
  ['another screen', 'screen-foreign', () => seal(plays(1), (h) => ({ ...h, screen: 'screen-2' }))],
  ['a wrong count', 'count-wrong', () => seal(plays(1), (h) => ({ ...h, count: 2 }))],
  ['plays that overlap', 'time-disordered', () => seal([...plays(1), ...plays(1, 5000)])],
];
for (const [what, reason, make] of spoiled) {
  test(`[G5] a segment with ${what} is quarantined and blocks nothing after it`, async () => {
    expect(await push(make())).toMatchObject({ kind: 'quarantined', reason });
    expect(await counted()).toBe(0);
  });
}

test('[G5] good segments go on after a bad one of the same chain', async () => {
  const bad = { ...seal(plays(1)), signature: Buffer.alloc(64, 1).toString('base64') };
  expect(await push(bad)).toMatchObject({ kind: 'quarantined' });
  expect(await push(seal(plays(2, 20_000)))).toMatchObject({ kind: 'stored' });
  expect(await counted()).toBe(2);
});

const uncounted: [string, Parameters<typeof playRecord>[2]][] = [
  ['cut off', { outcome: 'cut' }],
  ['not rendered', { evidence: { expectedMs: 10_000, frames: 0, dropped: 0, visible: 1 } }],
  ['on a page that was not visible', { evidence: { expectedMs: 10_000, frames: 1, dropped: 0, visible: 0 } }],
  ['of other bytes than the program names', { sha: 'a'.repeat(64) }],
  ['shorter than its item by more than half a second', { m1: 9499 }],
  [
    'claiming a shorter item than the program has',
    { m1: 5000, evidence: { expectedMs: 5000, frames: 1, dropped: 0, visible: 1 } },
  ],
];
for (const [what, overrides] of uncounted) {
  test(`[G6] a play ${what} is stored and not counted`, async () => {
    expect(await push(seal(plays(1, 0, overrides)))).toMatchObject({ kind: 'stored' });
    expect(await counted()).toBe(0);
    const { body } = await server.api('GET', `/api/plays?from=${DATE}&to=${DATE}`);
    expect(body).toMatchObject({ plays: [{ counted: false }] });
  });
}

test('[G7] a change of the catalogue pushes the hash of the new program, and only where it changed', async () => {
  const pushed = new Promise((resolve) => device.socket.once(PLAYER_EVENTS.program, resolve));
  const { status } = await server.api('PUT', '/api/slogans/card-1', {
    id: 'card-1',
    name: '标语',
    unitId: 'town',
    text: '换了新词',
    shape: 'card',
    theme: 'blue',
    durationMs: 12_000,
  });
  expect(status).toBe(200);
  const { program: hash } = (await pushed) as { program: string };
  expect(hash).not.toBe(program.hash);
  expect(await server.ledger.documents.get(hash)).toContain('换了新词');
});

test('[E18][G7] how a screen hangs and sounds is pushed as a new program, and only to it', async () => {
  const { planning } = server.controller.services;
  const [screen] = (await server.api('GET', '/api/screens')).body as Record<string, unknown>[];
  const { device: bound, online, lastSeenMs, program: _, status, incidents, ...settings } = screen ?? {};
  const pushed = new Promise((resolve) => device.socket.once(PLAYER_EVENTS.program, resolve));
  const sound = { volume: 35, dayParts: [{ from: '08:00', to: '20:00' }] };
  const put = { ...settings, rotation: 270, sound, syncGroup: 'hall' };
  expect((await server.api('PUT', '/api/screens/screen-1', put)).status).toBe(200);
  const { program: hash } = (await pushed) as { program: string };
  expect(hash).not.toBe(program.hash);
  const made = planning.programOf('screen-1')?.program;
  expect(made).toMatchObject({ display: { rotation: 270, sound }, inStep: true });
  const back = { ...put, rotation: 0, sound: null, syncGroup: null };
  expect((await server.api('PUT', '/api/screens/screen-1', back)).status).toBe(200);
  expect(planning.programOf('screen-1')?.hash).toBe(program.hash);
  const tilted = await server.api('PUT', '/api/screens/screen-1', { ...settings, rotation: 45 });
  expect(tilted).toMatchObject({ status: 400, body: { error: { faults: [{ place: 'rotation' }] } } });
});

test('[G8] verdicts: met only by plays in the ledger, unknown while nothing is heard, on track by the plan', async () => {
  const today = async (): Promise<unknown> => (await server.api('GET', '/api/today')).body;
  expect(await today()).toMatchObject([{ commitment: COMMITMENT, required: 3, proven: 0, verdict: 'unknown' }]);
  await push(seal(plays(1)));
  expect(await today()).toMatchObject([{ proven: 1, verdict: 'on-track' }]);
  await push(seal(plays(2, 10_000)));
  expect(await today()).toMatchObject([{ proven: 3, verdict: 'met' }]);
});

test('[V7] a promise of a share is not met by its count while the day lasts', async () => {
  const campaign = filmCampaign(3);
  const commitments = campaign.commitments.map((commitment) => ({ ...commitment, minShare: 0.2 }));
  expect((await server.api('PUT', '/api/campaigns/visits', { ...campaign, commitments })).status).toBe(200);
  await push(seal(plays(3)));
  expect((await server.api('GET', '/api/today')).body).toMatchObject([{ proven: 3, verdict: 'on-track' }]);
});
