/** The campaign form: faults at their fields, and what the booking check comes to. */
import { describe, expect, it } from 'vitest';
import type { Weekday } from '../../../domain/time/weekday.ts';
import type { Booking } from '../../../protocol/http/views.ts';
import {
  bookingState,
  countsThatFit,
  loadText,
  troublesOf,
} from '../../../renderer/console/pages/campaigns/booking-summary.ts';
import type { CampaignDraft } from '../../../renderer/console/pages/campaigns/campaign-draft.ts';
import { closedDaysOf } from '../../../renderer/console/pages/campaigns/closed-days.ts';
import { faultAt, fieldFault, isLack } from '../../../renderer/console/pages/campaigns/field-fault.ts';
import { parseDraft } from '../../../renderer/console/pages/campaigns/parse-draft.ts';
import { findPromise, promiseKey } from '../../../renderer/console/pages/campaigns/promise-names.ts';
import { campaign } from './campaign-samples.ts';

const isImage = (item: string): boolean => item.startsWith('poster');

function faults(draft: CampaignDraft): Record<string, string> {
  const parsed = parseDraft(draft, isImage);
  return parsed.ok ? {} : Object.fromEntries(parsed.faults.map(({ place, key }) => [place, key]));
}

const promise = (more: Partial<CampaignDraft['commitments'][number]>): CampaignDraft['commitments'] =>
  campaign({}).commitments.map((commitment) => ({ ...commitment, ...more }));

