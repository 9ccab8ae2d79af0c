import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createIncidents } from '../../main/incidents.ts';
import { createJournal, type Journal } from '../../main/journal/journal.ts';
import { createSegmentFiles, type SegmentRef } from '../../main/journal/segment-files.ts';
import type { PlayerSocket } from '../../main/link/socket-port.ts';
import { createProofLog } from '../../main/proof-log/proof-log.ts';
import { PLAYER_EVENTS } from '../../protocol/player-link.ts';
import { createIngestService } from '../../server/ingest/ingest-service.ts';
import { logAnswer, receiptsAnswer } from '../../server/sockets/log-answers.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { type LogService, openLogService } from '../../server/tlog/log-service.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { numberedPlay } from './support/journal-check.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);
const HOUR_MS = 3_600_000;
const CONTEXT = { screen: 'screen-1', program: null, manifest: null };
const key = loadDeviceKey(createMemoryFiles(), '/key');
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

type Town = { ledger: ReturnType<typeof createMemoryLedger>; service: LogService };

/** A server's ledger and its log. */
async function town(): Promise<Town> {
  const folder = await tempFolder();
  const ledger = createMemoryLedger();
  const service = await openLogService({
    ...{
      store: ledger.log,
      keysFolder: folder,
      headFile: join(folder, 'head'),
      origin: 'town.example/log',
      cosigners: null,
    },
    clock: { nowMs: () => START_MS },
    log: silentLog as never,
  });
  return { ledger, service };
}

type Change = (event: string, answer: unknown) => unknown;

/** A connection to a town; `change` is what somebody on the way makes of its answers. */
const socketTo = (of: () => Town, change: Change = (_event, answer) => answer): PlayerSocket => ({
  async request(event, body) {
    const { service } = of();
    const given = body as { size: number; hashes: string[] };
    const answer =
      event === PLAYER_EVENTS.log ? await logAnswer(service, given.size) : await receiptsAnswer(service, given.hashes);
    return change(event, answer);
  },
  tell: () => undefined,
  on: () => undefined,
  onClose: () => undefined,
  close: () => undefined,
});

type Rig = {
  files: MemoryFiles;
  time: ManualTime;
  log: ReturnType<typeof createProofLog>;
  incidents: ReturnType<typeof createIncidents>;
  journal: Journal;
  /** Records so many segments of one play, and has them stored there. */
  store(where: Town, count: number): Promise<void>;
  /** Has the oldest stored that waits and is wanted. */
  send(where: Town, isWanted: (ref: SegmentRef) => boolean): Promise<void>;
  logged(): number[];
  names(): string[];
};

function player(files = createMemoryFiles(), time = createManualTime(START_MS)): Rig {
  const clock = createDisciplinedClock(time.raw);
  const incidents = createIncidents(() => undefined);
  const segments = createSegmentFiles(files, '/data/journal');
  const deps = { files, segments, incidents, log: () => undefined, timers: time.timers, random: () => 0.5 };
  const log = createProofLog({ ...deps, folder: '/data/log', nowMs: () => clock.nowMs() });
  ends.push(() => log.stop());
  const journal = createJournal(
    { files: segments, key, clock, boot: 'boot-1', build: 'test', beacon: log.beacon },
    CONTEXT,
  );
  let plays = 0;
  async function send({ ledger }: Town, isWanted: (ref: SegmentRef) => boolean): Promise<void> {
    const ingest = createIngestService({ ledger, clock, log: silentLog as never });
    const next = journal.shelf.nextUnsent(isWanted);
    if (!next) throw new Error('nothing sealed');
    const sender = { device: key.id, screen: CONTEXT.screen, publicKey: key.publicKey };
    expect((await ingest.push(next.segment, sender)).kind).toBe('stored');
    journal.shelf.settle(next.ref, 'stored');
  }
  return {
    ...{ files, time, log, incidents, journal, send },
    async store(where, count) {
      for (let k = 0; k < count; k += 1) {
        journal.append(numberedPlay(plays));
        plays += 1;
        journal.seal();
        await send(where, () => true);
      }
    },
    logged: () => segments.packs().flatMap((pack) => [...segments.loggedOf(pack)]),
    names: () => [...files.content.keys()].filter((path) => path.startsWith('/data/log')),
  };
}

