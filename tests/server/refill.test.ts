/** A server is destroyed and refilled from its players: real controllers, stores and sockets, real players on a manual clock. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runNewLog } from '../../cli/new-log.ts';
import { addDays, instantOfWallTime } from '../../domain/time/zone-time.ts';
import { parseCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import type { CommitmentDay } from '../../protocol/http/views.ts';
import { recordSchema } from '../../protocol/proof.ts';
import { backUp } from '../../server/backup/back-up.ts';
import { restore } from '../../server/backup/restore.ts';
import { type Controller, createController } from '../../server/create-server.ts';
import { silentLog } from '../../server/log.ts';
import { dataPaths, openDataFolder } from '../../server/stores/data-folder.ts';
import type { ScreenDayCounters } from '../../server/stores/ledger-store.ts';
import { openLowdbCatalogue } from '../../server/stores/lowdb-catalogue.ts';
import { recountScreenDays } from '../../server/stores/recount.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { createFleetInHand, type FleetInHand } from '../helpers/fleet-in-hand.ts';
import { plainParts } from '../helpers/plain-parts.ts';
import { fillCatalogue, filmCampaign } from '../helpers/small-town.ts';
import { createMemoryFiles } from '../main/support/memory-files.ts';

const ZONE = 'Asia/Shanghai';
const FIRST = '2026-07-01';
const DAYS = 4;
const SCREENS = ['screen-1', 'screen-2', 'screen-3'];
const at = (day: number, clock: string): number => instantOfWallTime(addDays(FIRST, day), clock, ZONE);

let fleet: FleetInHand;
/** Of the first server, and of those that come after it. */
let port = 0;
let root: string;
/** What the first server knew when it was destroyed, and the players' disks of that moment. */
let before: { counters: ScreenDayCounters[]; verdicts: CommitmentDay[]; plays: string[]; logSize: number };
let disks: Map<string, Map<string, Buffer>>;
let keys: Map<string, string>;

type Running = { controller: Controller; close(): Promise<void> };

async function serve(data: string): Promise<Running> {
  const folder = await openDataFolder(data);
  const catalogue = await openLowdbCatalogue({ folder: data, log: silentLog });
  const ledger = await openSqliteLedger({ file: folder.paths.ledger, log: silentLog });
  const controller = await createController({
    ...plainParts(folder.paths),
    ...{ catalogue, ledger, clock: { nowMs: () => fleet.time.raw.wallMs() }, logOrigin: 'town/log' },
  });
  port = await controller.listen('127.0.0.1', port);
  return {
    controller,
    async close() {
      await controller.close();
      folder.close();
    },
  };
}

async function known({ controller }: Running): Promise<typeof before> {
  const { ledger, commitmentDays } = controller.services;
  const plays: string[] = [];
  const all = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, screen: null };
  for await (const { device, epoch, body } of ledger.segments.segments(all)) {
    for (const line of body.trim().split('\n')) {
      const record = recordSchema.parse(JSON.parse(line));
      if (record.kind === 'play') plays.push(`${device} ${epoch} ${record.seq} ${record.t0}`);
    }
  }
  const to = addDays(FIRST, DAYS - 1);
  return {
    counters: await ledger.segments.counters({ from: FIRST, to, screen: null }),
    verdicts: await commitmentDays.span(FIRST, to, null),
    plays: plays.sort(),
    logSize: controller.services.transparency.signedSize(),
  };
}

const unsent = (): number => [...fleet.players.values()].reduce((sum, { player }) => sum + player.status().unsent, 0);
const isLinked = (screen: string): boolean => (fleet.players.get(screen)?.player.fetchToken() ?? null) !== null;

const kinds = (): string[] =>
  [...fleet.players.values()].flatMap(({ player }) => player.status().incidents.map(({ kind }) => kind));

/** Stored segments, and those of them that have a receipt of the log of that name. */
function receipts(origin: string): { stored: number; logged: number } {
  const sum = { stored: 0, logged: 0 };
  for (const { files } of fleet.players.values()) {
    const segments = createSegmentFiles(files, '/data/journal');
    for (const pack of segments.packs()) {
      sum.stored += segments.readPack(pack).length;
      sum.logged += segments.loggedOf(pack, (name) => name === origin).size;
    }
  }
  return sum;
}

/** Lets the players send all and fetch the receipts of all. */
async function settleWith(running: Running, origin: string): Promise<void> {
  const { jobs } = running.controller.services;
  fleet.setNetwork(true);
  await fleet.until(async () => {
    await jobs.run('log-signing');
    const { stored, logged } = receipts(origin);
    return (
      unsent() === 0 &&
      stored > 0 &&
      stored === logged &&
      [...fleet.players.values()].every(({ player }) => player.fetchToken() !== null)
    );
  }, `everything in ${origin}`);
}

/** A day without a network, after a night asleep. */
async function dayOffline(day: number): Promise<void> {
  fleet.setNetwork(false);
  fleet.time.sleep(Math.max(0, at(day, '07:58') - fleet.time.raw.wallMs()));
  await fleet.passTo(at(day, '08:35'));
}

