/** Checks every stored segment from its bytes: signature, root and records, its place in the chain, and the counters of its screen. */
import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { decideChain } from '../../domain/proof/chain.ts';
import { checkSegment, type SegmentFault, type SoundSegment } from '../../domain/proof/check-segment.ts';
import { headerHash, type SegmentHeader, segmentSigningText } from '../../domain/proof/segment.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import { readHeader } from '../../protocol/read-header.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import { dayClosesOf, verifyText } from '../ingest/verify-segment.ts';
import { sha256 } from '../sha256.ts';
import { DROPPED_BODY } from '../stores/body-store.ts';
import {
  bytesOf,
  type PackedRow,
  readLink,
  readNumber,
  readPackedSegment,
  readScreenDayRow,
} from '../stores/ledger-rows.ts';
import type { VerifiedSegmentRow } from '../stores/ledger-store.ts';
import { dayCloseEntries } from '../stores/log-entries.ts';
import { type CountDifference, createRecount, type Recount } from '../stores/recount.ts';
import { decodeScreenDay, toCounters } from '../stores/screen-day.ts';
import { createSegmentPacker } from '../stores/segment-packer.ts';
import { createStoredPrograms } from '../stores/stored-programs.ts';
import { type Checked, type Difference, segmentName } from './difference.ts';

/** What is wrong with a segment by itself, in words. */
const FAULTS: Record<SegmentFault, string> = {
  'header-malformed': 'its header is not of the contract',
  'device-foreign': 'it is stored under another device than its header names',
  'screen-foreign': 'it is stored under another screen than its header names',
  'signature-wrong': 'its signature is not by the key of its device',
  'count-wrong': 'it has another number of records than its header says',
  'root-wrong': 'its records are not those that its header signs',
  'record-malformed': 'a record of it is not of the contract',
  'seq-wrong': 'its records are not numbered as its header says',
  'time-disordered': 'its records overlap in time',
};

/** What the check of a segment needs. `keyOf` gives the key of a device, null where none is known. */
export type SegmentAudit = {
  db: DatabaseSync;
  keyOf: (device: string) => KeyObject | null;
  checked: Checked;
  /** Whether the log has that entry. */
  isLogged: (entry: string) => boolean;
  /** Called now and then. */
  onProgress: (done: number) => void;
};

const PROGRESS_EACH = 500;

/** Goes through all stored segments, screen by screen, so that only one screen's counters are in memory. Yields what differs. */
export async function* auditSegments(audit: SegmentAudit): AsyncGenerator<Difference> {
  const { db, checked } = audit;
  const bodyOf = db.prepare('SELECT body FROM documents WHERE hash = ?');
  const programOf = createStoredPrograms({ get: async (hash) => textOf(bodyOf.get(hash)?.body) });
  const days = db.prepare('SELECT screen, date, counts, end_of_day FROM screen_days WHERE screen = ?');
  const read = createReader(db);
  const chainFault = createChainCheck(db);
  for (const screen of screensOf(db)) {
    const recount = createRecount(programOf);
    for (const { row, texts } of read(screen)) {
      checked.segments += 1;
      if (checked.segments % PROGRESS_EACH === 0) audit.onProgress(checked.segments);
      if (texts === null) {
        yield { kind: 'segment', subject: segmentName(row), detail: 'what is stored of it cannot be unpacked' };
        continue;
      }
      if (texts.body === DROPPED_BODY) yield* auditDropped({ ...row, ...texts }, recount, audit);
      else yield* auditSegment({ ...row, ...texts }, recount, audit);
      for (const detail of chainFault(row)) yield { kind: 'chain', subject: segmentName(row), detail };
    }
    const kept = days.all(screen).map((row) => {
      const { date, counts, end } = readScreenDayRow(row);
      return toCounters(screen, date, decodeScreenDay(counts, end));
    });
    checked.screens += 1;
    checked.screenDays += kept.length;
    for (const difference of recount.against(kept)) yield countersDiffer(difference);
  }
  audit.onProgress(checked.segments);
}

/** Of a segment whose body was dropped for its age, what is left: its header and signature, and that its days are signed. */
function* auditDropped(row: VerifiedSegmentRow, recount: Recount, audit: SegmentAudit): Generator<Difference> {
  const subject = segmentName(row);
  audit.checked.dropped += 1;
  recount.addDropped(row);
  const header = readHeader(row.header);
  const key = audit.keyOf(row.device);
  if (!key) yield { kind: 'segment', subject, detail: 'no key of its device is known' };
  if (header?.device !== row.device || header.screen !== row.screen) {
    yield { kind: 'segment', subject, detail: 'its header is not of the contract, or another one’s' };
    return;
  }
  if (key && !verifyText(segmentSigningText(row.header), row.signature, key)) {
    yield { kind: 'segment', subject, detail: FAULTS['signature-wrong'] };
  }
  const wrong = differing(row, saidByHeader(header, headerHash(row.header, sha256)));
  if (wrong.length > 0) yield { kind: 'segment', subject, detail: wordsOf(wrong) };
}

