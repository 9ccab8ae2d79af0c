/** Campaigns: phases, the year axis, promises in words, targets, dates and times as typed. */
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../domain/catalogue/campaign.ts';
import type { Screen, Unit } from '../../../domain/catalogue/organisation.ts';
import {
  changeAt,
  copyOf,
  endingOn,
  newDraft,
  withoutFlight,
} from '../../../renderer/console/pages/campaigns/campaign-draft.ts';
import { byPhase, campaignPhase } from '../../../renderer/console/pages/campaigns/campaign-phase.ts';
import { dateRanges, dayText } from '../../../renderer/console/pages/campaigns/date-ranges.ts';
import {
  atTimes,
  exactTimesFrom,
  isEmptyPromise,
  throughDay,
  throughDayOf,
} from '../../../renderer/console/pages/campaigns/promise-mode.ts';
import { promiseClauses } from '../../../renderer/console/pages/campaigns/promise-words.ts';
import { separationTags } from '../../../renderer/console/pages/campaigns/separation-tags.ts';
import { spanText } from '../../../renderer/console/pages/campaigns/span-text.ts';
import { countByVenue, screensOf, tagsInUse } from '../../../renderer/console/pages/campaigns/target-screens.ts';
import {
  flightDays,
  monthsOnAxis,
  pointOnAxis,
  spanOnAxis,
  yearAxis,
} from '../../../renderer/console/pages/campaigns/year-axis.ts';
import { wallTimeFrom } from '../../../renderer/console/widgets/wall-time.ts';
import { campaign, counter } from './campaign-samples.ts';

describe('phase', () => {
  const between = campaign({
    flights: [
      { id: 'a', name: '一', nameEn: null, from: '2026-07-01', to: '2026-07-31', extendedTo: null },
      { id: 'b', name: '二', nameEn: null, from: '2026-09-01', to: '2026-09-30', extendedTo: null },
    ],
  });

  it('[CC1] follows from state and flights, first and last day included', () => {
    const on = (today: string): string => campaignPhase(between, today);
    expect(['2026-06-30', '2026-07-01', '2026-07-31', '2026-08-15', '2026-09-30', '2026-10-01'].map(on)).toEqual([
      'upcoming',
      'running',
      'running',
      'pause',
      'running',
      'over',
    ]);
    const extended = { ...between, flights: between.flights.map((f) => ({ ...f, extendedTo: '2026-10-04' })) };
    expect(campaignPhase(extended, '2026-10-04')).toBe('running');
    expect(campaignPhase(extended, '2026-10-05')).toBe('over');
    expect(campaignPhase({ ...between, state: 'draft' }, '2026-07-05')).toBe('draft');
    expect(campaignPhase({ ...between, state: 'ended' }, '2026-07-05')).toBe('ended');
  });

  it('[CC1] running campaigns stand first, ended ones last', () => {
    const list = [
      { ...between, id: 'ended', state: 'ended' as const },
      { ...between, id: 'draft', state: 'draft' as const },
      { ...between, id: 'running' },
    ];
    expect(list.sort(byPhase('2026-07-05')).map(({ id }) => id)).toEqual(['running', 'draft', 'ended']);
  });
});

describe('year axis', () => {
  const axis = yearAxis('2026-11-23', []);

  it('[CC2] shows this year, and the years that flights reach into, at most three', () => {
    expect(axis).toEqual({ firstYear: 2026, lastYear: 2026 });
    expect(yearAxis('2026-11-23', [{ to: '2027-02-01' }, { to: '' }])).toEqual({ firstYear: 2026, lastYear: 2027 });
    expect(yearAxis('2026-11-23', [{ to: '2036-02-01' }]).lastYear).toBe(2028);
    expect(monthsOnAxis(axis).map(({ month }) => month)).toHaveLength(12);
  });

  it('[CC2] a flight of the whole year fills the axis, one before it is not shown, one that began before is cut', () => {
    expect(spanOnAxis(axis, '2026-01-01', '2026-12-31')).toEqual({ start: 0, width: 1 });
    expect(spanOnAxis(axis, '2025-01-01', '2025-12-31')).toBeNull();
    expect(spanOnAxis(axis, '2025-12-01', '2026-01-01')?.width).toBeCloseTo(1 / 365);
    expect(spanOnAxis(axis, '2026-05-02', '2026-05-01')).toBeNull();
    expect(spanOnAxis(axis, '', '2026-05-01')).toBeNull();
    expect(pointOnAxis(axis, '2026-01-01')).toBe(0);
  });

  it('[CC2] both days of a flight count', () => {
    expect(flightDays('2026-11-01', '2026-12-31')).toBe(61);
    expect(flightDays('2026-11-01', '2026-11-01')).toBe(1);
    expect(flightDays('2026-11-02', '2026-11-01')).toBeNull();
  });
});