describe('receipts', () => {
  test('[LG1] [I9] [I15] of all that was stored come within the hour, are verified and kept; segments name the log from then on', async () => {
    const there = await town();
    const rig = player();
    await rig.store(there, 150);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    await expect.poll(() => rig.logged().length).toBe(150);
    const size = parseCheckpoint(there.service.current()?.checkpoint() ?? '')?.size;
    expect(rig.log.beacon()?.size).toBe(size);
    await rig.store(there, 3);
    await there.service.turn();
    const headers = (await there.ledger.log.entries(0, 1000)).length;
    expect(headers).toBe(153);
    await rig.time.advanceAsync(HOUR_MS);
    await expect.poll(() => rig.logged().length).toBe(153);
    const [last] = [...rig.journal.shelf.newestFirst()];
    expect(JSON.parse(last?.header ?? '{}').beacon).toMatchObject({ size: 150 });
  });

  test('[LG1] nothing is logged before the log is signed, nor where it is not there', async () => {
    const there = await town();
    const rig = player();
    await rig.store(there, 3);
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.logged()).toEqual([]);
    rig.log.setSocket(
      socketTo(
        () => there,
        () => ({ kind: 'none', reason: 'restored' }),
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(rig.logged()).toEqual([]);
    expect(rig.incidents.list()).toEqual([]);
  });

  test('[LG1] [I15] of what an outage left behind too, which goes into the pack of an earlier epoch', async () => {
    const there = await town();
    const rig = player();
    const [kept, waiting] = [2, 3];
    await rig.store(there, kept);
    for (let k = 0; k < waiting; k += 1) {
      rig.journal.append(numberedPlay(100 + k));
      rig.journal.seal();
    }
    rig.journal.startEpoch(0);
    const live = rig.journal.position();
    rig.journal.append(numberedPlay(200));
    rig.journal.seal();
    const isLive = ({ epoch }: { epoch: number }): boolean => epoch === live.epoch;
    await rig.send(there, isLive);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    await expect.poll(() => rig.logged().length).toBe(kept + 1);
    // A second round finds nothing missing in the earlier epoch's pack.
    await rig.time.advanceAsync(HOUR_MS);
    for (let k = 0; k < waiting; k += 1) await rig.send(there, () => true);
    await there.service.turn();
    await rig.time.advanceAsync(HOUR_MS);
    await expect.poll(() => rig.logged().length).toBe(kept + 1 + waiting);
  });

  test('[LG2] a receipt of another segment, place or proof is not kept', async () => {
    const there = await town();
    const rig = player();
    await rig.store(there, 4);
    await there.service.turn();
    type Receipt = { hash: string; index: number; proof: string[] };
    const changes: ((receipts: Receipt[]) => Receipt[])[] = [
      (all) => all.map((one) => ({ ...one, index: (one.index + 1) % 4 })),
      (all) => all.map((one, k) => ({ ...one, proof: all[(k + 1) % all.length]?.proof ?? [] })),
      (all) => all.map((one) => ({ ...one, hash: '0'.repeat(64) })),
      (all) => all.map((one) => ({ ...one, proof: one.proof.slice(1) })),
    ];
    for (const change of changes) {
      rig.log.setSocket(
        socketTo(
          () => there,
          (event, answer) => {
            const given = answer as { receipts: Receipt[] };
            return event === PLAYER_EVENTS.receipts ? { ...given, receipts: change(given.receipts) } : answer;
          },
        ),
      );
      await rig.time.advanceAsync(60_000);
      expect(rig.logged()).toEqual([]);
    }
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.logged()).toHaveLength(4);
  });
});

