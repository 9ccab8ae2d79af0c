/** `xunbo plan` gives the documented answers and exit codes, for one request or for a stream of them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPlan } from '../../cli/plan.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xunbo-plan-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The request printed in the documentation of the command. */
const EXAMPLE = {
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
      minPlays: 3,
      dayParts: [{ from: '08:00', to: '20:00' }],
      maxPlaysPerHour: 6,
      minGapMs: 60_000,
      maxGapMs: null,
      minShare: null,
      priority: 0,
    },
  ],
  tally: { c1: 1 },
  now: '2026-07-01T04:00:00Z',
};
const TOO_MUCH = { ...EXAMPLE, commitments: [{ ...EXAMPLE.commitments[0], minPlays: 999 }] };

async function run(argv: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough({ highWaterMark: 1024 });
  const stderr = new PassThrough();
  let out = '';
  let err = '';
  stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const code = await runPlan(argv, { stdin: Readable.from([input]), stdout, stderr });
  await new Promise(setImmediate);
  return { code, out, err };
}

describe('xunbo plan', () => {
  test('[P28] the documented request gives the documented shape and exit code 0', async () => {
    const file = join(folder, 'request.json');
    await writeFile(file, JSON.stringify(EXAMPLE));
    const { code, out, err } = await run([file]);
    const plan = JSON.parse(out);
    expect([code, err]).toEqual([0, '']);
    expect(Object.keys(plan)).toEqual(['planHash', 'feasible', 'slots', 'commitments', 'conflicts']);
    expect(plan.planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(plan.slots[0])).toEqual(['startMs', 'durationMs', 'item', 'commitment', 'reason']);
    expect(Object.keys(plan.commitments[0])).toEqual([
      'id',
      'required',
      'tally',
      'planned',
      'shortBy',
      'idealGapMs',
      'maxGapMs',
    ]);
    expect(plan.commitments[0]).toMatchObject({ required: 3, tally: 1, shortBy: 0, idealGapMs: 14_400_000 });
    expect(plan.slots[0].startMs).toBe(Date.parse(EXAMPLE.now));
  });

  test('[P28] what does not fit is planned as far as it goes, with exit code 2', async () => {
    const { code, out } = await run(['-'], JSON.stringify(TOO_MUCH));
    expect(code).toBe(2);
    expect(JSON.parse(out).conflicts).toMatchObject([{ kind: 'limits', commitments: ['c1'] }]);
  });

  test('[P28] bad input: exit code 1, nothing on standard output, file, place and what is allowed on standard error', async () => {
    const { code, out, err } = await run(['-'], JSON.stringify({ ...EXAMPLE, date: 'tomorrow' }));
    expect([code, out, err]).toEqual([1, '', '-: date: "tomorrow", allowed: a date YYYY-MM-DD\n']);
  });

  test.each([
    [[], 'plan needs a FILE'],
    [['a', 'b'], 'plan takes one FILE, not 2'],
    [['--fast'], '--fast'],
    [['no/such/file.json'], 'no/such/file.json: ENOENT'],
  ])('[P28] %j is a mistake that is explained', async (argv, message) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(message);
  });

  test('[P28] broken JSON is named with its position', async () => {
    const { code, err } = await run(['-'], '{ "date": ');
    expect(code).toBe(1);
    expect(err).toContain('not JSON');
  });

  test('[P28] --help explains the exit codes', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('Exit codes');
  });

  test('[P28] --ndjson: one plan a line in order, a bad line answered in its place', async () => {
    const lines = [
      JSON.stringify(EXAMPLE),
      '{',
      JSON.stringify({ ...EXAMPLE, tally: { c9: 1 } }),
      '',
      JSON.stringify(TOO_MUCH),
    ];
    const { code, out } = await run(['--ndjson'], `${lines.join('\n')}\n`);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(answers.map((answer) => answer.feasible ?? answer.error.code)).toEqual([
      true,
      'not-json',
      'bad-request',
      false,
    ]);
    expect(answers[2].error.faults).toEqual([
      { place: 'tally.c9', value: '1', allowed: 'the id of a commitment of this request' },
    ]);
  });

  test('[P28] --ndjson: hundreds of days pass through a slow reader', async () => {
    const { code, out } = await run(['--ndjson', '-'], `${JSON.stringify(EXAMPLE)}\n`.repeat(200));
    const answers = out.trimEnd().split('\n');
    expect([code, answers.length, new Set(answers).size]).toEqual([0, 200, 1]);
  });
});
