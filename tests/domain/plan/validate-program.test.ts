/** What a program may say: every value past its range is named with what is allowed, and the ends of ranges are allowed. */
import { describe, expect, test } from 'vitest';
import type { Program, ProgramCommitment } from '../../../domain/plan/program.ts';
import { validateProgram } from '../../../domain/plan/validate-program.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment>;

const lines = (program: Program): string[] =>
  validateProgram(program).map(({ code, place, value, allowed }) => `${code} ${place} = ${value}: ${allowed}`);
const ofCommitment = (over: Wish): string[] => lines(programOf([commitmentOf('a', over)]));
const ofProgram = (over: Partial<Program>): string[] => lines({ ...programOf([]), ...over });
const [NAN, INFINITE]: [Wish, Wish] = [{ minPlays: Number.NaN }, { minShare: Number.POSITIVE_INFINITY }];
const film = (over: Partial<ProgramCommitment['items'][number]>): Wish => ({
  items: [{ item: 'film', durationMs: 1000, weight: 1, ...over }],
});

describe('what is allowed is said in words', () => {
  test.each<[Wish, string]>([
    [{ id: '' }, 'id-missing commitments[0].id = "": an id'],
    [{ from: '2026-13-01' }, 'date-malformed commitments[0].from = "2026-13-01": a date YYYY-MM-DD'],
    [{ to: 'soon' }, 'date-malformed commitments[0].to = "soon": a date YYYY-MM-DD'],
    [
      { from: '2026-02-02', to: '2026-02-01' },
      'range-inverted commitments[0].to = "2026-02-01": not before from (2026-02-02)',
    ],
    [
      { weekdays: [] },
      'weekday-missing commitments[0].weekdays = []: at least one of mon, tue, wed, thu, fri, sat, sun',
    ],
    [
      { dayParts: [{ from: '8:00', to: '09:00' }] },
      'time-malformed commitments[0].dayParts[0].from = "8:00": HH:MM from 00:00 to 47:59',
    ],
    [
      { dayParts: [{ from: '08:60', to: '09:00' }] },
      'time-malformed commitments[0].dayParts[0].from = "08:60": HH:MM from 00:00 to 47:59',
    ],
    [
      { dayParts: [{ from: '09:00', to: '48:00' }] },
      'time-malformed commitments[0].dayParts[0].to = "48:00": HH:MM from 00:00 to 47:59',
    ],
    [
      { dayParts: [{ from: '23:00', to: '00:05' }] },
      'day-part-empty commitments[0].dayParts[0].to = "00:05": later than from (23:00); past midnight is written 24:05',
    ],
    [
      { dayParts: [{ from: '30:00', to: '26:10' }] },
      'day-part-empty commitments[0].dayParts[0].to = "26:10": later than from (30:00); past midnight is written 26:10',
    ],
    [{ items: [] }, 'items-missing commitments[0].items = []: at least one item'],
    [film({ item: '' }), 'id-missing commitments[0].items[0].item = "": the id of an item'],
    [film({ weight: 0 }), 'weight commitments[0].items[0].weight = 0: a whole number of parts from 1 to 1000'],
    [film({ weight: 1001 }), 'weight commitments[0].items[0].weight = 1001: a whole number of parts from 1 to 1000'],
    [NAN, 'count commitments[0].minPlays = NaN: a whole number of plays a day from 0 to 100000'],
    [INFINITE, 'share commitments[0].minShare = Infinity: a share from 0 to 1'],
    [{ minPlays: -1 }, 'count commitments[0].minPlays = -1: a whole number of plays a day from 0 to 100000'],
    [
      { maxPlaysPerHour: 0 },
      'count commitments[0].maxPlaysPerHour = 0: a whole number of plays an hour from 1 to 100000',
    ],
    [{ minGapMs: -1 }, 'gap commitments[0].minGapMs = -1: a whole number of milliseconds from 0 to 86400000'],
    [
      { minGapMs: 86_400_001 },
      'gap commitments[0].minGapMs = 86400001: a whole number of milliseconds from 0 to 86400000',
    ],
    [{ maxGapMs: 0 }, 'gap commitments[0].maxGapMs = 0: a whole number of milliseconds from 1 to 86400000'],
    [{ minGapMs: 6, maxGapMs: 5 }, 'limits-contradict commitments[0].maxGapMs = 5: at least minGapMs (6)'],
    [{ minShare: 1.001 }, 'share commitments[0].minShare = 1.001: a share from 0 to 1'],
    [{ minShare: -0.1 }, 'share commitments[0].minShare = -0.1: a share from 0 to 1'],
    [{ minAirtimeShare: 1.1 }, 'share commitments[0].minAirtimeShare = 1.1: a share from 0 to 1'],
    [{ minAirtimeShare: -0.1 }, 'share commitments[0].minAirtimeShare = -0.1: a share from 0 to 1'],
    [{ separation: '' }, 'separation commitments[0].separation = "": a tag, or null'],
    [
      { exactTimes: ['12:00', '12:00'], minPlays: 2 },
      'exact-times commitments[0].exactTimes[1] = "12:00": a time that is not given before',
    ],
    [
      { exactTimes: ['12:00'], minPlays: 2 },
      'exact-times commitments[0].minPlays = 2: 1, one play for each exact time',
    ],
    [
      { exactTimes: ['12:00'], minPlays: 1, minShare: 0.5 },
      'exact-times commitments[0].minShare = 0.5: null beside exact times; a commitment of its own can promise it',
    ],
    [
      { exactTimes: ['12:00'], minPlays: 1, maxGapMs: 5 },
      'exact-times commitments[0].maxGapMs = 5: null beside exact times; a commitment of its own can promise it',
    ],
    ...(['minAirtimeShare', 'minGapMs', 'maxPlaysPerHour'] as const).map((key): [Wish, string] => [
      { exactTimes: ['12:00'], minPlays: 1, [key]: 1 },
      `exact-times commitments[0].${key} = 1: null beside exact times; a commitment of its own can promise it`,
    ]),
    [
      { exactTimes: ['12:00', '9:00'], minPlays: 2 },
      'time-malformed commitments[0].exactTimes[1] = "9:00": HH:MM from 00:00 to 47:59',
    ],
    [
      { exactTimes: ['12:000'], minPlays: 1 },
      'time-malformed commitments[0].exactTimes[0] = "12:000": HH:MM from 00:00 to 47:59',
    ],
    [
      { exactTimes: ['012:00'], minPlays: 1 },
      'time-malformed commitments[0].exactTimes[0] = "012:00": HH:MM from 00:00 to 47:59',
    ],
    [
      { dayParts: [{ from: '08:00', to: '08:00' }] },
      'day-part-empty commitments[0].dayParts[0].to = "08:00": later than from (08:00); past midnight is written 32:00',
    ],
    [
      { dayParts: [{ from: '9:00', to: '00:00' }] },
      'time-malformed commitments[0].dayParts[0].from = "9:00": HH:MM from 00:00 to 47:59',
    ],
    [
      { weekdays: JSON.parse('["mon", "moon"]') },
      'weekday-missing commitments[0].weekdays = "moon": one of mon, tue, wed, thu, fri, sat, sun',
    ],
    [
      film({ durationMs: 0 }),
      'duration commitments[0].items[0].durationMs = 0: a whole number of milliseconds from 1 to 86400000',
    ],
    [
      film({ durationMs: 1.5 }),
      'duration commitments[0].items[0].durationMs = 1.5: a whole number of milliseconds from 1 to 86400000',
    ],
    [
      { maxGapMs: 86_400_001 },
      'gap commitments[0].maxGapMs = 86400001: a whole number of milliseconds from 1 to 86400000',
    ],
    [{ minPlays: 100_001 }, 'count commitments[0].minPlays = 100001: a whole number of plays a day from 0 to 100000'],
    [{ priority: 2 ** 53 }, 'priority commitments[0].priority = 9007199254740992: a whole number'],
    [{ priority: 0.5 }, 'priority commitments[0].priority = 0.5: a whole number'],
    [{ frontLoad: 0.09 }, 'front-load commitments[0].frontLoad = 0.09: a share from 0.1 to 1'],
    [{ frontLoad: 1.01 }, 'front-load commitments[0].frontLoad = 1.01: a share from 0.1 to 1'],
  ])('[P22] %j', (over, line) => {
    expect(ofCommitment(over)).toEqual([line]);
  });

  test.each<[Partial<Program>, string]>([
    [{ timeZone: 'Mars/Base' }, 'zone-unknown timeZone = "Mars/Base": an IANA zone such as Asia/Shanghai'],
    [{ openingHours: [] }, 'opening-hours-empty openingHours = []: at least one span of open time'],
    [
      { openingHours: [{ days: [], from: '08:00', to: '09:00' }] },
      'weekday-missing openingHours[0].days = []: at least one of mon, tue, wed, thu, fri, sat, sun',
    ],
    [
      { openingHours: [{ days: ['mon'], from: '08:00', to: '07:00' }] },
      'day-part-empty openingHours[0].to = "07:00": later than from (08:00); past midnight is written 31:00',
    ],
    [
      { loop: [{ item: 'x', durationMs: 86_400_001 }] },
      'duration loop[0].durationMs = 86400001: a whole number of milliseconds from 1 to 86400000',
    ],
    [
      { loop: Array.from({ length: 10_001 }, () => ({ item: 'x', durationMs: 1 })) },
      'too-many loop = 10001: at most 10000 items',
    ],
    [
      { loop: [{ item: 'x', durationMs: 1, from: '2026-1-1' }] },
      'date-malformed loop[0].from = "2026-1-1": a date YYYY-MM-DD',
    ],
    [
      { loop: [{ item: 'x', durationMs: 1, from: '2026-02-02', to: '2026-02-01' }] },
      'range-inverted loop[0].to = "2026-02-01": not before from (2026-02-02)',
    ],
    [
      { loop: [{ item: 'x', durationMs: 1, weekdays: [] }] },
      'weekday-missing loop[0].weekdays = []: at least one of mon, tue, wed, thu, fri, sat, sun',
    ],
    [
      { loop: [{ item: 'x', durationMs: 1, dayParts: [{ from: '09:00', to: '9:30' }] }] },
      'time-malformed loop[0].dayParts[0].to = "9:30": HH:MM from 00:00 to 47:59',
    ],
    [{ loop: [{ item: 'x', durationMs: 1, separation: '' }] }, 'separation loop[0].separation = "": a tag, or none'],
  ])('[P22] program %#', (over, line) => {
    expect(ofProgram(over)).toEqual([line]);
  });

  test('[P22] too many items of a commitment, and an id given twice', () => {
    const items = Array.from({ length: 10_001 }, () => ({ item: 'x', durationMs: 1, weight: 1 }));
    expect(ofCommitment({ items })).toEqual(['too-many commitments[0].items = 10001: at most 10000 items']);
    expect(lines(programOf([commitmentOf('a'), commitmentOf('b'), commitmentOf('a')]))).toEqual([
      'id-repeated commitments[2].id = "a": an id that no other commitment has',
    ]);
  });
});

