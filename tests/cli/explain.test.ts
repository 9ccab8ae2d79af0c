/** `xunbo explain` says in sentences why a plan is as it is: every commitment, every conflict, and any one slot. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runExplain } from '../../cli/explain.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xunbo-explain-'));
});
afterAll(() => rm(folder, { recursive: true }));

const REQUEST = {
  screen: {
    timeZone: 'Asia/Shanghai',
    openingHours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '06:00', to: '23:00' }],
  },
  date: '2026-07-01',
  loop: [{ item: 'loop-a', durationMs: 15_000 }],
  commitments: [
    {
      id: 'c1',
      items: [{ item: 'film-1', durationMs: 30_000 }],
      minPlays: 12,
      dayParts: [{ from: '08:00', to: '20:00' }],
    },
  ],
};
const TOO_MUCH = { ...REQUEST, commitments: [{ ...REQUEST.commitments[0], minPlays: 40, maxPlaysPerHour: 2 }] };

async function run(
  argv: string[],
  input: unknown = REQUEST,
  env: NodeJS.ProcessEnv = { LANG: 'en_GB.UTF-8' },
): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let out = '';
  let err = '';
  stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const stdin = Readable.from([typeof input === 'string' ? input : JSON.stringify(input)]);
  const code = await runExplain(argv, { stdin, stdout, stderr }, env);
  await new Promise(setImmediate);
  return { code, out, err };
}

describe('xunbo explain', () => {
  test('[EX1] a day that fits: one sentence a commitment, exit code 0', async () => {
    const { code, out, err } = await run(['-']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^c1: 12 plays promised, 12 planned, one every \d+ minutes, done by \d\d:\d\d; .+\.\n$/);
  });

  test('[EX1] a day that does not fit: then every conflict, exit code 2', async () => {
    const { code, out } = await run(['-'], TOO_MUCH);
    expect(code).toBe(2);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('40 plays promised, 24 planned, 16 short');
    expect(lines[1]).toContain('24 of 40 would fit');
  });

  test('[EX1] a file is read too, and the slot at a time is explained', async () => {
    const file = join(folder, 'request.json');
    await writeFile(file, JSON.stringify(REQUEST));
    const first = (await run([file, '--at', '06:00', '--commitment', 'c1'])).out;
    expect(first).toMatch(
      /^08:\d\d:\d\d film-1: the 1st of 12 plays promised to c1; its turn is due between 08:00 and /,
    );
    const time = first.slice(0, 8);
    expect(await run([file, '--at', time])).toEqual({ code: 0, out: first, err: '' });
    expect((await run([file, `--at=2026-07-01T${time}+08:00`])).out).toBe(first);
  });

  test('[EX1] with a commitment, the first play of it then or after', async () => {
    const { out } = await run(['-', '--at', '06:00', '--commitment', 'c1']);
    expect(out).toMatch(/^08:\d\d:\d\d film-1: the 1st/);
    const { code, out: none } = await run(['-', '--at', '22:00', '--commitment', 'c1']);
    expect({ code, none }).toEqual({ code: 4, none: 'c1 has no play at 22:00:00 or after.\n' });
  });

  test('[EX1] nothing planned: exit code 4, and a closed screen says when it opens', async () => {
    const { code, out } = await run(['-', '--at', '05:00']);
    expect({ code, out }).toEqual({ code: 4, out: '05:00:00: the screen is closed; it opens at 06:00.\n' });
    const past = await run(['-', '--at', '08:00'], { ...REQUEST, now: '2026-07-01T04:00:00Z' });
    expect(past).toMatchObject({ code: 4, out: '08:00:00 is past: the plan begins at 12:00:00.\n' });
  });

  test('[EX1] the language is that asked for, else the locale’s, else Chinese', async () => {
    const zh = '05:00:00 屏幕不开放，06:00 开放。\n';
    const at = ['-', '--at', '05:00'];
    expect((await run([...at, '--lang', 'zh'])).out).toBe(zh);
    expect((await run(at, REQUEST, {})).out).toBe(zh);
    expect((await run(at, REQUEST, { LANG: 'zh_CN.UTF-8' })).out).toBe(zh);
    expect((await run(at, REQUEST, { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' })).out).toBe(zh);
    expect((await run([...at, '--lang', 'en'], REQUEST, {})).out).toContain('closed');
  });

  test('[EX1] --json gives facts and sentences', async () => {
    const { out } = await run(['-', '--at', '06:00', '--commitment', 'c1', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      date: '2026-07-01',
      explanation: { kind: 'count', nth: 1, of: 12, commitment: 'c1' },
      sentence: expect.stringContaining('1st of 12'),
    });
    const day = await run(['-', '--json'], TOO_MUCH);
    expect(JSON.parse(day.out)).toMatchObject({
      feasible: false,
      promises: [{ state: 'short', why: [{ kind: 'limits', fits: 24 }] }],
      conflicts: [{ kind: 'limits', maxPlaysPerHour: 2 }],
      sentences: [expect.any(String), expect.any(String)],
    });
  });

  test.each([
    [['-', '--lang', 'de'], REQUEST, '--lang: de, allowed: zh, en'],
    [['-', '--at', '48:00'], REQUEST, '--at: 48:00, allowed: HH:MM'],
    [['-', '--at', 'noon'], REQUEST, '--at: noon, allowed: HH:MM'],
    [['-', '--commitment', 'c9'], REQUEST, '--commitment: c9, allowed: c1'],
    [[], REQUEST, 'explain needs a FILE'],
    [['-', '--nope'], REQUEST, '--nope'],
    [['-'], '{', '-: not JSON'],
    [['-'], { ...REQUEST, date: 'today' }, '-: date: "today", allowed: a date YYYY-MM-DD'],
    [['/no/such/file'], REQUEST, '/no/such/file: ENOENT'],
  ])('[EX1] bad input %j is told with what is allowed, exit code 1', async (argv, input, message) => {
    const { code, out, err } = await run(argv, input);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
  });

  test('[EX1] --help tells options and exit codes', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const word of ['--at', '--commitment', '--lang', '--json', '  4  ']) expect(out).toContain(word);
  });
});
