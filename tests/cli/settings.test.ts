/** Settings of the server: which source goes before which, and every fault told at once. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../cli/settings.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('[X1] flags come before variables, variables before the file, the file before defaults', async () => {
  const file = join(await tempFolder(), 'xunbo.json');
  await writeFile(file, JSON.stringify({ port: 1, host: '10.0.0.1', logLevel: 'warn' }));
  const env = { XUNBO_PORT: '2', XUNBO_HOST: '10.0.0.2', XUNBO_SETTINGS: file };
  expect(readSettings(['--port', '3'], env)).toMatchObject({
    ok: true,
    value: { port: 3, host: '10.0.0.2', logLevel: 'warn', sample: true },
  });
});

test('[X2] all faults are told together, each with its place, its value and what is allowed', () => {
  const read = readSettings(['--port', '70000', '--log-level', 'loud', '--no-player'], {});
  expect(read).toMatchObject({ ok: false, error: { kind: 'faulty' } });
  const faults = !read.ok && read.error.kind === 'faulty' ? read.error.faults : [];
  expect(faults.map((f) => [f.place, f.value])).toEqual([
    ['settings.port', '"70000"'],
    ['settings.logLevel', '"loud"'],
  ]);
  expect(faults[0]?.allowed).toContain('65535');
});

test('[X3] an unknown flag and an unknown key of the file are refused by name', async () => {
  expect(readSettings(['--prot', '1'], {})).toMatchObject({ ok: false });
  const file = join(await tempFolder(), 'xunbo.json');
  await writeFile(file, JSON.stringify({ prot: 1 }));
  const read = readSettings(['--settings', file], {});
  expect(JSON.stringify(read)).toContain('prot');
  expect(read.ok).toBe(false);
});

test('[X4] switches can be turned off by flag and by variable', () => {
  expect(readSettings(['--no-player'], {})).toMatchObject({ ok: true, value: { player: false } });
  expect(readSettings([], { XUNBO_SAMPLE: 'false' })).toMatchObject({ ok: true, value: { sample: false } });
});

test('[RT1] plays are kept singly for 731 days, and never for less than 400', () => {
  expect(readSettings([], {})).toMatchObject({ ok: true, value: { proofDays: 731 } });
  expect(readSettings(['--proof-days', '400'], {})).toMatchObject({ ok: true, value: { proofDays: 400 } });
  const faulty = readSettings([], { XUNBO_PROOF_DAYS: '399' });
  expect(JSON.stringify(faulty)).toContain('a whole number from 400 to 36500');
});
