/** Programs with withdrawn content, and plans, bookings and forecasts of them. */
import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../../domain/catalogue/campaign.ts';
import { forecastDay } from '../../../domain/compliance/forecast-day.ts';
import { buildProgram, type ProgramSources } from '../../../domain/plan/build-program.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { validateProgram } from '../../../domain/plan/validate-program.ts';
import { instantOfWallTime } from '../../../domain/time/zone-time.ts';
import { programSchema } from '../../../protocol/program.ts';
import { sha256 } from '../../../server/sha256.ts';
import { byId } from '../../helpers/by-id.ts';
import { PLACEMENT, SAMPLE, TICKER } from '../../helpers/sample-entities.ts';
import { sampleCommitment, sampleProgram, ZONE } from '../../main/support/sample-program.ts';

const DATE = '2026-07-20';
const WITHDRAWN = { withdrawnAtMs: 1_000 };

/** The program of a screen whose loop shows media-1 and slogan-1, with a ticker, where these are withdrawn. */
function programWith(
  withdrawn: readonly string[],
  creatives: Campaign['creatives'],
  kept: 'left-out' | 'kept' = 'left-out',
): Program {
  const state = <T extends { id: string }>(one: T): T => (withdrawn.includes(one.id) ? { ...one, ...WITHDRAWN } : one);
  const campaign = { ...SAMPLE.campaigns, creatives };
  const items = [PLACEMENT, { ...PLACEMENT, item: 'slogan-1' }];
  const sources: ProgramSources = {
    units: byId([SAMPLE.units]),
    media: byId([state(SAMPLE.media), state({ ...SAMPLE.media, id: 'unused' })]),
    slogans: byId([state(SAMPLE.slogans), state(TICKER)]),
    streams: new Map(),
    playlists: byId([{ ...SAMPLE.playlists, items, ticker: ['ticker-1'] }]),
    campaigns: byId([campaign]),
  };
  return buildProgram(SAMPLE.screens, [campaign], sources, DATE, sha256, kept);
}
const creative = (item: string, flights: string[] = []) => ({ item, durationMs: null, weight: 1, flights });

describe('programs', () => {
  test('[WD2] what is withdrawn is left out of loop, promises, ticker and manifest, and named with its hash', () => {
    const whole = programWith([], [creative('media-1'), creative('slogan-1')]);
    const program = programWith(['media-1', 'ticker-1'], [creative('media-1'), creative('slogan-1')]);
    expect(program.loop.map(({ item }) => item)).toEqual(['slogan-1']);
    expect(program.commitments.map(({ items }) => items.map(({ item }) => item))).toEqual([['slogan-1']]);
    expect(program.ticker).toEqual([]);
    expect(Object.keys(program.manifest)).toEqual(['slogan-1']);
    expect(program.withdrawn).toEqual({
      'media-1': whole.manifest['media-1']?.sha,
      'ticker-1': whole.manifest['ticker-1']?.sha,
    });
    expect(validateProgram(program)).toEqual([]);
    expect(programSchema.parse(program)).toEqual(program);
  });

  test('[WD2] withdrawn content that the program never named changes nothing of it', () => {
    const creatives = [creative('media-1')];
    expect(programWith(['unused'], creatives)).toEqual(programWith([], creatives));
    expect('withdrawn' in programWith([], creatives)).toBe(false);
  });

  test('[WD3] a promise without content left stands without items; one of a flight that never had any does not stand', () => {
    const [flight] = SAMPLE.campaigns.flights;
    const program = programWith(['media-1'], [creative('media-1')]);
    expect(program.commitments.map(({ items, minPlays }) => [items, minPlays])).toEqual([
      [[], SAMPLE.campaigns.commitments[0]?.minPlays],
    ]);
    expect(validateProgram(program)).toEqual([]);
    expect(programWith(['media-1'], [creative('media-1', ['another'])]).commitments).toEqual([]);
    expect(flight?.id).not.toBe('another');
  });

  test('[P22] without withdrawn content a promise has at least one item', () => {
    const bare = sampleProgram({ commitments: [sampleCommitment({ items: [] })] });
    expect(validateProgram(bare).map(({ code }) => code)).toEqual(['items-missing']);
    expect(validateProgram({ ...bare, withdrawn: { gone: 'a'.repeat(64) } })).toEqual([]);
  });

  test('[WD4] a booking looks at what is withdrawn as if it were not', () => {
    const creatives = [creative('media-1')];
    expect(programWith(['media-1'], creatives, 'kept')).toEqual(programWith([], creatives));
  });
});

describe('days', () => {
  const withdrawn = { 'film-a': 'a'.repeat(64) };
  const other = sampleCommitment({ id: 'c2', items: [{ item: 'card', durationMs: 8000, weight: 1 }] });

  test('[WD3] a promise without items is not planned and hinders no other', () => {
    const alone = sampleProgram({ commitments: [other] });
    const beside = sampleProgram({ commitments: [sampleCommitment({ items: [] }), other], withdrawn });
    expect(planDay(beside, '2026-07-01', {}, 0)).toEqual(planDay(alone, '2026-07-01', {}, 0));
  });

  test('[WD3] its forecast is lost, unless its count was made before; a share, a gap or a time can only be lost', () => {
    const outlook = (part: Partial<Parameters<typeof sampleCommitment>[0]>, plays: number) =>
      forecastDay(
        sampleProgram({ commitments: [sampleCommitment({ items: [], ...part })], withdrawn }),
        '2026-07-01',
        { plays: { c1: plays }, loopPlays: 0, loopShownMs: 0 },
        instantOfWallTime('2026-07-01', '09:00', ZONE),
      ).get('c1');
    expect(outlook({ minPlays: 5 }, 4)).toMatchObject({ outlook: 'lost', expected: 4, metByMs: null });
    expect(outlook({ minPlays: 5 }, 5)).toMatchObject({ outlook: 'makes-it', expected: 5 });
    expect(outlook({ minPlays: 5, minShare: 0.1 }, 5)).toMatchObject({ outlook: 'lost' });
    expect(outlook({ minPlays: 1, exactTimes: ['09:30'] }, 0)).toMatchObject({ outlook: 'lost' });
  });
});
