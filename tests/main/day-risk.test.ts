/** A player tells at once what it will be short of today, and why. */
import { describe, expect, test } from 'vitest';
import { planDay } from '../../domain/plan/plan-day.ts';
import { dayRisks } from '../../domain/playback/day-risks.ts';
import { dayTotals } from '../../domain/playback/day-totals.ts';
import type { PlayRecord } from '../../domain/proof/record.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { createEngineRig } from './support/engine-rig.ts';
import { activate, sampleCommitment, sampleProgram, ZONE } from './support/sample-program.ts';

const DATE = '2026-07-01';
const MINUTE = 60_000;
const at = (time: string): number => instantOfWallTime(DATE, time, ZONE);
const calm = { isMissing: () => false, cameLate: false, wasDown: false, takenOverMs: 0 };

const play = (t0: number, commitment: string | null = 'c1'): PlayRecord => ({
  kind: 'play',
  seq: 0,
  t0,
  t1: t0 + 15_000,
  m0: t0,
  m1: t0 + 15_000,
  item: 'film-a',
  sha: 'a'.repeat(64),
  campaign: 'campaign-1',
  commitment,
  slot: `${DATE}/${t0}`,
  outcome: 'complete',
  reason: 'scheduled',
  evidence: { expectedMs: 15_000, frames: 300, dropped: 0, visible: 1 },
});

describe('[E16] shortfalls of the day under way', () => {
  test('[E16] a film whose media are missing is told at once, and taken back as soon as they are here', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.missing.add('film-a');
    rig.engine.setProgram(activate(sampleProgram()));
    rig.engine.start();
    rig.time.advance(5000);
    expect(rig.told).toEqual([{ c1: { by: 20, reason: 'media-missing', lost: false } }]);
    rig.missing.clear();
    rig.engine.mediaChanged();
    rig.time.advance(MINUTE);
    expect(rig.told.at(-1)).toEqual({});
    expect(rig.engine.status()).toMatchObject({ short: {}, date: DATE });
  });

  test('[E16] a player that comes back too late says by how many plays it will be short, and that it was down', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.engine.setProgram(activate(sampleProgram({ commitments: [sampleCommitment({ minPlays: 200 })] })));
    rig.engine.start();
    rig.time.advance(5 * MINUTE);
    expect(rig.engine.status().short).toEqual({});
    // Power is cut: nothing of the first engine is told to stop.
    const late = createEngineRig({ startMs: at('09:30'), files: rig.files, boot: 'boot-2' });
    const boot = { t0: at('09:30'), t1: at('09:30'), m0: 0, m1: 0, seq: 0 };
    late.engine.restore([{ kind: 'boot', reason: 'start', ...boot, evidence: { recovered: 0, tornBytes: 0 } }]);
    late.engine.setProgram(activate(sampleProgram({ commitments: [sampleCommitment({ minPlays: 200 })] })));
    late.engine.start();
    late.time.advance(1000);
    const short = late.engine.status().short?.c1;
    expect(short?.reason).toBe('player-down');
    expect(short?.by).toBeGreaterThanOrEqual(200 - 20 - (30 * MINUTE) / 15_000);
    expect(late.told).toHaveLength(1);
  });

  test('[E16] the loop is counted beside the promises', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.engine.setProgram(activate(sampleProgram()));
    rig.engine.start();
    rig.time.advance(10 * MINUTE);
    const filler = rig.plays().filter((play) => play.commitment === null && play.outcome === 'complete');
    const shownMs = filler.reduce((sum, { evidence }) => sum + evidence.expectedMs, 0);
    expect(filler.length).toBeGreaterThan(0);
    expect(rig.engine.status().loop).toEqual({ plays: filler.length, shownMs });
  });

  test('[E16] a share that the plan misses is told with 0 plays and the reason by the rules of the end of day', () => {
    const share = sampleCommitment({ minPlays: 0, minShare: 0.9, maxPlaysPerHour: 4 });
    const program = sampleProgram({ commitments: [share] });
    const plan = planDay(program, DATE, {}, at('08:00'));
    expect(dayRisks(program, plan, [], calm)).toEqual({ c1: { by: 0, reason: 'booked-out', lost: false } });
    expect(dayRisks(program, plan, [], { ...calm, wasDown: true })).toEqual({
      c1: { by: 0, reason: 'player-down', lost: false },
    });
  });
});

describe('[E16] what was shown already', () => {
  const program = sampleProgram({ commitments: [sampleCommitment({ minPlays: 1, maxGapMs: 40 * MINUTE })] });
  const risks = (times: string[]) => {
    const plan = planDay(program, DATE, { c1: times.length }, at('09:00'));
    return dayRisks(
      program,
      plan,
      times.map((time) => play(at(time))),
      { ...calm, wasDown: true },
    );
  };

  test('[E16] a longest gap that is broken already is lost, whatever the plan of the rest', () => {
    expect(risks(['08:30', '09:00'])).toEqual({});
    expect(risks(['08:10', '08:55'])).toEqual({ c1: { by: 0, reason: 'player-down', lost: true } });
    expect(risks(['08:41', '08:55'])).toMatchObject({ c1: { lost: true } });
  });
});

describe('[E14] the end of a day with other promises than a count', () => {
  const short = (part: Parameters<typeof sampleCommitment>[0], plays: PlayRecord[]) =>
    dayTotals(sampleProgram({ commitments: [sampleCommitment({ minPlays: 1, ...part })] }), DATE, plays, calm).short;

  test('[E14] a gap, a share or an exact time that was not kept has its reason too', () => {
    const hourApart = [play(at('08:00')), play(at('09:00') + 2000), play(at('09:30'))];
    expect(short({ maxGapMs: 60 * MINUTE }, hourApart)).toEqual({ c1: 'booked-out' });
    expect(short({ maxGapMs: 61 * MINUTE }, hourApart)).toEqual({});
    expect(short({ minShare: 0.6 }, [play(0), play(20_000, null)])).toEqual({ c1: 'booked-out' });
    expect(short({ minAirtimeShare: 0.5 }, [play(0), play(20_000, null)])).toEqual({});
    expect(short({ exactTimes: ['08:30'] }, [play(at('08:10'))])).toEqual({ c1: 'booked-out' });
    expect(short({ exactTimes: ['08:30'] }, [play(at('08:50'))])).toEqual({});
  });
});