async function* auditSegment(
  row: VerifiedSegmentRow,
  recount: Recount,
  audit: SegmentAudit,
): AsyncGenerator<Difference> {
  const subject = segmentName(row);
  const key = audit.keyOf(row.device);
  if (!key) yield { kind: 'segment', subject, detail: 'no key of its device is known' };
  // Without a key all else is checked still.
  const verify = (text: string, signature: string): boolean => key === null || verifyText(text, signature, key);
  const found = await checkSegment(row, row, { sha256, readHeader, readRecord: readRecordLine, verify });
  if (!found.ok) {
    yield { kind: 'segment', subject, detail: FAULTS[found.error.fault] };
    return;
  }
  const { header, records } = found.value;
  audit.checked.plays += records.filter(({ kind }) => kind === 'play').length;
  await recount.add(row, header, records);
  const wrong = columnsThatDiffer(row, found.value);
  if (wrong.length > 0) yield { kind: 'segment', subject, detail: wordsOf(wrong) };
  for (const entry of dayCloseEntries({ ...row, dayCloses: dayClosesOf(found.value) })) {
    audit.checked.dayCloses += 1;
    if (!audit.isLogged(entry))
      yield { kind: 'entry', subject, detail: 'an end of day that it signs is not in the log' };
  }
}

function columnsThatDiffer(row: VerifiedSegmentRow, { header, hash, records }: SoundSegment): string[] {
  return differing(row, {
    ...saidByHeader(header, hash),
    firstAtMs: Math.min(...records.map(({ t0 }) => t0)),
    lastAtMs: Math.max(...records.map(({ t1 }) => t1)),
  });
}

const saidByHeader = (
  { epoch, segment, firstSeq, count, prev }: SegmentHeader,
  hash: string,
): Partial<VerifiedSegmentRow> => ({ epoch, segment, firstSeq, count, prev, hash });

const differing = (row: VerifiedSegmentRow, said: Partial<VerifiedSegmentRow>): string[] =>
  Object.entries(said).flatMap(([name, value]) => (Reflect.get(row, name) === value ? [] : [name]));

const wordsOf = (columns: readonly string[]): string =>
  `its ${columns.join(', ')} in the ledger is not what it says itself`;

/** Screens that have segments or counters. */
function screensOf(db: DatabaseSync): string[] {
  const rows = db.prepare('SELECT screen FROM segments UNION SELECT screen FROM screen_days ORDER BY screen').all();
  return rows.flatMap(({ screen }) => textOf(screen) ?? []);
}

type Read = (screen: string) => Iterable<{ row: PackedRow; texts: { header: string; body: string } | null }>;

function createReader(db: DatabaseSync): Read {
  const packer = createSegmentPacker(db);
  const all = db.prepare(
    `SELECT segments.*, documents.hash AS program FROM segments LEFT JOIN documents ON documents.id = packed_with
       WHERE screen = ? ORDER BY first_at`,
  );
  return function* (screen) {
    for (const found of all.iterate(screen)) {
      const row = readPackedSegment(found);
      let texts: { header: string; body: string } | null = null;
      try {
        texts = packer.unpack(row);
      } catch {
        // Named by whoever asked.
      }
      yield { row, texts };
    }
  };
}

/** Says what is wrong with a segment's place behind the one stored before it. */
function createChainCheck(db: DatabaseSync): (row: PackedRow) => Iterable<string> {
  const below = db.prepare(
    `SELECT epoch, segment, first_seq, count, hash, prev FROM segments
       WHERE device = ? AND epoch = ? AND segment < ? ORDER BY segment DESC LIMIT 1`,
  );
  const quarantined = db.prepare(
    `SELECT count(DISTINCT segment) AS number FROM quarantine WHERE device = ? AND epoch = ? AND segment > ? AND segment < ?`,
  );
  const declared = db.prepare('SELECT entry FROM log_entries WHERE entry >= ?1 AND entry < ?1 || char(0x10ffff)');
  /** Whether the device itself said that it has no more of what lies between. */
  function isDeclared({ device, epoch, segment }: PackedRow, last: number): boolean {
    return declared.all(`{"device":"${device}","epoch":${epoch},"from":`).some(({ entry }) => {
      const said = readEntryOf('missing', String(entry));
      return said !== null && said.from <= last + 1 && said.to >= segment;
    });
  }
  return function* (row) {
    const { device, epoch, segment } = row;
    const before = readLink(below.get(bytesOf(device), epoch, segment));
    const decision = decideChain(row, { next: segment, same: null, before, after: null });
    if (decision.kind === 'discontinuous') yield decision.reason;
    const last = before?.segment ?? -1;
    const missing =
      segment - last - 1 - (segment - last > 1 ? readNumber(quarantined.get(device, epoch, last, segment)) : 0);
    if (missing > 0 && !isDeclared(row, last))
      yield `${missing} of the segments between it and number ${last} are neither stored nor in quarantine`;
  };
}

const UNITS = { plays: 'plays', makeGoods: 'make-goods', airtimeMs: 'ms of airtime' } as const;

function countersDiffer({ screen, date, kept, recounted }: CountDifference): Difference {
  const sums = (['plays', 'makeGoods', 'airtimeMs'] as const).flatMap((what) => {
    const [a, b] = [kept?.[what] ?? {}, recounted?.[what] ?? {}];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter((id) => (a[id] ?? 0) !== (b[id] ?? 0))
      .map((id) => `${id || 'the loop'} has ${a[id] ?? 0} ${UNITS[what]} where the segments say ${b[id] ?? 0}`);
  });
  const detail = sums.length > 0 ? sums.slice(0, 3).join(', ') : 'its end of day is not the one that was signed';
  return { kind: 'counters', subject: `counters of ${screen} on ${date}`, detail };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
