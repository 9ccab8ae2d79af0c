/** `xunbo unit-key` as a process, against a real controller. */
import { spawn } from 'node:child_process';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkEndorsement } from '../../domain/proof/endorsement.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { parseVkey } from '../../domain/tlog/signed-note.ts';
import { readEntryOf } from '../../protocol/log-entry.ts';
import { sha256 } from '../../server/sha256.ts';
import { formatSigner, parseSigner } from '../../server/tlog/note-signer.ts';
import { verifyByNode } from '../../server/tlog/raw-keys.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTestController, type TestController } from '../helpers/test-controller.ts';
import { enrolmentOf } from '../helpers/unit-signer.ts';

const XUNBO = fileURLToPath(new URL('../../cli/xunbo.js', import.meta.url));
const PASSWORD = 'correct horse';

let server: TestController;
let folder = '';
beforeEach(async () => {
  folder = await tempFolder();
  server = await startTestController();
});
afterEach(() => server.close());

type Ended = { code: number | null; out: string; err: string };

/** Runs the command with `input` on its standard input. */
async function unitKey(argv: readonly string[], input = '', password: string | null = PASSWORD): Promise<Ended> {
  const { XUNBO_PASSWORD: _, ...env } = process.env;
  const child = spawn(process.execPath, [XUNBO, 'unit-key', ...argv], {
    cwd: folder,
    env: { ...env, ...(password !== null && { XUNBO_PASSWORD: password }) },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}

const at = (): string[] => ['--server', server.url, '--login', 'admin'];

/** Binds a device to the screen; gives its entry in the log. */
async function enrol(byte: number): Promise<string> {
  const { enrolment, jobs } = server.controller.services;
  await server.api('DELETE', '/api/screens/screen-1/device');
  server.clock.advance(1000);
  const device = await enrolment.redeem(enrolment.tokenFor('screen-1'), enrolmentOf(byte).publicKey);
  await jobs.run('log-entries');
  return logEntryText(enrolmentOf(byte, { atMs: device?.enrolledAtMs ?? 0 }));
}

async function endorsements(): Promise<string[]> {
  return (await server.ledger.log.entries(0, 1000)).filter((entry) => entry.includes('"kind":"endorsement"'));
}

/** A new key in a file, registered with the hall. */
async function registeredKey(name: string): Promise<{ file: string; vkey: string }> {
  const file = join(folder, `${name.replaceAll('/', '-')}.key`);
  const { out } = await unitKey(['new', '--name', name, '--out', file]);
  const vkey = out.trim();
  expect((await server.api('PUT', '/api/units/hall/key', { vkey })).status).toBe(200);
  return { file, vkey };
}

test('[UE4] a new key is for its owner alone, is never written over, and its public line is printed', async () => {
  const made = await unitKey(['new', '--name', 'hall.example/unit', '--out', 'unit.key']);
  expect(made).toMatchObject({ code: 0, err: '' });
  const key = parseVkey(made.out.trim(), sha256);
  expect(key).toMatchObject({ name: 'hall.example/unit', type: 1 });
  const file = join(folder, 'unit.key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const line = await readFile(file, 'utf8');
  expect(parseSigner(line.trim())?.note).toEqual(key);
  const again = await unitKey(['new', '--name', 'hall.example/unit', '--out', 'unit.key']);
  expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is there already') });
  expect(await readFile(file, 'utf8')).toBe(line);
  const wrong = await unitKey(['new', '--name', '大厅 unit', '--out', 'other.key']);
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('--name') });
});

test('[UE4] the line of a private key is that of Go’s note package, read in one spelling', () => {
  // The example of golang.org/x/mod/sumdb/note, whose public half is PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW.
  const line = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
  const signer = parseSigner(line);
  if (!signer) throw new Error('not read');
  expect(formatSigner(signer)).toBe(line);
  for (const wrong of [
    line.replace('c74f20a3', 'c74f20a4'),
    line.replace('Peter', 'Paul'),
    line.slice(0, -4),
    line.replace('AYEK', 'BYEK'),
    line.replace('PRIVATE+', ''),
    '',
  ])
    expect(parseSigner(wrong), wrong).toBeNull();
});

test('[UE4] a key that others may read is not used', async () => {
  const { file } = await registeredKey('open.example');
  await enrol(1);
  await chmod(file, 0o640);
  const refused = await unitKey(['sign', '--key', file, ...at(), '--yes']);
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining(`chmod 600 ${file}`) });
  expect(await endorsements()).toEqual([]);
  await writeFile(join(folder, 'none.key'), 'PRIVATE+KEY+x+00000000+AAAA\n', { mode: 0o600 });
  expect((await unitKey(['sign', '--key', 'none.key', ...at(), '--yes'])).err).toContain('holds no key');
});