/** A town of three screens that are open for half an hour; the third gets its player after the backup was made. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xunbo-refill-'));
  const data = join(root, 'first');
  const empty = await openDataFolder(data);
  const catalogue = await openLowdbCatalogue({ folder: data, log: silentLog });
  await fillCatalogue(catalogue);
  const model = catalogue.snapshot().screens.get('screen-1');
  if (!model) throw new Error('no screen');
  const openingHours = model.openingHours.map((hours) => ({ ...hours, from: '08:00', to: '08:30' }));
  await catalogue.apply([
    ...SCREENS.map((id) => ({
      op: 'put' as const,
      collection: 'screens' as const,
      entity: { ...model, id, openingHours },
    })),
    { op: 'put', collection: 'campaigns', entity: filmCampaign(20) },
  ]);
  await catalogue.close();
  empty.close();
  fleet = createFleetInHand(() => `http://127.0.0.1:${port}`, at(0, '07:50'));
  const running = await serve(data);
  const { enrolment, catalogue: own, planning } = running.controller.services;
  for (const screen of SCREENS.slice(0, 2)) fleet.start(screen, enrolment.tokenFor(screen));
  const haveProgram = (): boolean =>
    [...fleet.players].every(([screen, { player }]) => player.status().program === planning.programOf(screen)?.hash);
  await fleet.until(haveProgram, 'programs');
  await dayOffline(0);
  await settleWith(running, 'town/log');
  await backUp({ data, target: join(root, 'backup'), nowMs: 0, log: silentLog, onProgress: () => undefined });

  fleet.start('screen-3', enrolment.tokenFor('screen-3'));
  const slogan = own.snapshot().slogans.get('loop-1');
  if (!slogan) throw new Error('no slogan');
  await own.apply([{ op: 'put', collection: 'slogans', entity: { ...slogan, text: '另一句' } }]);
  await planning.settled();
  await fleet.until(haveProgram, 'other programs');
  for (let day = 1; day < DAYS; day += 1) await dayOffline(day);
  await settleWith(running, 'town/log');
  before = await known(running);
  const devices = [...own.snapshot().devices.values()];
  keys = new Map(devices.map(({ screenId, publicKey }) => [screenId, publicKey]));
  disks = new Map([...fleet.players].map(([name, { files }]) => [name, new Map(files.content)]));
  fleet.cut();
  await running.close();
  await rm(data, { recursive: true });
}, 600_000);

afterAll(async () => {
  fleet?.cut();
  await rm(root, { recursive: true, force: true });
});

async function newLog(data: string): Promise<string> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runNewLog(['--data', data, '--yes'], { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  expect([code, await text(stderr)]).toEqual([0, expect.stringContaining('will follow it')]);
  return (await text(stdout)).split('\n')[0] ?? '';
}

describe.each([
  ['only catalogue and keys are left of an old backup', true],
  ['an old backup of everything is restored', false],
])('a destroyed server of which %s', (_, isLedgerLost) => {
  test('[RF1] [RF2] [SU2] [LG5] is refilled by its players: every play once, counts and verdicts as before, receipts anew', async () => {
    expect(before.plays.length).toBeGreaterThan(300);
    expect(new Set(before.plays).size).toBe(before.plays.length);
    expect(before.verdicts.filter(({ verdict }) => verdict === 'met').length).toBeGreaterThan(8);
    const data = join(root, isLedgerLost ? 'bare' : 'restored');
    await restore({ source: join(root, 'backup'), data, onProgress: () => undefined });
    if (isLedgerLost) await rm(dataPaths(data).ledger);
    expect(await newLog(data)).toBe('town/log/2');

    const running = await serve(data);
    try {
      for (const [name, content] of disks) fleet.start(name, null, createMemoryFiles(new Map(content)));
      fleet.setNetwork(true);
      const { enrolment, transparency, ledger } = running.controller.services;
      expect(transparency.fault()).toBeNull();
      // The backup does not know the third player: it is paired with its screen again.
      const { code } = enrolment.codeFor(keys.get('screen-3') ?? '');
      await fleet.until(() => isLinked('screen-1'), 'the link');
      await enrolment.pair('screen-3', code);
      await fleet.until(() => kinds().filter((kind) => kind === 'log-replaced').length === 3, 'three reports');
      await settleWith(running, 'town/log/2');
      await fleet.until(() => kinds().length === 0, 'the end of the reports');

      const after = await known(running);
      expect(after.plays).toEqual(before.plays);
      expect(after.counters).toEqual(before.counters);
      expect(after.verdicts).toEqual(before.verdicts);
      expect(await recountScreenDays(ledger)).toEqual([]);
      const head = parseCheckpoint(transparency.current()?.checkpoint() ?? '');
      expect([head?.origin, head?.size]).toEqual(['town/log/2', await ledger.log.size()]);
      const entries = (await ledger.log.entries(0, 10_000)).map((entry) => JSON.parse(entry));
      const count = (kind: string): number => entries.filter((entry) => entry.kind === kind).length;
      expect([count('succession'), count('enrolment'), count('quarantine'), count('fork')]).toEqual([1, 3, 0, 0]);
      // The program of the days after the backup is nowhere but with the players.
      expect(count('handover')).toBeGreaterThan(0);
    } finally {
      fleet.cut();
      await running.close();
    }
  }, 600_000);
});