describe('faults of a draft', () => {
  it('[CC5] a whole draft is a campaign, with empty English names left out', () => {
    const parsed = parseDraft({ ...campaign({}), nameEn: ' ' }, isImage);
    expect(parsed).toMatchObject({ ok: true, campaign: { nameEn: null } });
  });

  it('[CC5] says of each field what the schema refuses', () => {
    const { flights, creatives } = campaign({});
    expect(faults({ ...campaign({}), name: '' })).toEqual({ name: 'nameMissing' });
    expect(faults({ ...campaign({}), name: '长'.repeat(201) })).toEqual({ name: 'nameLong' });
    expect(faults({ ...campaign({}), weekdays: [] })).toEqual({ weekdays: 'weekdaysMissing' });
    expect(faults({ ...campaign({}), creatives: [] })).toEqual({ creatives: 'creativesMissing' });
    expect(faults({ ...campaign({}), commitments: [] })).toEqual({ commitments: 'promisesMissing' });
    expect(faults({ ...campaign({}), frontLoad: 2 })).toEqual({ frontLoad: 'frontLoadRange' });
    expect(faults({ ...campaign({}), flights: flights.map((f) => ({ ...f, from: '2026-12-01' })) })).toEqual({
      'flights.0.to': 'flightReversed',
    });
    expect(faults({ ...campaign({}), flights: flights.map((f) => ({ ...f, from: '', to: '' })) })).toMatchObject({
      'flights.0.from': 'dateMissing',
    });
    expect(faults({ ...campaign({}), creatives: creatives.map((c) => ({ ...c, durationMs: 0 })) })).toEqual({
      'creatives.0.durationMs': 'durationRange',
    });
    expect(faults({ ...campaign({}), creatives: creatives.map((c) => ({ ...c, weight: null })) })).toEqual({
      'creatives.0.weight': 'weightRange',
    });
  });

  it('[CC5] names what is wrong with a day part', () => {
    const part = (from: string, to: string): Record<string, string> =>
      faults({ ...campaign({}), dayParts: [{ from, to }] });
    expect(part('20:00', '08:00')).toEqual({ 'dayParts.0': 'partInverted' });
    expect(part('24:30', '25:00')).toEqual({ 'dayParts.0': 'partLate' });
    expect(part('08:00', '40:00')).toEqual({ 'dayParts.0': 'partLong' });
    expect(part('', '20:00')).toEqual({ 'dayParts.0.from': 'timeShape' });
    expect(faults({ ...campaign({}), commitments: promise({ dayParts: [{ from: '9', to: '10:00' }] }) })).toEqual({
      'commitments.0.dayParts.0.from': 'timeShape',
    });
  });

  it('[CC5] says the range of every figure of a promise', () => {
    const of = (more: Parameters<typeof promise>[0]): string | undefined =>
      Object.values(faults({ ...campaign({}), commitments: promise(more) }))[0];
    expect(of({ minPlays: null })).toBe('minPlaysRange');
    expect(of({ minPlays: 2.5 })).toBe('minPlaysRange');
    expect(of({ minPlays: 100_000 })).toBe('minPlaysRange');
    expect(of({ minShare: 1.3 })).toBe('shareRange');
    expect(of({ minShare: 0 })).toBe('shareRange');
    expect(of({ maxGapMin: 0 })).toBe('minutesRange');
    expect(of({ minConsecutiveDays: -1 })).toBe('daysRange');
    expect(of({ maxPlaysPerHour: 0 })).toBe('perHourRange');
    expect(of({ priority: 101 })).toBe('priorityRange');
    expect(of({ minAirtimeShare: 1.5 })).toBe('shareRange');
    expect(of({ exactTimes: ['8 o’clock'], minPlays: 1 })).toBe('timeShape');
    expect(of({ exactTimes: ['08:00', '08:00'], minPlays: 2 })).toBe('exactTwice');
    const many = Array.from({ length: 97 }, (_, k) => `${String(Math.floor(k / 4)).padStart(2, '0')}:${10 + (k % 4)}`);
    expect(of({ exactTimes: many, minPlays: 97 })).toBe('exactMany');
  });

  it('[CC5] says the range of extension and separation tag, and that an extension ends after its flight', () => {
    expect(faults({ ...campaign({}), extendDays: 400 })).toEqual({ extendDays: 'extendRange' });
    expect(faults({ ...campaign({}), extendDays: null })).toEqual({ extendDays: 'extendRange' });
    expect(faults({ ...campaign({}), separation: '标'.repeat(65) })).toEqual({ separation: 'separationLength' });
    const flights = campaign({}).flights.map((flight) => ({ ...flight, extendedTo: flight.to }));
    expect(faults({ ...campaign({}), flights })).toEqual({ 'flights.0.extendedTo': 'extensionEarly' });
  });

  it('[CC28] exact times stand without share, gap, limits and count of their own, each said at its field', () => {
    const beside = { minShare: 0.3, minAirtimeShare: 0.3, maxGapMin: 5, minGapMin: 5, maxPlaysPerHour: 1 };
    const commitments = promise({ exactTimes: ['08:00'], minPlays: 2, scope: 'target', ...beside });
    const found = faults({ ...campaign({}), commitments });
    const fields = ['minPlays', 'scope', ...Object.keys(beside)];
    expect(found).toEqual(Object.fromEntries(fields.map((field) => [`commitments.0.${field}`, 'exactAlone'])));
  });

  it('[CC7] asks for what only the form knows', () => {
    const { creatives } = campaign({});
    expect(faults({ ...campaign({}), creatives: creatives.map((c) => ({ ...c, item: 'poster-a' })) })).toEqual({
      'creatives.0.durationMs': 'imageDuration',
    });
    expect(faults({ ...campaign({}), commitments: promise({ minPlays: 0 }) })).toEqual({
      'commitments.0.minPlays': 'promiseEmpty',
    });
    for (const one of [{ minShare: 0.3 }, { minAirtimeShare: 0.03 }, { maxGapMin: 30 }, { exactTimes: ['08:00'] }])
      expect(faults({ ...campaign({}), commitments: promise({ minPlays: 0, ...one }) })).toEqual({});
    expect(faults({ ...campaign({}), commitments: promise({ maxGapMin: 5, minGapMin: 10 }) })).toEqual({
      'commitments.0.maxGapMin': 'gapsContradict',
    });
    const second = { id: 'f2', name: '第二阶段', nameEn: null, from: '2026-11-01', to: '2026-12-31', extendedTo: null };
    const limited = { ...campaign({}), creatives: creatives.map((c) => ({ ...c, flights: ['f1'] })) };
    expect(faults({ ...limited, flights: [...limited.flights, second] })).toEqual({ creatives: 'flightEmpty' });
  });

  it('[CC6] tells what is missing from what is wrong', () => {
    expect(isLack('nameMissing')).toBe(true);
    expect(isLack('promiseEmpty')).toBe(true);
    expect(isLack('flightReversed')).toBe(false);
  });

  it('[CC8] brings faults of the server to their fields', () => {
    const fault = fieldFault({ place: 'body.creatives[1].item', value: 'gone', allowed: 'the id of one of media' });
    expect(fault).toMatchObject({ place: 'creatives.1.item', key: 'itemUnknown' });
    expect(faultAt([fault], 'creatives.1.item')).toBe(fault);
    expect(fieldFault({ place: 'targets.units.0', value: 'x', allowed: 'an id' })).toMatchObject({ key: 'other' });
  });
});

type BookingConflict = Booking['problems'][number]['conflicts'][number];

