/** Checks what is kept beside the segments: documents, forks, quarantine and devices, and that each is in the log once. */
import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Device } from '../../domain/catalogue/organisation.ts';
import { checkSegment } from '../../domain/proof/check-segment.ts';
import type { LogEntry } from '../../domain/proof/log-entry.ts';
import { headerHash, hex } from '../../domain/proof/segment.ts';
import { readHeader } from '../../protocol/read-header.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import { deviceId } from '../enrolment/enrolment-service.ts';
import { verifyText } from '../ingest/verify-segment.ts';
import { sha256 } from '../sha256.ts';
import { deviceEntries, programEntry, quarantineEntry, segmentEntry } from '../stores/log-entries.ts';
import { type Checked, type Difference, segmentName } from './difference.ts';

const texts = { hash: z.string(), header: z.string(), signature: z.string(), body: z.string() };
const place = { device: z.string(), epoch: z.int(), segment: z.int() };
const documentRow = z.object({ hash: z.string(), body: z.string() });
const forkRow = z.object({ ...place, ...texts });
const badRow = z.object({ ...place, ...texts, reason: z.string() });

/** A device bound less than this ago may be on its way into the log. */
const ON_ITS_WAY_MS = 600_000;

/** What the check needs. */
export type KeptAudit = {
  db: DatabaseSync;
  devices: Iterable<Device>;
  nowMs: number;
  keyOf: (device: string) => KeyObject | null;
  isLogged: (entry: string) => boolean;
  /** How many entries of each kind the log has. */
  counts: ReadonlyMap<LogEntry['kind'], number>;
  checked: Checked;
};

/** Goes through all of it. Yields what differs. */
export async function* auditKept(audit: KeptAudit): AsyncGenerator<Difference> {
  yield* auditDocuments(audit);
  yield* auditForks(audit);
  yield* auditQuarantine(audit);
  yield* auditDevices(audit);
  const { checked, counts } = audit;
  const { documents: program, forks: fork, quarantined: quarantine, dayCloses: dayclose } = checked;
  const stored = { program, fork, quarantine, dayclose };
  for (const kind of ['program', 'fork', 'quarantine', 'dayclose'] as const) {
    const logged = counts.get(kind) ?? 0;
    if (logged === stored[kind]) continue;
    yield {
      kind: 'entry',
      subject: `entries of kind ${kind}`,
      detail: `the log has ${logged} where ${stored[kind]} are stored`,
    };
  }
}

function* auditDocuments({ db, checked, isLogged }: KeptAudit): Generator<Difference> {
  for (const row of db.prepare('SELECT hash, body FROM documents').iterate()) {
    const { hash, body } = documentRow.parse(row);
    const subject = `document ${hash.slice(0, 16)}`;
    checked.documents += 1;
    if (hex(sha256(body)) !== hash) yield { kind: 'document', subject, detail: 'its bytes have another hash' };
    if (!isLogged(programEntry(hash))) yield { kind: 'entry', subject, detail: 'it is not in the log' };
  }
}

async function* auditForks({ db, checked, keyOf, isLogged }: KeptAudit): AsyncGenerator<Difference> {
  for (const row of db.prepare('SELECT * FROM forks').iterate()) {
    const fork = forkRow.parse(row);
    const subject = `the fork ${fork.hash.slice(0, 16)} of ${segmentName(fork)}`;
    checked.forks += 1;
    const header = readHeader(fork.header);
    const key = keyOf(fork.device);
    const verify = (text: string, signature: string): boolean => key === null || verifyText(text, signature, key);
    const owner = { device: fork.device, screen: header?.screen ?? '' };
    const found = await checkSegment(fork, owner, { sha256, readHeader, readRecord: readRecordLine, verify });
    if (!found.ok || found.value.hash !== fork.hash || !header) {
      yield { kind: 'fork', subject, detail: `it was changed (${found.ok ? 'hash-wrong' : found.error.fault})` };
    } else if (!isLogged(segmentEntry('fork', { ...fork, screen: header.screen }))) {
      yield { kind: 'entry', subject, detail: 'it is not in the log' };
    }
  }
}

function* auditQuarantine({ db, checked, isLogged }: KeptAudit): Generator<Difference> {
  for (const row of db.prepare('SELECT * FROM quarantine').iterate()) {
    const bad = badRow.parse(row);
    const subject = `the refused ${segmentName(bad)}`;
    checked.quarantined += 1;
    if (headerHash(bad.header, sha256) !== bad.hash)
      yield { kind: 'quarantine', subject, detail: 'its header has another hash' };
    if (!isLogged(quarantineEntry(bad))) yield { kind: 'entry', subject, detail: 'it is not in the log' };
  }
}

function* auditDevices({ devices, nowMs, checked, isLogged }: KeptAudit): Generator<Difference> {
  for (const device of devices) {
    const subject = `device ${device.id.slice(0, 16)} of ${device.screenId}`;
    checked.devices += 1;
    if (deviceId(device.publicKey) !== device.id) yield { kind: 'device', subject, detail: 'its key is another one’s' };
    const changedMs = device.retiredAtMs ?? device.enrolledAtMs;
    const isDue = Math.abs(nowMs - changedMs) > ON_ITS_WAY_MS;
    if (isDue && !deviceEntries(device).every(isLogged)) {
      yield { kind: 'entry', subject, detail: 'its binding or its release is not in the log' };
    }
  }
}
