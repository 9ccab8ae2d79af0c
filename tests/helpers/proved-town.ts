/** A small town whose plays are proved: screens with keys, a log that signs, a witness that cosigns, and an inspector's policy. */
import { join } from 'node:path';
import type { BundlePart } from '../../domain/bundle/bundle-part.ts';
import type { BundleReport } from '../../domain/bundle/bundle-report.ts';
import { partText } from '../../domain/bundle/bundle-text.ts';
import type { Rejection } from '../../domain/bundle/verify-bundle.ts';
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { parseInspectionPolicy } from '../../domain/proof/inspection-policy.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import type { SegmentHeader } from '../../domain/proof/segment.ts';
import { hex } from '../../domain/proof/segment.ts';
import type { Result } from '../../domain/result.ts';
import { openIntervals } from '../../domain/time/opening-hours.ts';
import { signedMessage, timestamped } from '../../domain/tlog/checkpoint.ts';
import { formatVkey, KEY_TYPES } from '../../domain/tlog/signed-note.ts';
import { checkBundle } from '../../protocol/check-bundle.ts';
import { bundleParts } from '../../server/export/bundle-parts.ts';
import { createIngestService } from '../../server/ingest/ingest-service.ts';
import { silentLog } from '../../server/log.ts';
import { sha256 } from '../../server/sha256.ts';
import type { Ledger } from '../../server/stores/ledger-store.ts';
import { createMemoryLedger } from '../../server/stores/memory-ledger.ts';
import { checkpointOf, openLogHead } from '../../server/tlog/log-head.ts';
import { LOG_KEY_TYPES } from '../../server/tlog/log-service.ts';
import { openNoteKeys } from '../../server/tlog/note-keys.ts';
import { signByNode, verifyByNode } from '../../server/tlog/raw-keys.ts';
import { openTransparencyLog } from '../../server/tlog/transparency-log.ts';
import { shaOf } from './chain-builder.ts';
import { createManualClock } from './manual-clock.ts';
import { playRecord } from './plays.ts';
import { commitmentOf, programOf } from './random-program.ts';
import { tempFolder } from './temp-folder.ts';
import {
  type DeviceKey,
  emptyJournal,
  type JournalState,
  newDeviceKey,
  nextSegment,
  type Unnumbered,
} from './test-device.ts';

/** A screen's player. */
export type TownDevice = { screen: string; key: DeviceKey; journal: JournalState };

/** How a day differs from a good one: `records` changes what was recorded, `header` what is signed, `push` says which of the segments are sent. */
export type DayChange = {
  records?: (records: Unnumbered[]) => Unnumbered[];
  header?: (header: SegmentHeader) => SegmentHeader;
  push?: (number: number) => boolean;
  program?: Program;
};

const LOOP_MS = 15_000;
const FILM_MS = 30_000;
const SEGMENT_RECORDS = 40;
const ZONE = 'Asia/Shanghai';
/** 2026-07-01 07:00 in Shanghai. */
const START_MS = Date.UTC(2026, 5, 30, 23);

/** A program of two promises, six plays and two a day, in half an hour. */
export const townProgram = (minPlays = 6): Program =>
  programOf([commitmentOf('c1', { minPlays }), commitmentOf('c2', { minPlays: 2 })], {
    from: '08:00',
    to: '08:30',
    manifest: Object.fromEntries(
      ['film-c1', 'film-c2', 'loop-a'].map((item) => [
        item,
        { type: 'video', sha: shaOf(item), bytes: 1, mime: 'video/mp4', durationMs: FILM_MS, name: item },
      ]),
    ),
  });

/** Hash of a program. */
export const hashOf = (program: Program): string => shaOf(canonicalJson(program));

/** The records of a good day: films at an even distance, the loop between, and the signed end. */
export function dayRecords(program: Program, date: string, isFirst: boolean): Unnumbered[] {
  const open = openIntervals(program.openingHours, date, ZONE)[0];
  if (!open) throw new RangeError(`closed on ${date}`);
  const mono = (atMs: number): number => atMs - START_MS;
  const at = (atMs: number) => ({ t0: atMs, t1: atMs, m0: mono(atMs), m1: mono(atMs) });
  const records: Unnumbered[] = isFirst
    ? [
        { kind: 'boot', ...at(open.startMs), reason: 'start', evidence: { recovered: 0, tornBytes: 0 } },
        { kind: 'mode', ...at(open.startMs), reason: 'open', evidence: {} },
      ]
    : [{ kind: 'mode', ...at(open.startMs), reason: 'open', evidence: {} }];
  const plays: Record<string, number> = { c1: 0, c2: 0 };
  let nowMs = open.startMs;
  for (let k = 0; nowMs + FILM_MS <= open.endMs; k += 1) {
    const commitment = k % 12 === 3 ? 'c1' : k % 36 === 7 ? 'c2' : null;
    const durationMs = commitment === null ? LOOP_MS : FILM_MS;
    const item = commitment === null ? 'loop-a' : `film-${commitment}`;
    records.push(playRecord(program, { item, commitment, date, atMs: nowMs, monoMs: mono(nowMs), durationMs }));
    if (commitment !== null) plays[commitment] = (plays[commitment] ?? 0) + 1;
    nowMs += durationMs;
  }
  const short = Object.fromEntries(
    program.commitments.filter((c) => (plays[c.id] ?? 0) < c.minPlays).map((c) => [c.id, 'player-down' as const]),
  );
  return [
    ...records,
    { kind: 'mode', ...at(open.endMs), reason: 'closed', evidence: {} },
    { kind: 'dayclose', ...at(open.endMs), reason: 'closed', evidence: { date, plays, makeGoods: {}, short } },
  ];
}

