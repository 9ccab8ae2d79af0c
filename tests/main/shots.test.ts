/** Which plays have a picture, and how pictures are kept, sent and given up. */
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import type { Cue } from '../../main/engine/cue.ts';
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import { sha256Hex } from '../../main/sha256.ts';
import { createPlayShots, type PlayShots } from '../../main/shots/play-shots.ts';
import { createShotFolder } from '../../main/shots/shot-folder.ts';
import { createShotQueue, MOST_SHOT_FOLDER_BYTES, MOST_SHOTS, type ShotQueue } from '../../main/shots/shot-queue.ts';
import { createMemoryShots } from './support/bare-upkeep.ts';
import { createManualTime, type ManualTime, settle } from './support/manual-time.ts';
import { sampleProgram } from './support/sample-program.ts';

const noLog = (): void => undefined;
const picture = (n: number, bytes = 16): Uint8Array => Buffer.from(`${n}`.padEnd(bytes, '.'));

const cue = (commitment: string | null, startMs: number): Cue => ({
  date: '2026-07-01',
  slot: { startMs, durationMs: 10_000, item: 'card', commitment, reason: commitment === null ? 'filler' : 'scheduled' },
  content: { type: 'card', text: 'x', textEn: null, theme: 'red' },
  sha: 'a'.repeat(64),
  campaign: null,
  under: { program: sampleProgram(), hash: 'b'.repeat(64), manifestHash: 'c'.repeat(64) },
});

type PlayRig = { time: ManualTime; shots: PlayShots; taken: number[]; answer: { now: () => Promise<string> } };

function playRig(every: number): PlayRig {
  const time = createManualTime(0);
  const taken: number[] = [];
  const answer = { now: async () => `sha-${taken.length}` };
  const take = (): Promise<string> => {
    taken.push(time.raw.monoMs());
    return answer.now();
  };
  return { time, taken, answer, shots: createPlayShots({ every: () => every, take, timers: time.timers, log: noLog }) };
}

/** Shows `cues` one after the other, ten seconds each; gives the picture of each as its record would name it. */
async function showAll(rig: PlayRig, cues: readonly Cue[]): Promise<(string | null)[]> {
  const played: PlayedSlot[] = [];
  const named: (string | null)[] = [];
  for (const one of cues) {
    rig.shots.begun(one, [...played]);
    await rig.time.advanceAsync(10_000);
    named.push(rig.shots.shotOf(one));
    played.push({ ...one.slot, counted: true });
  }
  return named;
}

test('[UK2] the first play of each promise on a day and every second after it has a picture, taken at its middle', async () => {
  const rig = playRig(2);
  const cues = ['c1', null, 'c2', 'c1', 'c2', 'c1', null].map((commitment, n) => cue(commitment, n * 10_000));
  expect(await showAll(rig, cues)).toEqual(['sha-1', null, 'sha-2', null, null, 'sha-3', null]);
  expect(rig.taken).toEqual([5000, 25_000, 55_000]);
});

test('[UK2] at 0 no picture is taken', async () => {
  const rig = playRig(0);
  expect(await showAll(rig, [cue('c1', 0)])).toEqual([null]);
  expect(rig.taken).toEqual([]);
});

test('[UK2] a picture that fails, or comes when its play is over, is not named', async () => {
  const rig = playRig(1);
  rig.answer.now = () => Promise.reject(new Error('no picture'));
  expect(await showAll(rig, [cue('c1', 0)])).toEqual([null]);
  let deliver = (_sha: string): void => undefined;
  rig.answer.now = () =>
    new Promise((resolve) => {
      deliver = resolve;
    });
  const [first, second] = [cue('c1', 10_000), cue('c1', 20_000)];
  rig.shots.begun(first, []);
  await rig.time.advanceAsync(10_000);
  rig.shots.begun(second, []);
  deliver('late');
  await settle();
  expect([rig.shots.shotOf(first), rig.shots.shotOf(second)]).toEqual([null, null]);
});

test('[UK2] a play that is cut off before its middle has none', async () => {
  const rig = playRig(1);
  rig.shots.begun(cue('c1', 0), []);
  await rig.time.advanceAsync(4000);
  rig.shots.begun(cue(null, 4000), []);
  await rig.time.advanceAsync(10_000);
  expect(rig.taken).toEqual([]);
});

type Sent = { sha: string; bytes: Uint8Array };

