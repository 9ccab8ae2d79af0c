/** The signed end of a day counts what counts, with the reason for every shortfall. */
import { describe, expect, test } from 'vitest';
import { dayTotals } from '../../domain/playback/day-totals.ts';
import { outcomeOf } from '../../domain/playback/outcome.ts';
import type { PlayRecord } from '../../domain/proof/record.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { createEngineRig } from './support/engine-rig.ts';
import { activate, sampleProgram, ZONE } from './support/sample-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => instantOfWallTime(DATE, time, ZONE);
const calm = { isMissing: () => false, cameLate: false, wasDown: false, takenOverMs: 0 };

function play(part: Partial<PlayRecord>): PlayRecord {
  return {
    kind: 'play',
    seq: 0,
    t0: 0,
    t1: 15_000,
    m0: 0,
    m1: 15_000,
    item: 'film-a',
    sha: 'a'.repeat(64),
    campaign: 'campaign-1',
    commitment: 'c1',
    slot: `${DATE}/0`,
    outcome: 'complete',
    reason: 'scheduled',
    evidence: { expectedMs: 15_000, frames: 300, dropped: 0, visible: 1 },
    ...part,
  };
}

describe('day close', () => {
  test('[E14] every active commitment is in the totals, and only counted plays are counted', () => {
    const plays = [
      play({}),
      play({ reason: 'make-good' }),
      play({ outcome: 'cut', m1: 4000 }),
      play({ commitment: null }),
    ];
    expect(dayTotals(sampleProgram(), DATE, plays, calm)).toEqual({
      date: DATE,
      plays: { c1: 2 },
      makeGoods: { c1: 1 },
      short: { c1: 'booked-out' },
    });
    expect(dayTotals(sampleProgram(), '2025-01-01', [], calm).plays).toEqual({});
  });

  test('[E14] a shortfall bears the reason nearest to its cause', () => {
    const reasonOf = (plays: PlayRecord[], troubles: Partial<typeof calm>) =>
      dayTotals(sampleProgram(), DATE, plays, { ...calm, ...troubles }).short.c1;
    expect(reasonOf([], { isMissing: () => true, wasDown: true })).toBe('media-missing');
    expect(reasonOf([play({ outcome: 'failed' })], { wasDown: true })).toBe('playback-failed');
    expect(reasonOf([], { cameLate: true, wasDown: true })).toBe('not-enrolled');
    expect(reasonOf([], { wasDown: true })).toBe('player-down');
    // Twenty plays of 15 s take five minutes.
    expect(reasonOf([], { takenOverMs: 300_000, wasDown: true })).toBe('taken-over');
    expect(reasonOf([], { takenOverMs: 299_999, wasDown: true })).toBe('player-down');
    expect(reasonOf([play({ outcome: 'failed' })], { takenOverMs: 300_000 })).toBe('playback-failed');
  });

  test('[E14] a day whose end the agent missed is closed at the next start', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.engine.start();
    rig.engine.setProgram(activate(sampleProgram()));
    rig.time.advance(20 * 60_000);
    const next = createEngineRig({ startMs: at('08:00') + 86_400_000, files: rig.files, boot: 'boot-2' });
    next.engine.setProgram(activate(sampleProgram()));
    next.engine.start();
    next.time.advance(60_000);
    const closes = next.records().filter((r) => r.kind === 'dayclose');
    expect(closes.map((r) => [r.evidence.date, r.evidence.short])).toEqual([[DATE, { c1: 'player-down' }]]);
  });
});

describe('outcome', () => {
  test('[E15] complete only at full length on both clocks, rendered and visible', () => {
    const full = { expectedMs: 15_000, ranMs: 15_100, shownMs: 14_900, frames: 300, visible: true };
    expect(outcomeOf(full)).toBe('complete');
    expect(outcomeOf({ ...full, ranMs: 15_501 })).toBe('cut');
    expect(outcomeOf({ ...full, shownMs: 14_499 })).toBe('cut');
    expect(outcomeOf({ ...full, frames: 0 })).toBe('failed');
    expect(outcomeOf({ ...full, visible: false })).toBe('failed');
  });
});
