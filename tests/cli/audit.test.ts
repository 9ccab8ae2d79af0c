/** The words, findings and exit codes of `xunbo audit`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runAudit } from '../../cli/audit.ts';
import { storeTown } from '../helpers/stored-town.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runAudit(argv, { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

test('[AU4] help, and words that are refused', async () => {
  expect(await call('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: xunbo audit'), err: '' });
  for (const argv of [['folder'], ['--colour'], ['--data']]) {
    expect(await call(...argv)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Usage: xunbo audit') });
  }
});

test('[AU4] a folder without a ledger, and one that is no ledger, are bad input', async () => {
  const folder = await tempFolder();
  expect(await call('--data', folder)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('ledger.sqlite'),
  });
  await writeFile(join(folder, 'ledger.sqlite'), 'x'.repeat(10_000));
  expect(await call('--data', folder)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('damaged') });
});

test('[AU4] exits with 0 and says what was checked, with 2 and names what differs, in words or as JSON', async () => {
  const folder = join(await tempFolder(), 'data');
  const { server, paths } = await storeTown(folder);
  const sound = await call('--data', folder);
  expect(sound).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^checked: segments 4, plays 6, .* log entries 530, tiles 2, checkpoints \d\ndifferences: 0\n$/,
    ),
  });
  expect(sound.err).toContain('entries: 530');
  const db = new DatabaseSync(paths.ledger);
  db.exec("UPDATE screen_days SET counts = '[]'");
  db.close();
  const changed = await call('--data', folder);
  expect(changed.code).toBe(2);
  expect(changed.out.split('\n')).toEqual([
    expect.stringMatching(/^counters of screen-1 on 2026-07-01: visits.min.f1 has 0 plays where the segments say 3, /),
    expect.stringContaining('checked: segments 4, '),
    'differences: 1',
    '',
  ]);
  const asJson = await call('--data', folder, '--json');
  const lines = asJson.out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    { kind: 'counters', subject: 'counters of screen-1 on 2026-07-01' },
    { differences: 1, checked: { segments: 4 } },
  ]);
  expect(asJson.code).toBe(2);
  await server.close();
});
