/** `xunbo export`: its words, its exit codes, and what it writes from the data folder of a running server. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runExport } from '../../cli/export.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { silentLog } from '../../server/stores/store-log.ts';
import { chainOf, chainStart, PLAY, putChainProgram } from '../helpers/chain-builder.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const SPAN = ['--from', '2026-07-01', '--to', '2026-07-01'];

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const written = Promise.all([buffer(stdout), buffer(stderr)]);
  const code = await runExport(argv, { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  const [out, err] = (await written).map((bytes) => bytes.toString('utf8'));
  return { code, out: out ?? '', err: err ?? '' };
}

/** A folder as a server holds it: two screens that showed three plays each, one of them cut. */
async function heldFolder(): Promise<{ folder: string; release(): Promise<void> }> {
  const folder = join(await tempFolder(), 'data');
  const data = await openDataFolder(folder);
  const ledger = await openSqliteLedger({ file: data.paths.ledger, log: silentLog });
  await putChainProgram(ledger);
  for (const name of ['a', 'b']) {
    await ledger.segments.ingest(
      chainOf(chainStart(name), [[PLAY], [PLAY, { kind: 'play', commitment: 'c1', cut: true }]]),
    );
  }
  return {
    folder,
    async release() {
      await ledger.close();
      data.close();
    },
  };
}

test('[XP10] every format goes to standard output or to a file, while a server holds the folder', async () => {
  const { folder, release } = await heldFolder();
  for (const [format, mark, count] of [
    ['csv', '\r\n2026-07-01,', 6],
    ['asmil', '<contentPlayed>', 4],
    ['h782', '<LogItem>', 6],
  ] as const) {
    const words = [...SPAN, '--data', folder, '--format', format];
    const shown = await call(...words);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out.split(mark).length - 1, format).toBe(count);
    const file = join(folder, '..', `plays.${format}`);
    expect(await call(...words, '--out', file)).toEqual({ code: 0, out: '', err: '\r6 plays of 1 day\n' });
    const undated = (whole: string): string => whole.replace(/<date>[^<]*/, '');
    expect(undated(await readFile(file, 'utf8'))).toBe(undated(shown.out));
    expect(shown.out.startsWith('\uFEFF')).toBe(format === 'csv');
  }
  await release();
});

test('[XP10] without --format it is CSV, and --screen leaves the others out', async () => {
  const { folder, release } = await heldFolder();
  const { out } = await call(...SPAN, '--data', folder, '--screen', 'screen-b');
  await release();
  const rows = out.trimEnd().split('\r\n').slice(1);
  expect(rows.map((row) => row.split(',')[1])).toEqual(['screen-b', 'screen-b', 'screen-b']);
});

test.each([
  [['--from', '2026-07-01'], '--to missing'],
  [['--from', '2026-07-02', '--to', '2026-07-01'], 'from not after to'],
  [[...SPAN, '--format', 'xlsx'], '--format xlsx: csv, asmil, h782'],
  [[...SPAN, '--colour'], "Unknown option '--colour'"],
])('[XP10] the words %j are refused with exit code 1', async (argv, why) => {
  const { code, out, err } = await call(...argv);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(why);
});

test('[XP10] a folder without data is told with exit code 3', async () => {
  const { code, err } = await call(...SPAN, '--data', join(await tempFolder(), 'nothing', 'here'));
  expect(code).toBe(3);
  expect(err).toContain('xunbo export:');
});

test('[RT4] plays that are not kept singly any more are said to be left out', async () => {
  const { folder, release } = await heldFolder();
  await release();
  const ledger = await openSqliteLedger({ file: join(folder, 'ledger.sqlite'), log: silentLog });
  const [first] = await ledger.bodies.loggedIn(0, 10);
  await ledger.bodies.drop([first?.row.hash ?? ''], 10);
  await ledger.close();
  const shown = await call(...SPAN, '--data', folder);
  expect(shown.err).toBe('the plays of 1 segments are not kept singly any more: left out\n');
  expect(shown.out.split('\r\n2026-07-01,').length - 1).toBe(5);
});