test('[UE8] what is not signed is shown, and signed and entered once it is confirmed; then nothing is left', async () => {
  const { file, vkey } = await registeredKey('hall.example/asked');
  const before = await endorsements();
  const entry = await enrol(2);
  const refused = await unitKey(['sign', '--key', file, ...at()], 'no\n');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('nothing was signed') });
  expect(refused.out).toContain('screen-1  一号屏, 大厅\n');
  expect(refused.out).toContain(`device    ${enrolmentOf(2).device}\n`);
  expect(refused.out).toContain('enrolled  2026-07-01T00:00:');
  expect((await unitKey(['sign', '--key', file, ...at()], '')).code).toBe(1);
  expect(await endorsements()).toEqual(before);

  const done = await unitKey(['sign', '--key', file, ...at()], `${PASSWORD}\nyes\n`, null);
  expect(done).toMatchObject({ code: 0, err: expect.stringMatching(/Password of admin at .*\[yes\/no\]/s) });
  expect(done.out + done.err).not.toContain(PASSWORD);
  const found = (await endorsements())
    .map((one) => readEntryOf('endorsement', one))
    .filter((one) => one?.unit === 'hall.example/asked');
  const key = parseVkey(vkey, sha256);
  const standings = found.map((one) =>
    one && key ? checkEndorsement(one, entry, key, { sha256, verify: verifyByNode }) : null,
  );
  expect(await Promise.all(standings)).toContain('signed');
  expect(await unitKey(['sign', '--key', file, ...at()])).toMatchObject({ code: 0, out: 'nothing to sign\n' });
});

test('[UE8] only the screens named are signed', async () => {
  const { file } = await registeredKey('hall.example/some');
  await enrol(3);
  const none = await unitKey(['sign', '--key', file, ...at(), '--screen', 'screen-2', '--yes']);
  expect(none).toMatchObject({ code: 0, out: 'nothing to sign\n' });
  const one = await unitKey(['sign', '--key', file, ...at(), '--screen', 'screen-2', '--screen', 'screen-1', '--yes']);
  expect(one).toMatchObject({ code: 0, out: expect.stringContaining('entered into the log') });
});

test('[UE8] names of the server move no cursor, and an enrolment whose device is not its key’s is left out', async () => {
  const { file } = await registeredKey('hall.example/careful');
  const screen = server.catalogue.snapshot().screens.get('screen-1');
  if (!screen) throw new Error('no screen');
  await server.catalogue.apply([
    { op: 'put', collection: 'screens', entity: { ...screen, name: '\u001b[2J假\u202e\rok' } },
  ]);
  await enrol(4);
  const unsound = logEntryText(enrolmentOf(5, { device: enrolmentOf(6).device }));
  await server.ledger.log.append([unsound]);
  const { out, err } = await unitKey(['sign', '--key', file, ...at(), '--yes']);
  expect(out).toContain('screen-1  ?[2J假??ok, 大厅');
  expect(out).not.toContain(enrolmentOf(6).device);
  expect(err).toContain('no sound enrolment');
  expect((await endorsements()).filter((one) => one.includes(enrolmentOf(6).device))).toEqual([]);
});