test.each<[string, Wish]>([
  ['shares 0 and 1', { minShare: 0 }],
  ['a whole share', { minShare: 1 }],
  ['front-load from', { frontLoad: 0.1 }],
  ['front-load to', { frontLoad: 1 }],
  ['no gap', { minGapMs: 0, maxGapMs: 1 }],
  ['gaps of a day', { minGapMs: 86_400_000, maxGapMs: 86_400_000 }],
  ['equal gaps', { minGapMs: 5, maxGapMs: 5 }],
  ['largest count', { minPlays: 100_000, maxPlaysPerHour: 100_000 }],
  ['shortest film', film({ durationMs: 1 })],
  ['longest film', film({ durationMs: 86_400_000, weight: 1000 })],
  ['one day', { from: '2026-07-01', to: '2026-07-01' }],
  ['last minute', { dayParts: [{ from: '47:58', to: '47:59' }] }],
  ['priority below 0', { priority: -7 }],
  ['airtime shares 0', { minAirtimeShare: 0 }],
  ['airtime shares 1', { minAirtimeShare: 1 }],
  ['a tag', { separation: 'car' }],
  ['exact times', { exactTimes: ['12:00', '13:00'], minPlays: 2 }],
])('[P22] the ends of ranges are allowed: %s', (_, over) => {
  expect(ofCommitment(over)).toEqual([]);
});

