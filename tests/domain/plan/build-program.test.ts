/** What of the catalogue goes into a screen's program, and that nothing is written that does not bind. */
import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../../domain/catalogue/campaign.ts';
import type { LoopPlacement, Media } from '../../../domain/catalogue/content.ts';
import type { Screen } from '../../../domain/catalogue/organisation.ts';
import { buildProgram, campaignsOf, type ProgramSources } from '../../../domain/plan/build-program.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { screenKinds } from '../../../domain/plan/screen-kinds.ts';
import { contentHash } from '../../../domain/proof/segment.ts';
import { sha256 } from '../../../server/sha256.ts';
import { byId } from '../../helpers/by-id.ts';
import { PLACEMENT, SAMPLE, TICKER } from '../../helpers/sample-entities.ts';

const DATE = '2026-07-20';
const [FLIGHT] = SAMPLE.campaigns.flights;
const [PROMISE] = SAMPLE.campaigns.commitments;
const IMAGE = { ...SAMPLE.media, id: 'image-1', type: 'image' as const, mime: 'image/png', durationMs: null };

const sources = (items: LoopPlacement[] = [], ticker: string[] = [], campaigns: Campaign[] = []): ProgramSources => ({
  units: byId([SAMPLE.units]),
  media: byId([SAMPLE.media, IMAGE]),
  slogans: byId([SAMPLE.slogans, TICKER]),
  streams: byId([SAMPLE.streams]),
  playlists: byId([{ ...SAMPLE.playlists, items, ticker }]),
  campaigns: byId(campaigns),
});
const programOf = (campaigns: Campaign[], items: LoopPlacement[] = [], ticker: string[] = []): Program =>
  buildProgram(SAMPLE.screens, campaigns, sources(items, ticker), DATE, sha256);
const campaign = (over: Partial<Campaign> = {}): Campaign => ({ ...SAMPLE.campaigns, ...over });

describe('the loop', () => {
  test('[G7] what does not bind is not written, what is over on the date or unknown is left out', () => {
    const bound = {
      from: '2026-07-01',
      to: DATE,
      weekdays: ['mon' as const],
      dayParts: [{ from: '08:00', to: '09:00' }],
      separation: 'bank',
    };
    const over = { ...PLACEMENT, to: '2026-07-19' };
    const { loop } = programOf([], [PLACEMENT, { ...PLACEMENT, ...bound }, over, { ...PLACEMENT, item: 'gone' }]);
    expect(loop.map((item) => JSON.stringify(item))).toEqual([
      JSON.stringify({ item: 'media-1', durationMs: 15_000 }),
      JSON.stringify({ item: 'media-1', durationMs: 15_000, ...bound }),
    ]);
  });

  test('[G7] an image stands as long as its placement says, else eight seconds; a film as long as it is', () => {
    const items = [
      { ...PLACEMENT, item: 'image-1' },
      { ...PLACEMENT, item: 'image-1', durationMs: 3000 },
      { ...PLACEMENT, durationMs: 3000 },
      { ...PLACEMENT, item: 'slogan-1' },
    ];
    expect(programOf([], items).loop.map(({ durationMs }) => durationMs)).toEqual([8000, 3000, 15_000, 8000]);
  });

  test('[G7] the manifest has all that is shown, and the screen its own zone and hours', () => {
    const { ticker, manifest, ...program } = programOf([], [PLACEMENT], ['ticker-1', 'gone']);
    const { sha, bytes } = SAMPLE.media;
    const { text, textEn, theme, name } = TICKER;
    expect(ticker).toEqual(['ticker-1']);
    expect(manifest).toEqual({
      'media-1': { type: 'video', sha, bytes, mime: 'video/mp4', durationMs: 15_000, name: '名称' },
      'ticker-1': {
        type: 'ticker',
        sha: contentHash({ shape: 'ticker', text, textEn, theme }, sha256),
        text,
        textEn,
        theme,
        name,
      },
    });
    const { timeZone, openingHours } = SAMPLE.screens;
    expect(program).toMatchObject({ timeZone, openingHours, commitments: [] });
    const without = buildProgram({ ...SAMPLE.screens, loopId: null }, [], sources([PLACEMENT]), DATE, sha256);
    expect(without).toMatchObject({ loop: [], ticker: [], manifest: {} });
  });
});