function server(): { socket: PlayerSocket; sent: Sent[]; answer: { now: () => unknown } } {
  const sent: Sent[] = [];
  const answer = { now: (): unknown => ({ kind: 'stored' }) };
  const socket: PlayerSocket = {
    async request(_event, body) {
      sent.push(body as Sent);
      const given = answer.now();
      if (given instanceof Error) throw given;
      return given;
    },
    tell: noLog,
    on: noLog,
    onClose: noLog,
    close: noLog,
  };
  return { socket, sent, answer };
}

const queueOver = (folder: ReturnType<typeof createMemoryShots>, time: ManualTime): ShotQueue =>
  createShotQueue({ folder, timers: time.timers, random: () => 0, log: noLog });

const refused = (code: string, retryable: boolean): unknown => ({
  kind: 'error',
  error: { code, message: 'no', faults: [], retryable },
});

test('[UK3] pictures wait until there is a connection, go up oldest first, and are gone when they are stored', async () => {
  const [folder, time, far] = [createMemoryShots(), createManualTime(0), server()];
  const queue = queueOver(folder, time);
  for (const n of [1, 2, 3]) await queue.keep(picture(n), n);
  expect(far.sent).toEqual([]);
  queue.setSocket(far.socket);
  await settle();
  await settle();
  expect(far.sent.map(({ bytes }) => Buffer.from(bytes).toString()[0])).toEqual(['1', '2', '3']);
  expect(far.sent.every(({ sha, bytes }) => sha256Hex(bytes) === sha)).toBe(true);
  expect(folder.kept.size).toBe(0);
});

test('[UK3] a lost answer means it is sent again later; one that is refused for good is given up', async () => {
  const [folder, time, far] = [createMemoryShots(), createManualTime(0), server()];
  const queue = queueOver(folder, time);
  await queue.keep(picture(1), 1);
  far.answer.now = () => new Error('connection lost');
  queue.setSocket(far.socket);
  await settle();
  expect([far.sent.length, folder.kept.size]).toEqual([1, 1]);
  far.answer.now = () => refused('too-many-requests', true);
  await time.advanceAsync(2000);
  expect([far.sent.length, folder.kept.size]).toEqual([2, 1]);
  far.answer.now = () => refused('bad-request', false);
  await time.advanceAsync(4000);
  expect([far.sent.length, folder.kept.size]).toEqual([3, 0]);
});

test('[UK3] at most 500 pictures and 32 MB are kept; the oldest give way', async () => {
  const [folder, time] = [createMemoryShots(), createManualTime(0)];
  const queue = queueOver(folder, time);
  for (let n = 0; n < MOST_SHOTS + 2; n += 1) await queue.keep(picture(n), n);
  expect(folder.kept.size).toBe(MOST_SHOTS);
  expect(folder.kept.has(sha256Hex(picture(1)))).toBe(false);
  expect(folder.kept.has(sha256Hex(picture(2)))).toBe(true);
  const large = createMemoryShots();
  const heavy = queueOver(large, time);
  for (let n = 0; n < 5; n += 1) await heavy.keep(picture(n, MOST_SHOT_FOLDER_BYTES / 4), n);
  expect(large.kept.size).toBe(4);
});

test('[UK3] a picture that cannot be written is refused, and those after it are kept', async () => {
  const [folder, time] = [createMemoryShots(), createManualTime(0)];
  const queue = queueOver(folder, time);
  folder.fault = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  await expect(queue.keep(picture(1), 1)).rejects.toThrow('no space');
  folder.fault = null;
  await queue.keep(picture(2), 2);
  expect(folder.kept.size).toBe(1);
});

test('[UK3] the folder gives pictures back oldest first after a restart, and clears away half-written ones', async () => {
  const data = mkdtempSync(join(tmpdir(), 'xunbo-shots-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const folder = createShotFolder(join(data, 'shots'));
  expect(await folder.list()).toEqual([]);
  const [older, newer] = [sha256Hex(picture(1)), sha256Hex(picture(2))];
  await folder.write(newer, picture(2));
  await folder.write(older, picture(1));
  utimesSync(join(data, 'shots', `${older}.webp`), 1000, 1000);
  writeFileSync(join(data, 'shots', `${'f'.repeat(64)}.webp.new`), 'half');
  expect((await createShotFolder(join(data, 'shots')).list()).map(({ sha }) => sha)).toEqual([older, newer]);
  expect(readdirSync(join(data, 'shots')).length).toBe(2);
  await folder.remove(older);
  expect(await folder.read(older)).toBeNull();
  expect(Buffer.from((await folder.read(newer)) ?? []).toString()).toBe(Buffer.from(picture(2)).toString());
});