test('[P22] only where content was withdrawn may a commitment be without items', () => {
  const program = programOf([commitmentOf('a', { items: [] })]);
  expect(validateProgram({ ...program, withdrawn: {} })).toEqual([]);
  expect(lines(program)).toEqual(['items-missing commitments[0].items = []: at least one item']);
});

test('[P22] a loop item may be bound to dates, weekdays and hours, or to nothing', () => {
  const bound = { from: '2026-07-01', to: '2026-07-01', dayParts: [{ from: '08:00', to: '09:00' }], separation: 'car' };
  const loop = [
    { item: 'x', durationMs: 1 },
    { item: 'y', durationMs: 1, ...bound },
    { item: 'z', durationMs: 1, to: '2026-07-01' },
  ];
  expect(validateProgram(programOf([], { loop }))).toEqual([]);
});

test('[P22] 10,000 commitments are allowed', () => {
  const commitments = Array.from({ length: 10_000 }, (_, k) => commitmentOf(`c${k}`));
  expect(validateProgram(programOf(commitments))).toEqual([]);
});

test('[P22] 10,001 commitments are refused without a look at them', () => {
  const commitments = Array.from({ length: 10_001 }, () => commitmentOf('a', { minPlays: -1 }));
  expect(lines(programOf(commitments))).toEqual(['too-many commitments = 10001: at most 10000 commitments']);
});

test('[P22] ten thousand items are allowed, and all faults are reported together in order', () => {
  const loop = Array.from({ length: 10_000 }, () => ({ item: 'x', durationMs: 1 }));
  const items = loop.map((item) => ({ ...item, weight: 1 }));
  expect(validateProgram(programOf([commitmentOf('a', { items })], { loop }))).toEqual([]);
  const program = { ...programOf([commitmentOf('a', { minPlays: -1 }), commitmentOf('a')]), timeZone: '+08:00' };
  expect(validateProgram(program).map((fault) => fault.code)).toEqual(['zone-unknown', 'count', 'id-repeated']);
});

test('[P22] a share of airtime is from 0 to 1, both included', () => {
  for (const minAirtimeShare of [null, 0, 0.5, 1]) expect(ofCommitment({ minAirtimeShare })).toEqual([]);
  for (const minAirtimeShare of [-0.01, 1.01, Number.NaN]) expect(ofCommitment({ minAirtimeShare })).toHaveLength(1);
});