describe('the screen and its images', () => {
  const onScreen = (over: Partial<Screen>): Program =>
    buildProgram(
      { ...SAMPLE.screens, rotation: 0, sound: null, syncGroup: null, ...over },
      [],
      sources(),
      DATE,
      sha256,
    );

  test('[E18] how a screen hangs, sounds and goes in step is written only where it is not as usual', () => {
    const usual = onScreen({});
    expect(usual).not.toHaveProperty('display');
    expect(usual).not.toHaveProperty('inStep');
    const sound = { volume: 40, dayParts: [{ from: '08:00', to: '20:00' }] };
    expect(onScreen({ rotation: 90 }).display).toEqual({ rotation: 90 });
    expect(onScreen({ sound }).display).toEqual({ sound });
    expect(onScreen({ rotation: 270, sound }).display).toEqual({ rotation: 270, sound });
    expect(onScreen({ syncGroup: 'hall' })).toEqual({ ...usual, inStep: true });
  });

  test('[ST37][ST38] fit and pan are written of images only, and only where they are not as usual', () => {
    const of = (over: Partial<Media>): unknown => {
      const media = byId<Media>([{ ...SAMPLE.media, fit: 'contain', pan: false, ...over }]);
      const from = { ...sources([PLACEMENT]), media };
      return buildProgram(SAMPLE.screens, [], from, DATE, sha256).manifest['media-1'];
    };
    const image = { type: 'image', mime: 'image/png', durationMs: null } as const;
    expect(of(image)).not.toHaveProperty('fit');
    expect(of(image)).not.toHaveProperty('pan');
    expect(of({ ...image, fit: 'cover', pan: true })).toMatchObject({ fit: 'cover', pan: true });
    expect(of({ fit: 'cover', pan: true })).toEqual(of({}));
  });

  test('[LV4] a live source stands in a loop under the hash of its address, as long as its placement says', () => {
    const program = programOf([], [{ ...PLACEMENT, item: 'live-1', durationMs: 3_600_000 }]);
    const { url, name } = SAMPLE.streams;
    expect(program.loop).toEqual([{ item: 'live-1', durationMs: 3_600_000 }]);
    expect(program.manifest['live-1']).toEqual({ type: 'live', sha: contentHash({ url }, sha256), url, name });
  });

  test('[G9] screens that hang or sound otherwise are of another kind; names of groups make none', () => {
    const kindsOf = (...over: Partial<Screen>[]): number =>
      screenKinds(
        over.map((one, at) => ({ ...SAMPLE.screens, id: `s${at}`, rotation: 0, sound: null, syncGroup: null, ...one })),
        sources(),
        () => DATE,
      ).length;
    expect(kindsOf({}, {})).toBe(1);
    expect(kindsOf({}, { rotation: 90 })).toBe(2);
    expect(kindsOf({}, { sound: { volume: 40, dayParts: [] } }, { sound: { volume: 41, dayParts: [] } })).toBe(3);
    expect(kindsOf({}, { syncGroup: 'a' }, { syncGroup: 'b' })).toBe(2);
  });
});

describe('commitments', () => {
  test('[G7] every flight that is not over has every commitment, in the terms of the planner', () => {
    const past = { ...FLIGHT, id: 'f0', to: '2026-07-19' } as Campaign['flights'][number];
    const last = { ...FLIGHT, id: 'f2', to: '2026-07-01', extendedTo: DATE } as Campaign['flights'][number];
    const { commitments } = programOf([campaign({ flights: [past, ...SAMPLE.campaigns.flights, last] })]);
    expect(commitments.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['campaign-1.c1.f1', '2026-07-01', '2026-10-31'],
      ['campaign-1.c1.f2', '2026-07-01', DATE],
    ]);
    expect(commitments[0]).toEqual({
      id: 'campaign-1.c1.f1',
      campaign: 'campaign-1',
      scope: 'screen',
      from: '2026-07-01',
      to: '2026-10-31',
      weekdays: ['mon', 'tue'],
      dayParts: [],
      items: [{ item: 'media-1', durationMs: 15_000, weight: 1 }],
      minPlays: 3,
      maxPlaysPerHour: null,
      minGapMs: null,
      maxGapMs: null,
      minShare: null,
      minAirtimeShare: null,
      exactTimes: [],
      separation: null,
      minConsecutiveDays: 30,
      priority: 0,
      frontLoad: 0.75,
    });
  });

  test('[G7] [P29] exact times promise one play each; gaps are milliseconds; own day parts go before those of the campaign', () => {
    const dayParts = [{ from: '08:00', to: '12:00' }];
    const own = [{ from: '09:00', to: '10:00' }];
    const commitments = [
      { ...PROMISE, id: 'c1', exactTimes: ['08:00', '09:00'], minPlays: 7 },
      { ...PROMISE, id: 'c2', minGapMin: 2, maxGapMin: 30, dayParts: own },
    ] as Campaign['commitments'];
    expect(programOf([campaign({ commitments, dayParts, separation: 'bank' })]).commitments).toMatchObject([
      { minPlays: 2, exactTimes: ['08:00', '09:00'], dayParts, separation: 'bank', minGapMs: null, maxGapMs: null },
      { minPlays: 3, minGapMs: 120_000, maxGapMs: 1_800_000, dayParts: own, separation: 'bank' },
    ]);
  });

  test('[G7] a creative belongs to its flights, to all where it names none; without one a flight promises nothing', () => {
    const creative = { item: 'media-1', durationMs: null, weight: 2, flights: ['f1'] };
    const second = { ...FLIGHT, id: 'f2' } as Campaign['flights'][number];
    const made = (creatives: Campaign['creatives']) =>
      programOf([campaign({ creatives, flights: [...SAMPLE.campaigns.flights, second] })]).commitments.map(
        ({ id, items }) => [id, items.map(({ item, weight }) => `${item}*${weight}`)],
      );
    expect(made([creative, { ...creative, item: 'slogan-1', weight: 1, flights: [] }])).toEqual([
      ['campaign-1.c1.f1', ['media-1*2', 'slogan-1*1']],
      ['campaign-1.c1.f2', ['slogan-1*1']],
    ]);
    expect(made([creative])).toEqual([['campaign-1.c1.f1', ['media-1*2']]]);
    expect(made([{ ...creative, item: 'gone' }])).toEqual([]);
  });
});

test('[G7] the campaigns of a screen are the live ones that mean it and are not over, by id', () => {
  const aimed = (id: string, over: Partial<Campaign> = {}): Campaign => campaign({ id, ...over });
  const over = [{ ...FLIGHT, to: '2026-07-19' }] as Campaign['flights'];
  const last = [{ ...FLIGHT, to: DATE }] as Campaign['flights'];
  const elsewhere = { units: [], venues: [], tags: [], screens: ['other'] };
  const all = [
    aimed('c'),
    aimed('a', { flights: [...over, ...last] }),
    aimed('over', { flights: over }),
    aimed('draft', { state: 'draft' }),
    aimed('elsewhere', { targets: elsewhere }),
    aimed('b'),
  ];
  expect(campaignsOf(SAMPLE.screens, sources([], [], all), DATE).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});