test('[UE9] a key on a machine without network signs a list that is carried there, and what it signed is sent', async () => {
  const { file } = await registeredKey('hall.example/offline');
  const entry = await enrol(7);
  expect((await unitKey(['list', ...at(), '--unit', 'hall', '--out', 'list.json'])).code).toBe(0);
  const before = await endorsements();
  const signed = await unitKey(['sign', '--key', file, '--in', 'list.json', '--out', 'signed.json', '--yes'], '', null);
  expect(signed).toMatchObject({ code: 0, out: expect.stringContaining('screen-1') });
  expect(await endorsements()).toEqual(before);
  expect(await readFile(join(folder, 'signed.json'), 'utf8')).toContain(JSON.stringify(entry).slice(1, -1));
  expect(await unitKey(['send', ...at(), '--in', 'signed.json'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+ signed enrolments entered/),
  });
  expect((await endorsements()).length).toBeGreaterThan(before.length);
  expect(await unitKey(['send', ...at(), '--in', 'list.json'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('no such list'),
  });
});

test('[UE8] a wrong password, an unregistered key and a server that is not there each end with what is wrong', async () => {
  const file = join(folder, 'rival.key');
  await unitKey(['new', '--name', 'rival.example', '--out', file]);
  await enrol(8);
  const cases: [string[], string, number, string][] = [
    [at(), 'wrong password', 1, 'name or password is wrong'],
    [at(), PASSWORD, 1, 'registered the key rival.example'],
    [['--server', 'http://127.0.0.1:9', '--login', 'admin'], PASSWORD, 3, 'http://127.0.0.1:9'],
  ];
  for (const [where, password, code, message] of cases) {
    const ended = await unitKey(['sign', '--key', file, ...where, '--yes'], '', password);
    expect(ended).toMatchObject({ code, err: expect.stringContaining(message) });
  }
});

test('[UE8] bad words end with a message that names them, and no word takes a password', async () => {
  for (const argv of [
    [],
    ['give'],
    ['new', '--name', 'x'],
    ['new', '--name', 'x', '--out', 'y', '--yes'],
    ['sign', '--server', 'http://x', '--login', 'a'],
    ['sign', '--key', 'k', '--in', 'l'],
    ['sign', '--key', 'k', '--server', 'ftp://x', '--login', 'a'],
    ['list', '--server', 'http://x', '--out', 'l'],
    ['send', '--server', 'http://x', '--login', 'a', '--in', 'l', '--password', 'p'],
  ]) {
    const { code, out, err } = await unitKey(argv);
    expect([argv, code, out, err.startsWith('xunbo unit-key: ')]).toEqual([argv, 1, '', true]);
  }
  expect((await unitKey(['--help'])).out).toMatch(/^Usage: xunbo unit-key new/);
});

/** Runs the command at a terminal of its own (script(1) gives one), and types an answer after each question. */
async function typed(argv: readonly string[], answers: [question: string, keys: string][]): Promise<string> {
  const words = [process.execPath, XUNBO, 'unit-key', ...argv].map((word) => `'${word}'`);
  const { XUNBO_PASSWORD: _, ...env } = process.env;
  const typist = spawn('script', ['-qfec', words.join(' '), '/dev/null'], { env });
  let shown = '';
  for await (const chunk of typist.stdout) {
    shown += String(chunk);
    const [question, keys] = answers[0] ?? [];
    if (question === undefined || keys === undefined || !shown.includes(question)) continue;
    answers.shift();
    typist.stdin.write(keys);
  }
  expect(answers).toEqual([]);
  return shown;
}

test('[UE8] at a terminal the password is not shown, neither while it is typed nor by the arrow keys after it', async () => {
  const { file } = await registeredKey('hall.example/terminal');
  await enrol(9);
  const up = '\u001b[A';
  const shown = await typed(
    ['sign', '--key', file, ...at()],
    [
      ['Password of admin', `${PASSWORD}\r`],
      ['[yes/no] ', `${up}yes\r`],
    ],
  );
  expect(shown).not.toContain(PASSWORD);
  expect(shown).toMatch(/\[yes\/no\] \S*yes/);
  expect(shown).toContain('entered into the log');
});

test('[UE8] Ctrl-C at the question signs nothing', async () => {
  const { file } = await registeredKey('hall.example/interrupted');
  await enrol(10);
  const shown = await typed(
    ['sign', '--key', file, ...at()],
    [
      ['Password of admin', `${PASSWORD}\r`],
      ['[yes/no] ', '\u0003'],
    ],
  );
  expect(shown).not.toContain('entered');
  expect(await endorsements()).toEqual([]);
});
