/** The words, questions and exit codes of `xunbo new-log`. */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runBackup } from '../../cli/backup.ts';
import type { CommandStreams } from '../../cli/command.ts';
import { runNewLog } from '../../cli/new-log.ts';
import { runRestore } from '../../cli/restore.ts';
import { systemClock } from '../../server/clock.ts';
import { silentLog } from '../../server/log.ts';
import { openDataFolder } from '../../server/stores/data-folder.ts';
import { openSqliteLedger } from '../../server/stores/sqlite-ledger.ts';
import { openLogService } from '../../server/tlog/log-service.ts';
import { chainStart, plainChain } from '../helpers/chain-builder.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

type Run = (argv: string[], io: CommandStreams) => Promise<number>;
type Called = { code: number; out: string; err: string };

async function call(run: Run, argv: string[], answer = ''): Promise<Called> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(answer);
  const code = await run(argv, { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

const chain = plainChain(chainStart(), 6);

/** A data folder whose log has signed so many segments; gives its last checkpoint. */
async function signed(data: string, count: number): Promise<string> {
  const folder = await openDataFolder(data);
  const { paths } = folder;
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  await ledger.segments.ingest(chain.slice(0, count));
  const service = await openLogService({
    ...{ store: ledger.log, keysFolder: paths.keys, headFile: paths.logHead, origin: 'town/log', cosigners: null },
    ...{ clock: systemClock, log: silentLog },
  });
  await service.turn();
  const checkpoint = service.current()?.checkpoint() ?? '';
  await ledger.close();
  folder.close();
  return checkpoint;
}

/** A restored backup of four segments, and the checkpoint of six that somebody kept. */
async function restored(): Promise<{ data: string; last: string }> {
  const root = await tempFolder();
  const [old, data, last] = [join(root, 'old'), join(root, 'new'), join(root, 'last')];
  await signed(old, 4);
  await call(runBackup, [join(root, 'backup'), '--data', old]);
  await writeFile(last, await signed(old, 6));
  await call(runRestore, [join(root, 'backup'), '--data', data]);
  return { data, last };
}

test('[SU5] help and bad words end as everywhere', async () => {
  expect(await call(runNewLog, ['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Usage:') });
  for (const words of [['--colour'], ['dir'], ['--last-checkpoint', '/nowhere/file']]) {
    expect(await call(runNewLog, words)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Usage:') });
  }
});

test('[SU5] what it means is said and asked; with no, and with nothing, nothing is changed', async () => {
  const { data } = await restored();
  for (const answer of ['no\n', '', 'y\n']) {
    const { code, out, err } = await call(runNewLog, ['--data', data], answer);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('Another log, town/log/2, will follow it.');
    expect(err).toContain('it follows town/log at 4 entries');
    expect(err).toContain('nothing was changed');
  }
  expect((await readFile(join(data, 'keys/log-name'), 'utf8')).trim()).toBe('town/log');
});

test('[SU5] with yes another log stands, and is told by its keys; it goes on then, and needs no other', async () => {
  const { data, last } = await restored();
  const made = await call(runNewLog, ['--data', data, '--last-checkpoint', last], 'yes\n');
  expect(made.code).toBe(0);
  expect(made.err).toContain('it follows town/log at 6 entries');
  expect(made.err).toContain('At least 2 entries of the old log are lost here.');
  expect(made.err).toContain('town/log/2 begins with 5 entries');
  expect(made.out).toMatch(/^town\/log\/2\ntown\/log\/2\+[0-9a-f]{8}\+\S+\ntown\/log\/2\+[0-9a-f]{8}\+\S+\n$/);
  const again = await call(runNewLog, ['--data', data, '--yes']);
  expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('town/log/2 goes on') });
});

test('[SU5] without the old key there is nothing to follow, and a folder named by mistake stays as it is', async () => {
  const { data } = await restored();
  await rm(join(data, 'keys/log-name'));
  expect(await call(runNewLog, ['--data', data, '--yes'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('has no key of a log'),
  });
  const nowhere = join(await tempFolder(), 'nowhere');
  expect((await call(runNewLog, ['--data', nowhere, '--yes'])).code).toBe(1);
  await expect(stat(nowhere)).rejects.toThrow('ENOENT');
});

test('[SU5] a running server is left alone', async () => {
  const { data } = await restored();
  const folder = await openDataFolder(data);
  const refused = await call(runNewLog, ['--data', data, '--yes']);
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining(data) });
  folder.close();
});