describe('promises in words', () => {
  it('[CC3] says what is promised, in order, and nothing else', () => {
    const [commitment] = campaign({}).commitments;
    if (!commitment) throw new Error('the sample has a commitment');
    const all = {
      ...commitment,
      minShare: 1 / 3,
      maxGapMin: 30,
      minConsecutiveDays: 30,
      maxPlaysPerHour: 6,
      minGapMin: 5,
      dayParts: [{ from: '18:00', to: '25:30' }],
    };
    expect(promiseClauses(commitment)).toEqual([{ key: 'plays', n: 3 }]);
    expect(promiseClauses(all)).toEqual([
      { key: 'plays', n: 3 },
      { key: 'share', percent: '33.33' },
      { key: 'gap', n: 30 },
      { key: 'days', n: 30 },
      { key: 'perHour', n: 6 },
      { key: 'minGap', n: 5 },
      { key: 'parts', text: '18:00–25:30' },
    ]);
    expect(promiseClauses({ ...commitment, minPlays: null })).toEqual([]);
    expect(promiseClauses({ ...commitment, scope: 'target', minAirtimeShare: 0.03 })).toEqual([
      { key: 'together', n: 3 },
      { key: 'airtime', percent: '3' },
    ]);
  });
});

describe('plays at exact times', () => {
  const [commitment] = campaign({}).commitments;
  if (!commitment) throw new Error('the sample has a commitment');
  const full = { ...commitment, minPlays: 60, minShare: 0.3, maxGapMin: 20, scope: 'target' as const, priority: 4 };

  it('[CC28] changing over and back loses nothing', () => {
    const exact = { ...full, ...atTimes(['08:00', '12:00']) };
    expect(exact).toMatchObject({ exactTimes: ['08:00', '12:00'], minPlays: 2, minShare: null, maxGapMin: null });
    expect(exact).toMatchObject({ scope: 'screen', priority: 4 });
    expect({ ...exact, ...throughDay(throughDayOf(full)) }).toEqual(full);
  });

  it('[CC28] without anything to come back to there are three plays a day again', () => {
    const exact = { ...commitment, ...atTimes(['08:00']) };
    expect({ ...exact, ...throughDay(null) }).toEqual({ ...commitment, minPlays: 3 });
    expect(isEmptyPromise({ ...exact, ...atTimes([]) })).toBe(true);
    expect(isEmptyPromise(exact)).toBe(false);
  });

  it('[CC9] a list of times is read as people type it, in order and each once; what is no time stays as typed', () => {
    expect(exactTimesFrom(['18点30', '8', '08:00', ' 1200 '])).toEqual(['08:00', '12:00', '18:30']);
    expect(exactTimesFrom(['8', '中午', ''])).toEqual(['08:00', '中午']);
  });
});

describe('separation tags', () => {
  it('[CC29] offers every tag in use, with how many campaigns and playlists bear it', () => {
    const item = { item: 'film', durationMs: null, from: null, to: null, weekdays: [], dayParts: [] };
    const lists = [
      {
        items: [
          { ...item, separation: '银行' },
          { ...item, separation: '银行' },
        ],
      },
    ];
    expect(separationTags([{ separation: '银行' }, { separation: '保险' }, { separation: null }], lists)).toEqual([
      ['保险', 1],
      ['银行', 2],
    ]);
  });
});

describe('targets', () => {
  const units: Unit[] = [
    { id: 'centre', name: '中心', nameEn: null, parentId: null },
    { id: 'bus', name: '公交', nameEn: null, parentId: 'centre' },
  ];
  const screen = (id: string, more: Partial<Screen>): Screen => ({
    id,
    name: id,
    nameEn: null,
    kind: 'player',
    unitId: 'bus',
    siteId: 's',
    venue: 'bus-stop',
    tags: [],
    timeZone: 'Asia/Shanghai',
    openingHours: [],
    orientation: 'landscape',
    rotation: 0,
    sound: null,
    syncGroup: null,
    loopId: null,
    ...more,
  });
  const screens = [
    screen('a', { tags: ['市中心', '市中心'] }),
    screen('b', { venue: 'town', unitId: 'centre' }),
    screen('c', {}),
  ];
  const none = { units: [], venues: [], tags: [], screens: [] };
  const meant = (targets: Partial<Campaign['targets']>): string[] =>
    screensOf({ ...none, ...targets }, screens, units).map(({ id }) => id);

  it('[CC10] means every screen that any list names, units with those below them', () => {
    expect(meant({})).toEqual([]);
    expect(meant({ units: ['centre'] })).toEqual(['a', 'b', 'c']);
    expect(meant({ units: ['bus'] })).toEqual(['a', 'c']);
    expect(meant({ tags: ['市中心'], venues: ['town'] })).toEqual(['a', 'b']);
    expect(meant({ screens: ['c'] })).toEqual(['c']);
  });

  it('[CC10] counts screens by place and by tag', () => {
    expect(countByVenue(screens)).toEqual([
      ['bus-stop', 2],
      ['town', 1],
    ]);
    expect(tagsInUse(screens)).toEqual([['市中心', 1]]);
  });
});

