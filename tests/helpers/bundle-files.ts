/** A bundle and a policy as files, of a town in which a day went well, had a gap, or contradicts itself. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runVerify } from '../../cli/verify.ts';
import { writeBundle } from '../../server/export/write-bundle.ts';
import { type DayChange, provedTown } from './proved-town.ts';
import { tempFolder } from './temp-folder.ts';

/** Paths of both files. */
export type BundleFiles = { bundle: string; policy: string };

/** Two days of screen `a`, good ones but for `change` of the first. The bundle goes on to `to`; after the two days nothing is recorded whole. */
export async function townFiles(change: DayChange = {}, to = '2026-07-02'): Promise<BundleFiles> {
  const folder = await tempFolder();
  const files = { bundle: join(folder, 'town.xunbo'), policy: join(folder, 'policy.txt') };
  const town = await provedTown();
  const device = await town.enrol('a');
  await town.playDay(device, '2026-07-01', change);
  for (const date of ['2026-07-02', '2026-07-03']) await town.playDay(device, date);
  await writeBundle(Readable.from(await town.bundle(['a'], '2026-07-01', to)), files.bundle);
  await writeFile(files.policy, town.policy);
  return files;
}

/** The machine slept for the time of one loop item, and the player says so. */
export const slept: DayChange = {
  records: (records) =>
    records.map((record, k) => {
      const at = { t0: record.t0, t1: record.t1, m0: record.m0, m1: record.m1 };
      return k === 20 ? { kind: 'gap', reason: 'asleep', ...at, evidence: {} } : record;
    }),
};

/** The player signs more plays than it recorded. */
export const saysMore: DayChange = {
  records: (records) =>
    records.map((record) =>
      record.kind === 'dayclose' ? { ...record, evidence: { ...record.evidence, plays: { c1: 99, c2: 3 } } } : record,
    ),
};

/** What `xunbo verify --json` prints. */
export async function byCommand({ bundle, policy }: BundleFiles): Promise<string> {
  let out = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      out += String(chunk);
      done();
    },
  });
  await runVerify([bundle, '--policy', policy, '--json'], { stdin: Readable.from([]), stdout, stderr: stdout }, {});
  return out;
}
