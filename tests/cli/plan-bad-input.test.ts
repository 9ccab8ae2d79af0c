/** `xunbo plan` told nonsense: every fault has its place, value and range, and however much is asked for, an answer comes. */
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { runPlan } from '../../cli/plan.ts';

/** One commitment of a request, with what a test is about. */
const commitment = (over: object): object => ({
  id: 'c1',
  items: [{ item: 'film-1', durationMs: 30_000 }],
  minPlays: 3,
  ...over,
});

const request = (commitments: object[], over: object = {}): object => ({
  screen: { timeZone: 'Asia/Shanghai', openingHours: [{ days: ['wed'], from: '06:00', to: '23:00' }] },
  date: '2026-07-01',
  loop: [{ item: 'loop-a', durationMs: 15_000 }],
  commitments,
  ...over,
});

async function run(input: object): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let [out, err] = ['', ''];
  stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const code = await runPlan(['-'], { stdin: Readable.from([JSON.stringify(input)]), stdout, stderr });
  await new Promise(setImmediate);
  return { code, out, err };
}

const DURATION = 'a whole number of milliseconds from 1 to 86400000';

test.each<[object, string]>([
  [{ items: [{ item: 'film-1', durationMs: 0 }] }, `commitments[0].items[0].durationMs: 0, allowed: ${DURATION}`],
  [{ items: [{ item: 'film-1', durationMs: -5 }] }, `commitments[0].items[0].durationMs: -5, allowed: ${DURATION}`],
  [{ minPlays: 100_001 }, 'commitments[0].minPlays: 100001, allowed: a whole number of plays a day from 0 to 100000'],
  [{ minPlays: '3' }, 'commitments[0].minPlays: "3", allowed: a number'],
  [{ minShare: 1.2 }, 'commitments[0].minShare: 1.2, allowed: a share from 0 to 1'],
  [{ minGapMs: 9, maxGapMs: 8 }, 'commitments[0].maxGapMs: 8, allowed: at least minGapMs (9)'],
  [
    { dayParts: [{ from: '09:00', to: '09:00' }] },
    'commitments[0].dayParts[0].to: "09:00", allowed: later than from (09:00); past midnight is written 33:00',
  ],
  [
    { dayParts: [{ from: '22:00', to: '02:00' }] },
    'commitments[0].dayParts[0].to: "02:00", allowed: later than from (22:00); past midnight is written 26:00',
  ],
])('[P22] [P28] %j: place, value and what is allowed, nothing on standard output', async (over, line) => {
  expect(await run(request([commitment(over)]))).toEqual({ code: 1, out: '', err: `-: ${line}\n` });
});

test('[P27] [P28] all faults are told together, one line each', async () => {
  const { code, err } = await run(request([commitment({ minPlays: -1, priority: 0.5 })], { tally: { c9: 1 } }));
  expect(code).toBe(1);
  expect(err.trimEnd().split('\n')).toHaveLength(3);
});

test('[P22] [P28] more than 10,000 commitments are refused', async () => {
  const many = Array.from({ length: 10_001 }, (_, k) => commitment({ id: `c${k}` }));
  const { code, err } = await run(request(many));
  expect([code, err]).toEqual([1, '-: commitments: 10001, allowed: at most 10000 commitments\n']);
});

test.each<[object, object]>([
  [
    { minPlays: 60, maxPlaysPerHour: 1 },
    { kind: 'limits', commitments: ['c1'], fits: 17 },
  ],
  [
    { minPlays: 1, items: [{ item: 'film-1', durationMs: 660_000 }], dayParts: [{ from: '08:00', to: '08:10' }] },
    { kind: 'item-too-long', commitments: ['c1'], fits: 0 },
  ],
  [{ minPlays: 100_000 }, { kind: 'overbooked', commitments: ['c1'], fits: 2040 }],
  [
    { minPlays: 0, minShare: 0.5, maxPlaysPerHour: 1 },
    { kind: 'min-share', commitments: ['c1'], fits: 17 },
  ],
  [
    { minPlays: 0, maxGapMs: 600_000, maxPlaysPerHour: 1 },
    { kind: 'max-gap', commitments: ['c1'] },
  ],
])('[P20] [P28] %j cannot be: exit code 2 and the conflict', async (over, conflict) => {
  const { code, out, err } = await run(request([commitment(over)]));
  expect([code, err]).toEqual([2, '']);
  expect(JSON.parse(out).conflicts).toMatchObject([conflict]);
});

test('[P23] [P28] 10,000 commitments of 100,000 plays come back with what fits', async () => {
  const many = Array.from({ length: 10_000 }, (_, k) =>
    commitment({ id: `c${k}`, minPlays: 100_000, items: [{ item: 'film-1', durationMs: 1000 }] }),
  );
  const { code, out } = await run(request(many));
  const { conflicts } = JSON.parse(out);
  expect(code).toBe(2);
  expect(conflicts).toHaveLength(10_000);
  expect(conflicts[0]).toMatchObject({ kind: 'overbooked', commitments: ['c0'], fits: 61_200 });
  expect(conflicts[9999]).toMatchObject({ kind: 'work-bound', fits: 0 });
});