describe('a log that contradicts what was verified', () => {
  async function witnessed(): Promise<{ there: Town; rig: Rig }> {
    const there = await town();
    const rig = player();
    await rig.store(there, 5);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.log.beacon()?.size).toBe(5);
    return { there, rig };
  }
  const kinds = (rig: Rig): string[] => rig.incidents.list().map(({ kind }) => kind);
  const evidence = (rig: Rig): string[] => rig.names().filter((name) => name.includes('evidence'));

  test('[LG3] [I8] a fork by the same key is evidence, which is kept, told, and believed by nobody here', async () => {
    const { there, rig } = await witnessed();
    const before = there.service.current()?.checkpoint();
    await rig.store(there, 2);
    await there.service.turn();
    rig.log.setSocket(
      socketTo(
        () => there,
        (event, answer) =>
          event === PLAYER_EVENTS.log ? { ...(answer as object), consistency: ['A'.repeat(43).concat('=')] } : answer,
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(kinds(rig)).toEqual(['log-forked']);
    expect(evidence(rig)).toHaveLength(1);
    expect(rig.log.beacon()?.size).toBe(5);
    expect(rig.logged()).toHaveLength(5);
    const kept = JSON.parse(Buffer.from(rig.files.content.get(evidence(rig)[0] ?? '') ?? []).toString());
    expect(kept.keptCheckpoint).toBe(before);
    expect(kept.shown.checkpoint).toBe(there.service.current()?.checkpoint());
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(kinds(rig)).toEqual([]);
    expect(rig.log.beacon()?.size).toBe(7);
  });

  test('[LG3] a log that is shorter, or is another one, is not believed, also after a restart', async () => {
    const { there, rig } = await witnessed();
    const other = await town();
    rig.log.setSocket(socketTo(() => other));
    await rig.time.advanceAsync(60_000);
    expect(kinds(rig)).toEqual(['log-forked']);
    const again = player(rig.files, rig.time);
    expect(again.log.beacon()?.size).toBe(5);
    again.log.setSocket(socketTo(() => other));
    await rig.time.advanceAsync(60_000);
    expect(again.incidents.list().map(({ kind }) => kind)).toEqual(['log-forked']);
    again.log.setSocket(
      socketTo(
        () => there,
        (event, answer) => (event === PLAYER_EVENTS.log ? { ...(answer as object), consistency: null } : answer),
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(again.log.beacon()?.size).toBe(5);
    again.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(again.incidents.list()).toEqual([]);
  });

  test('[LG3] the checkpoint of yesterday is a log that was set back', async () => {
    const { there, rig } = await witnessed();
    const yesterday = there.service.current()?.checkpoint();
    await rig.store(there, 2);
    await there.service.turn();
    rig.log.setSocket(socketTo(() => there));
    await rig.time.advanceAsync(60_000);
    expect(rig.log.beacon()?.size).toBe(7);
    rig.log.setSocket(
      socketTo(
        () => there,
        (event, answer) =>
          event === PLAYER_EVENTS.log ? { ...(answer as object), checkpoint: yesterday, consistency: [] } : answer,
      ),
    );
    await rig.time.advanceAsync(60_000);
    expect(rig.incidents.list()).toEqual([
      { kind: 'log-forked', detail: 'the log has 5 entries, and 7 were verified before' },
    ]);
    expect(rig.log.beacon()?.size).toBe(7);
  });

  test('[LG4] a player that was released puts away what it knows, and believes the next log', async () => {
    const { rig } = await witnessed();
    const other = await town();
    rig.log.leave();
    expect(rig.log.beacon()).toBeNull();
    await rig.store(other, 1).catch(() => undefined);
    await other.service.turn();
    rig.log.setSocket(socketTo(() => other));
    await rig.time.advanceAsync(60_000);
    expect(rig.incidents.list()).toEqual([]);
    expect(rig.log.beacon()).not.toBeNull();
    expect(rig.names().some((name) => name.startsWith('/data/log/key-until-'))).toBe(true);
  });
});