describe('drafts', () => {
  it('[CC11] a copy is a draft with new ids, and its creatives follow its flights', () => {
    const source = campaign({
      overrideReason: '市里部署',
      creatives: [{ item: 'film', durationMs: null, weight: 2, flights: ['f1'] }],
    });
    const copy = copyOf(source, counter());
    expect(copy).toMatchObject({ state: 'draft', overrideReason: null, name: source.name });
    expect(copy.id).not.toBe(source.id);
    expect(copy.flights[0]?.id).not.toBe('f1');
    expect(copy.creatives[0]?.flights).toEqual([copy.flights[0]?.id]);
    expect(copy.commitments[0]?.id).not.toBe(source.commitments[0]?.id);
  });

  it('[CC11] removing a flight frees the creatives limited to it', () => {
    const draft = { ...newDraft('centre', counter(), { name: '一', nameEn: null }) };
    const id = draft.flights[0]?.id ?? '';
    const limited = { ...draft, creatives: [{ item: 'film', durationMs: null, weight: 1, flights: [id] }] };
    expect(withoutFlight(limited, id)).toMatchObject({ flights: [], creatives: [{ flights: [] }] });
  });

  it('[CC30] an extension that no longer ends after its flight is dropped', () => {
    const flight = {
      id: 'f',
      name: '一',
      nameEn: null,
      from: '2026-07-01',
      to: '2026-07-31',
      extendedTo: '2026-08-05',
    };
    expect(endingOn(flight, '2026-08-04')).toEqual({ to: '2026-08-04', extendedTo: '2026-08-05' });
    expect(endingOn(flight, '2026-08-05')).toEqual({ to: '2026-08-05', extendedTo: null });
  });

  it('changes one entry of a list and leaves the others', () => {
    expect(changeAt([{ a: 1 }, { a: 2 }], 1, { a: 3 })).toEqual([{ a: 1 }, { a: 3 }]);
  });
});

describe('dates and times', () => {
  it('[CC9] reads times as people type them', () => {
    const read = ['8', '08', '830', '0830', '8:5', '25：30', '２５：３０', '8点30分', ' 20.15 '].map(wallTimeFrom);
    expect(read).toEqual(['08:00', '08:00', '08:30', '08:30', '08:05', '25:30', '25:30', '08:30', '20:15']);
    expect(['', '48:00', '8:60', 'noon', '8:'].map(wallTimeFrom)).toEqual([null, null, null, null, '08:00']);
  });

  it('[CC14] joins dates into runs', () => {
    expect(dateRanges(['2026-07-02', '2026-07-01', '2026-07-04', '2026-07-02'])).toEqual([
      { from: '2026-07-01', to: '2026-07-02' },
      { from: '2026-07-04', to: '2026-07-04' },
    ]);
    expect(dateRanges(['2026-10-31', '2026-11-01'])).toHaveLength(1);
  });

  it('says a year only where it is not this one', () => {
    expect(dayText('2026-07-05', 'zh-CN', 2026)).toBe('7月5日');
    expect(dayText('2026-07-05', 'en-GB', 2026)).toBe('5 Jul');
    expect(dayText('2027-07-05', 'en-GB', 2026)).toBe('5 Jul 2027');
  });

  it('words lengths of time so that no overflow reads as nothing', () => {
    expect([1, 45_000, 720_000, 3_600_000, 4_800_000].map((ms) => spanText(ms, 'zh-CN'))).toEqual([
      '1 秒',
      '45 秒',
      '12 分钟',
      '1 小时',
      '1 小时 20 分钟',
    ]);
    expect(spanText(4_800_000, 'en')).toBe('1 h 20 min');
  });
});
