/** A server's ledger and log in memory, connections to it, and a player's journal with its end of the log. */
import { mkdirSync, rmSync } from 'node:fs';
import { expect } from 'vitest';
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDisciplinedClock } from '../../../main/disciplined-clock.ts';
import { createIncidents } from '../../../main/incidents.ts';
import { createJournal, type Journal } from '../../../main/journal/journal.ts';
import { createSegmentFiles, type SegmentFiles, type SegmentRef } from '../../../main/journal/segment-files.ts';
import type { PlayerSocket } from '../../../main/link/socket-port.ts';
import { createProofLog } from '../../../main/proof-log/proof-log.ts';
import { PLAYER_EVENTS } from '../../../protocol/player-link.ts';
import { createIngestService } from '../../../server/ingest/ingest-service.ts';
import { silentLog } from '../../../server/log.ts';
import { logAnswer, receiptsAnswer, successionsAnswer } from '../../../server/sockets/log-answers.ts';
import { dataPaths } from '../../../server/stores/data-folder.ts';
import { createMemoryLedger } from '../../../server/stores/memory-ledger.ts';
import { type LogService, openLogService } from '../../../server/tlog/log-service.ts';
import { beginNewLog } from '../../../server/tlog/new-log.ts';
import { examineOldLog } from '../../../server/tlog/old-log.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { numberedPlay } from './journal-check.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';

export const PROOF_START_MS = Date.UTC(2026, 6, 1);
export const PROOF_SCREEN = 'screen-1';
const CONTEXT = { screen: PROOF_SCREEN, program: null, manifest: null };
const key = loadDeviceKey(createMemoryFiles(), '/key');
const clock = { nowMs: () => PROOF_START_MS };

/** A server: its ledger and its log, in a folder of its own. */
export type Town = { ledger: ReturnType<typeof createMemoryLedger>; service: LogService; folder: string };

/** Opens a server in a folder, a new one where none is given. */
export async function openTown(given?: string, ledger = createMemoryLedger()): Promise<Town> {
  const folder = given ?? (await tempFolder());
  const { keys, logHead } = dataPaths(folder);
  mkdirSync(keys, { recursive: true });
  const service = await openLogService({
    ...{ store: ledger.log, keysFolder: keys, headFile: logHead, origin: 'town.example/log', cosigners: null },
    ...{ clock, log: silentLog },
  });
  return { ledger, service, folder };
}

/** The same server after its disk was lost and another log was declared; what `ledger` holds is what a backup brought back. */
export async function declareAnother({ folder }: Town, ledger = createMemoryLedger()): Promise<Town> {
  const paths = dataPaths(folder);
  rmSync(paths.logHead, { force: true });
  const old = await examineOldLog({ folder: paths, store: ledger.log, clock, lastCheckpoint: null });
  await beginNewLog(old, { folder: paths, store: ledger.log, clock });
  return await openTown(folder, ledger);
}

type Change = (event: string, answer: unknown) => unknown;

/** A connection to a server; `change` is what somebody on the way makes of its answers. */
export const socketTo = (of: () => Town, change: Change = (_event, answer) => answer): PlayerSocket => ({
  async request(event, body) {
    const { service } = of();
    const given = body as { size: number; hashes: string[] };
    if (event === PLAYER_EVENTS.log) return change(event, await logAnswer(service, given.size));
    if (event === PLAYER_EVENTS.successions) return change(event, await successionsAnswer(service));
    return change(event, await receiptsAnswer(service, given.hashes));
  },
  tell: () => undefined,
  on: () => undefined,
  onClose: () => undefined,
  close: () => undefined,
});

export type ProofRig = {
  files: MemoryFiles;
  time: ManualTime;
  log: ReturnType<typeof createProofLog>;
  incidents: ReturnType<typeof createIncidents>;
  journal: Journal;
  segments: SegmentFiles;
  /** How often the log lacked what had been stored. */
  lacking: () => number;
  /** Records so many segments of one play, and has them stored there. */
  store(where: Town, count: number): Promise<void>;
  /** Has the oldest stored that waits and is wanted. */
  send(where: Town, isWanted: (ref: SegmentRef) => boolean): Promise<void>;
  /** Has all that was ever stored of this player stored there too. */
  bringAll(where: Town): Promise<void>;
  logged(): number[];
  /** Files of the player's end of the log. */
  names(): string[];
};

/** A player on its disk; `finish` is given its stop. */
export function proofPlayer(
  finish: (stop: () => void) => void,
  files = createMemoryFiles(),
  time = createManualTime(PROOF_START_MS),
): ProofRig {
  const disciplined = createDisciplinedClock(time.raw);
  const incidents = createIncidents(() => undefined);
  const segments = createSegmentFiles(files, '/data/journal');
  let lacking = 0;
  const log = createProofLog({
    ...{ files, segments, incidents, log: () => undefined, timers: time.timers, random: () => 0.5 },
    folder: '/data/log',
    nowMs: () => disciplined.nowMs(),
    onLacking: () => {
      lacking += 1;
    },
  });
  finish(() => log.stop());
  const journal = createJournal(
    { files: segments, key, clock: disciplined, boot: 'boot-1', build: 'test', beacon: log.beacon },
    CONTEXT,
  );
  const sender = { device: key.id, screen: PROOF_SCREEN, publicKey: key.publicKey };
  let plays = 0;
  async function send({ ledger }: Town, isWanted: (ref: SegmentRef) => boolean): Promise<void> {
    const ingest = createIngestService({ ledger, clock: disciplined, log: silentLog });
    const next = journal.shelf.nextUnsent(isWanted);
    if (!next) throw new Error('nothing sealed');
    expect((await ingest.push(next.segment, sender)).kind).toBe('stored');
    journal.shelf.settle(next.ref, 'stored');
  }
  return {
    ...{ files, time, log, incidents, journal, segments, send },
    lacking: () => lacking,
    async store(where, count) {
      for (let k = 0; k < count; k += 1) {
        journal.append(numberedPlay(plays));
        plays += 1;
        journal.seal();
        await send(where, () => true);
      }
    },
    async bringAll({ ledger }) {
      const ingest = createIngestService({ ledger, clock: disciplined, log: silentLog });
      for (const pack of segments.packs())
        for (const { value } of segments.readPack(pack)) expect((await ingest.push(value, sender)).kind).toBe('stored');
    },
    logged: () =>
      segments
        .packs()
        .flatMap((pack) => [...segments.loggedOf(pack, (origin) => !log.isReplaced(origin))])
        .sort((a, b) => a - b),
    names: () => [...files.content.keys()].filter((path) => path.startsWith('/data/log')),
  };
}
