/** How long it takes to export and to check what proves the plays of a month of 100 screens. */
import { verify as verifyOnce } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runVerify } from '../../cli/verify.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { segmentSigningText } from '../../domain/proof/segment.ts';
import { addDays } from '../../domain/time/zone-time.ts';
import { formatVkey } from '../../domain/tlog/signed-note.ts';
import { bundleParts } from '../../server/export/bundle-parts.ts';
import { writeBundle } from '../../server/export/write-bundle.ts';
import { publicKeyOf, verifySegment } from '../../server/ingest/verify-segment.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { checkpointOf, openLogHead } from '../../server/tlog/log-head.ts';
import { LOG_KEY_TYPES } from '../../server/tlog/log-service.ts';
import { openNoteKeys } from '../../server/tlog/note-keys.ts';
import { openTransparencyLog } from '../../server/tlog/transparency-log.ts';
import { createManualClock } from '../helpers/manual-clock.ts';
import { dayRecords, hashOf, townProgram } from '../helpers/proved-town.ts';
import { emptyJournal, newDeviceKey, nextSegment } from '../helpers/test-device.ts';
import type { BenchGroup } from './figure.ts';

const SCREENS = 100;
const DAYS = 31;
const FIRST = '2026-07-01';
const PLAYS_A_SEGMENT = 40;
const ROUNDS = 300;

/** Makes the month in a ledger of its own, exports it and checks it as an inspector does, each in this process. */
export const bundleGroup: BenchGroup = async (report) => {
  const folder = await mkdtemp(join(tmpdir(), 'xunbo-bench-'));
  try {
    const month = await makeMonth(folder);
    const file = join(folder, 'month.xunbo');
    const exportedMs = await timed(month.write(file));
    const verifiedMs = await timed(check(file, month.policy));
    const { size } = await stat(file);
    report({
      name: 'month-verify-s',
      value: (exportedMs + verifiedMs) / 1000,
      unit: 's',
      reference: `${month.plays} plays in ${month.segments} segments, export ${Math.round(exportedMs)} ms, ${size} bytes; Ed25519 of them alone ${Math.round(month.bareMs * month.segments)} ms`,
      ratio: verifiedMs / (month.bareMs * month.segments),
    });
    report({
      name: 'verify-segments-per-s',
      value: Math.round((month.segments / verifiedMs) * 1000),
      unit: 'segments/s',
      reference: `bare Ed25519: ${Math.round(1000 / month.bareMs)} signatures/s`,
      ratio: (month.segments / verifiedMs) * month.bareMs,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
};

async function timed(work: Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work;
  return performance.now() - startMs;
}

async function check(bundle: string, policy: string): Promise<void> {
  let printed = '';
  const sink = new Writable({
    write(chunk, _, done) {
      printed += String(chunk);
      done();
    },
  });
  const code = await runVerify([bundle, '--policy', policy, '--lang', 'en'], {
    stdin: process.stdin,
    stdout: sink,
    stderr: process.stderr,
  });
  if (code !== 0) throw new Error(`the month is not proved: ${code}\n${printed.slice(-2000)}`);
}

type Month = {
  plays: number;
  segments: number;
  policy: string;
  /** Milliseconds of one bare verification of a segment's signature. */
  bareMs: number;
  write(file: string): Promise<unknown>;
};

/** A month of plays, each day as long as {@link dayRecords} of a day of five hours makes it. */
async function makeMonth(folder: string): Promise<Month> {
  const program = { ...townProgram(), openingHours: townProgram().openingHours.map((o) => ({ ...o, to: '09:40' })) };
  const clock = createManualClock(Date.UTC(2026, 5, 30, 23));
  const ledger = await openSqliteLedger({ file: join(folder, 'ledger.sqlite'), log: silentLog });
  const keys = await openNoteKeys(folder, { role: 'log', name: 'bench.example/log', types: LOG_KEY_TYPES });
  const log = await openTransparencyLog({ store: ledger.log, head: openLogHead(join(folder, 'head')), keys, clock });
  const keep = async (): Promise<void> => {
    while (await log.sign());
    const note = log.checkpoint();
    await ledger.log.keepCheckpoint({ size: checkpointOf(note).size, atMs: clock.nowMs(), note });
  };
  await ledger.documents.put(hashOf(program), 'program', canonicalJson(program));
  const screens = Array.from({ length: SCREENS }, (_, k) => `screen-${String(k).padStart(3, '0')}`);
  const devices = screens.map((screen) => ({ screen, key: newDeviceKey(), journal: emptyJournal() }));
  const enrolments = devices.map(({ screen, key }) => {
    const entry = { screen, device: key.id, publicKey: key.publicKey, assurance: 'C', atMs: clock.nowMs() } as const;
    return logEntryText({ kind: 'enrolment', ...entry });
  });
  await ledger.log.append(enrolments);
  await ledger.log.assign(screens.map((screen) => ({ screen, program: hashOf(program), atMs: clock.nowMs() })));
  await keep();
  let [plays, segments] = [0, 0];
  const samples: { text: string; signature: string; publicKey: string }[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const date = addDays(FIRST, day);
    for (const { screen, key, journal } of devices) {
      const records = dayRecords(program, date, journal.segment === 0);
      plays += records.filter(({ kind }) => kind === 'play').length;
      const batch = [];
      for (let from = 0; from < records.length; from += PLAYS_A_SEGMENT) {
        const part = records.slice(from, from + PLAYS_A_SEGMENT);
        const made = nextSegment(journal, key, screen, hashOf(program), part, (header) => ({
          ...header,
          clock: { source: 'server', lastSyncMs: clock.nowMs(), errorMs: 20 },
        }));
        if (samples.length < ROUNDS) samples.push({ text: made.header, ...made, publicKey: key.publicKey });
        const sender = { device: key.id, screen, publicKey: key.publicKey };
        const checked = await verifySegment(made, sender, async () => program, clock.nowMs());
        if (!checked.ok) throw new Error(checked.error.reason);
        batch.push(checked.value.segment);
      }
      segments += batch.length;
      await ledger.segments.ingest(batch);
    }
    clock.set(Date.parse(`${addDays(date, 1)}T00:00:00+08:00`));
    await keep();
  }
  const policy = join(folder, 'policy');
  const lines = [keys.ed25519, keys.mlDsa44].map(({ note }) => `log ${formatVkey(note)}`);
  await writeFile(policy, `${lines.join('\n')}\nquorum none\n`);
  const subject = { from: FIRST, to: addDays(FIRST, DAYS - 1), campaign: null, unit: null, screens };
  const chosen = screens.map((id) => ({ id, timeZone: program.timeZone }));
  return {
    plays,
    segments,
    policy,
    bareMs: bareVerification(samples),
    write: async (file) => {
      await writeBundle(bundleParts(ledger, subject, chosen), file);
      await readFile(file);
      await ledger.close();
    },
  };
}

function bareVerification(samples: readonly { text: string; signature: string; publicKey: string }[]): number {
  const made = samples.map(({ text, signature, publicKey }) => ({
    message: Buffer.from(segmentSigningText(text)),
    signature: Buffer.from(signature, 'base64'),
    key: publicKeyOf(publicKey),
  }));
  const startMs = performance.now();
  for (const { message, signature, key } of made) verifyOnce(null, message, key, signature);
  return (performance.now() - startMs) / made.length;
}