/** Builds one over a ledger. */
export async function provedTown(ledger: Ledger = createMemoryLedger(), origin = 'town.example/xunbo') {
  const clock = createManualClock(START_MS);
  const folder = await tempFolder();
  const keys = await openNoteKeys(folder, { role: 'log', name: origin, types: LOG_KEY_TYPES });
  const log = await openTransparencyLog({ store: ledger.log, head: openLogHead(join(folder, 'head')), keys, clock });
  const witness = await openNoteKeys(await tempFolder(), {
    role: 'witness',
    name: 'inspectorate.example/w1',
    types: { ed25519: KEY_TYPES.cosignEd25519, mlDsa44: KEY_TYPES.cosignMlDsa44 },
  });
  const ingest = createIngestService({ ledger, clock, log: silentLog });
  const program = townProgram();

  async function putProgram(one: Program): Promise<string> {
    await ledger.documents.put(hashOf(one), 'program', canonicalJson(one));
    return hashOf(one);
  }

  const policy = [
    `log ${formatVkey(keys.ed25519.note)}`,
    `log ${formatVkey(keys.mlDsa44.note)}`,
    `witness w1 ${formatVkey(witness.ed25519.note)}`,
    'quorum w1',
  ].join('\n');

  /** Signs what was added; the witness cosigns. */
  async function sign(): Promise<void> {
    while (await log.sign());
    const text = log.checkpoint();
    const { note, privateKey } = witness.ed25519;
    const timeS = Math.floor(clock.nowMs() / 1000);
    const signature = timestamped(timeS, signByNode(signedMessage(checkpointOf(text), note, timeS), privateKey));
    log.cosigned(text, [{ ...note, signature }]);
    await ledger.log.keepCheckpoint({ size: checkpointOf(text).size, atMs: clock.nowMs(), note: log.checkpoint() });
  }

  const beacon = (): SegmentHeader['beacon'] => {
    const { size, root } = checkpointOf(log.checkpoint());
    return { size, root: hex(root) };
  };

  async function assign(screen: string, one: Program): Promise<void> {
    await ledger.log.assign([{ screen, program: await putProgram(one), atMs: clock.nowMs() }]);
  }

  return {
    ledger,
    clock,
    log,
    ingest,
    program,
    sign,
    assign,
    beacon,
    policy,
    /** Binds a new key to a screen, and gives it the program. */
    async enrol(screen: string, one: Program = program): Promise<TownDevice> {
      const key = newDeviceKey();
      const entry = { screen, device: key.id, publicKey: key.publicKey, assurance: 'C', atMs: clock.nowMs() } as const;
      await ledger.log.append([logEntryText({ kind: 'enrolment', ...entry })]);
      await assign(screen, one);
      await sign();
      return { screen, key, journal: emptyJournal() };
    },
    /** A day of the screen: recorded, sealed and sent as it passes, with what the log had been before. */
    async playDay(device: TownDevice, date: string, change: DayChange = {}): Promise<void> {
      const on = change.program ?? program;
      const whole = dayRecords(on, date, device.journal.segment === 0);
      const records = change.records?.(whole) ?? whole;
      for (let from = 0; from < records.length; from += SEGMENT_RECORDS) {
        const part = records.slice(from, from + SEGMENT_RECORDS);
        const seen = beacon();
        clock.set(Math.max(clock.nowMs(), ...part.map((record) => record.t1)));
        const number = device.journal.segment;
        const segment = nextSegment(device.journal, device.key, device.screen, hashOf(on), part, (header) => {
          const made = { ...header, beacon: seen, closedAt: clock.nowMs() };
          const sealed = { ...made, clock: { source: 'server' as const, lastSyncMs: clock.nowMs(), errorMs: 20 } };
          return change.header?.(sealed) ?? sealed;
        });
        const { key, screen } = device;
        const sender = { device: key.id, screen, publicKey: key.publicKey };
        if (change.push?.(number) ?? true) await ingest.push(segment, sender, { withoutProgram: true });
        await sign();
      }
      clock.advance(60_000);
    },
    /** The parts of a bundle. */
    async bundle(
      screens: readonly string[],
      from: string,
      to: string,
      campaign: string | null = null,
    ): Promise<BundlePart[]> {
      const subject = { from, to, campaign, unit: null, screens: [...screens] };
      const chosen = screens.map((id) => ({ id, timeZone: ZONE }));
      return Array.fromAsync(bundleParts(ledger, subject, chosen));
    },
    /** What the inspector's verifier says of parts. */
    verify(parts: readonly BundlePart[], by = policy): Promise<Result<BundleReport, Rejection>> {
      return verifyText(parts.map(partText).join(''), by);
    },
  };
}

/** What the verifier says of a bundle's text. */
export async function verifyText(text: string, policy: string): Promise<Result<BundleReport, Rejection>> {
  const parsed = parseInspectionPolicy(policy, sha256);
  if (!parsed.ok) throw new Error(parsed.error.what);
  return checkBundle(pieces(text), { policy: parsed.value, sha256, verify: verifyByNode });
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 10_000) yield text.slice(at, at + 10_000);
}
