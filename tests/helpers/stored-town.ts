/** A data folder as a day of a small town leaves it: a player's segments, a fork, a refused one, a signed end of day, and a signed log of two tiles. */
import { logEntryText } from '../../domain/proof/log-entry.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import { type DataPaths, dataPaths } from '../../server/stores/data-folder.ts';
import { bootRecord, playRecord } from './plays.ts';
import { NOON_UTC_MS, startTestController, type TestController } from './test-controller.ts';
import { emptyJournal, newDeviceKey, nextSegment, type Unnumbered } from './test-device.ts';

const DATE = '2026-07-01';

/** A controller over real stores that has stored a day, still running. */
export type StoredTown = { server: TestController; paths: DataPaths; push(): Promise<void> };

/** Stores the day in the new folder `folder`. */
export async function storeTown(folder: string): Promise<StoredTown> {
  const server = await startTestController({}, folder);
  const { enrolment, ingest, jobs, planning } = server.controller.services;
  const known = planning.programOf('screen-1');
  if (!known) throw new Error('the screen has no program');
  const { hash, program } = known;
  const key = newDeviceKey();
  await enrolment.redeem(enrolment.tokenFor('screen-1'), key.publicKey);
  const sender = { device: key.id, screen: 'screen-1', publicKey: key.publicKey };
  const journal = emptyJournal();
  let atMs = 0;
  const play = (commitment: string | null): Unnumbered => {
    const item = commitment === null ? 'loop-1' : 'card-1';
    const times = { atMs: NOON_UTC_MS + atMs, monoMs: atMs, durationMs: 10_000 };
    atMs += 10_000;
    return playRecord(program, { item, commitment, date: DATE, ...times });
  };
  const seal = (records: Unnumbered[]): Segment => nextSegment(journal, key, 'screen-1', hash, records);
  const promised = (): Unnumbered => play('visits.min.f1');
  const send = async (segment: Segment, kind: string): Promise<void> => {
    const answer = await ingest.push(segment, sender);
    if (answer.kind !== kind) throw new Error(`${JSON.stringify(answer)} where ${kind} was to be`);
  };
  const push = async (): Promise<void> => send(seal([promised(), play(null)]), 'stored');

  await send(seal([bootRecord(NOON_UTC_MS), promised(), play(null)]), 'stored');
  const before = { ...journal };
  await push();
  Object.assign(journal, before);
  await send(seal([promised()]), 'fork');
  Object.assign(journal, before, { segment: 2, seq: before.seq + 2, prev: 'a'.repeat(64) });
  await send({ ...seal([promised()]), signature: Buffer.alloc(64).toString('base64') }, 'quarantined');
  await send(seal([promised(), play(null)]), 'stored');
  const t = NOON_UTC_MS + atMs;
  const evidence = { date: DATE, plays: { 'visits.min.f1': 3 }, makeGoods: {}, short: {} };
  await send(seal([{ kind: 'dayclose', t0: t, t1: t, m0: atMs, m1: atMs, reason: 'closed', evidence }]), 'stored');
  const release = (k: number): string =>
    logEntryText({ kind: 'release', version: `1.0.${k}`, arch: 'x64', sha512: 'f' });
  await server.ledger.log.append(Array.from({ length: 520 }, (_, k) => release(k)));
  await jobs.run('log-entries');
  await jobs.run('log-signing');
  return { server, paths: dataPaths(folder), push };
}