const conflict = (more: Partial<BookingConflict>): BookingConflict => ({
  kind: 'overbooked',
  limit: null,
  commitments: ['drive.c1.f1'],
  startMs: 1_782_856_800_000,
  endMs: 1_782_860_400_000,
  overflowMs: 60_000,
  fits: 12,
  ...more,
});

describe('booking', () => {
  const fitting: Booking = { fits: true, targetScreens: 4, load: 0.5, problems: [], warnings: [], counts: [] };

  it('[CC4] is tight past 80 %, and says when no screens are meant', () => {
    expect(bookingState(fitting)).toBe('fits');
    expect(bookingState({ ...fitting, load: 0.8 })).toBe('fits');
    expect(bookingState({ ...fitting, load: 0.81 })).toBe('tight');
    expect(bookingState({ ...fitting, targetScreens: 0, load: 0 })).toBe('no-screens');
    expect(bookingState({ ...fitting, fits: false })).toBe('does-not-fit');
    expect([0, 0.001, 0.333, 1.2].map(loadText)).toEqual(['0', '<1', '33', '120']);
  });

  it('[CC14] tells conflicts that read alike once, with the worst of each', () => {
    const nextDay = { startMs: 1_782_943_200_000, endMs: 1_782_946_800_000, overflowMs: 90_000, fits: 10 };
    const booking: Booking = {
      ...fitting,
      fits: false,
      problems: [
        { screens: ['a'], dates: ['2026-07-01'], conflicts: [conflict({})] },
        { screens: ['a', 'b'], dates: ['2026-07-02'], conflicts: [conflict(nextDay)] },
        { screens: ['c'], dates: ['2026-07-01'], conflicts: [conflict({ kind: 'no-window', fits: 0 })] },
      ],
    };
    const troubles = troublesOf(booking, (id) => id);
    expect(troubles).toHaveLength(2);
    expect(troubles[0]).toMatchObject({
      screens: ['a', 'b'],
      dates: ['2026-07-01', '2026-07-02'],
      conflict: { overflowMs: 90_000, fits: 10 },
    });
  });

  it('[CC14] a day on which the screens are closed is told from hours that do not meet', () => {
    const dates = ['2026-07-04', '2026-07-05'];
    const trouble = { conflict: conflict({ kind: 'no-window', fits: 0 }), screens: ['a'], dates };
    const openOn = (...days: Weekday[]) => ({ openingHours: [{ days, from: '08:00', to: '20:00' }] });
    expect(closedDaysOf(trouble, () => openOn('mon', 'fri'))).toEqual(['sat', 'sun']);
    expect(closedDaysOf(trouble, () => openOn('mon', 'sat'))).toBeNull();
    expect(closedDaysOf(trouble, () => undefined)).toBeNull();
    expect(closedDaysOf({ ...trouble, conflict: conflict({}) }, () => openOn('mon'))).toBeNull();
  });

  it('[CC16] offers the counts that the check found, each for its own promise', () => {
    const counts = [
      { commitment: 'c1', fits: 10, isEnough: true },
      { commitment: 'c2', fits: 0, isEnough: true },
      { commitment: 'gone', fits: 4, isEnough: false },
    ];
    const promises = (minPlays: number) => ['c0', 'c1', 'c2'].map((id) => ({ id, minPlays }));
    expect(countsThatFit({ ...fitting, counts }, promises(60))).toEqual([{ index: 1, fits: 10, isSure: true }]);
    expect(countsThatFit({ ...fitting, counts }, promises(10))).toEqual([]);
    expect(
      countsThatFit({ ...fitting, counts: [{ commitment: 'c0', fits: 5, isEnough: false }] }, promises(9)),
    ).toEqual([{ index: 0, fits: 5, isSure: false }]);
  });

  it('[CC15] names promises whatever flight they are in, and admits to those it does not know', () => {
    const own = campaign({});
    const other = campaign({ id: 'winter', name: '冬季防火' });
    expect(findPromise('drive.c1.f1', own, [own, other])).toMatchObject({ of: 'draft', index: 0 });
    expect(findPromise('c1', own, [own])).toMatchObject({ of: 'draft', index: 0 });
    expect(findPromise('winter.c1.f1', own, [own, other])).toMatchObject({ of: 'other', campaign: { id: 'winter' } });
    expect(findPromise('secret.x.y', own, [own, other])).toEqual({ of: 'unknown', id: 'secret.x.y' });
    expect(promiseKey('drive.c1.f1', own, [])).toBe(promiseKey('drive.c1.f2', own, []));
    expect(promiseKey('drive.c1.f1', own, [other])).not.toBe(promiseKey('winter.c1.f1', own, [other]));
  });
});
