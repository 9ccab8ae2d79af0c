/** With a clock that shows what cannot be the loop plays and no day is claimed. */
import { describe, expect, test } from 'vitest';
import type { DayCloseRecord, PlayRecord, ProofRecord } from '../../domain/proof/record.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { createPlausibleTime, EARLIEST_MS } from '../../main/engine/plausible-time.ts';
import { createEngineRig, type EngineRig } from './support/engine-rig.ts';
import type { MemoryFiles } from './support/memory-files.ts';
import { activate, sampleCommitment, sampleProgram, ZONE } from './support/sample-program.ts';

const DATE = '2026-07-01';
const at = (time: string, date = DATE): number => instantOfWallTime(date, time, ZONE);
const minutes = (n: number): number => n * 60_000;

/** Open around the clock, promised all of 2026 and 2027; few long items, so that there are few records. */
const program = activate(
  sampleProgram({
    openingHours: [{ days: sampleCommitment().weekdays, from: '00:00', to: '24:00' }],
    loop: [
      { item: 'film-b', durationMs: 60_000 },
      { item: 'card', durationMs: 45_000 },
    ],
    commitments: [sampleCommitment({ minPlays: 60 })],
  }),
);

function start(startMs: number, files?: MemoryFiles, boot = 'boot-1'): EngineRig {
  const rig = createEngineRig({ startMs, boot, ...(files && { files }) });
  rig.engine.start();
  rig.engine.setProgram(program);
  return rig;
}

/** An hour of a day that the server had set the clock for. */
function trustedHour(): EngineRig {
  const rig = start(at('17:00'));
  set(rig, at('17:00'));
  rig.time.advance(minutes(60));
  return rig;
}

function set(rig: EngineRig, serverMs: number): void {
  rig.clock.offer({ serverMs, monoMs: rig.clock.monoMs(), errorMs: 20 });
}

const closes = (rig: EngineRig): DayCloseRecord[] =>
  rig.records().flatMap((record) => (record.kind === 'dayclose' ? [record] : []));
const claims = (plays: readonly PlayRecord[]): PlayRecord[] => plays.filter(({ commitment }) => commitment !== null);
/** Plays from the `n`-th record of plays on. */
const since = (rig: EngineRig, n: number): PlayRecord[] => rig.plays().slice(n);
const unsynchronised = (rig: EngineRig): boolean =>
  rig.incidents.list().some(({ kind }) => kind === 'clock-unsynchronised');

describe('a clock that shows what cannot be', () => {
  test('[E21] in 1970 no day is claimed and none is closed; the day begins when the server tells the time', () => {
    // Over a midnight, so that a day ends that nobody can claim.
    const rig = start(at('23:30', '1970-01-01'));
    rig.time.advance(minutes(60));
    expect(rig.plays().length).toBeGreaterThan(50);
    expect(claims(rig.plays())).toEqual([]);
    expect(closes(rig)).toEqual([]);
    expect(unsynchronised(rig)).toBe(true);
    set(rig, at('20:00'));
    rig.time.advance(minutes(2));
    expect(unsynchronised(rig)).toBe(false);
    rig.time.advance(minutes(60 * 4 + 5));
    expect(closes(rig).map(({ evidence }) => evidence.date)).toEqual([DATE]);
    expect(closes(rig)[0]?.evidence.plays.c1).toBeGreaterThanOrEqual(60);
  });

  test.each([
    ['months back, inside the flight', at('12:00', '2026-02-01')],
    ['an hour back', at('17:00')],
    ['years ahead', at('12:00', '2029-03-01')],
  ])('[E21] %s: the loop plays, nothing is claimed, no day is closed by it', (_, wrongMs) => {
    const first = trustedHour();
    const recorded = first.plays().length;
    const tally = first.engine.status().tally.c1 ?? 0;
    expect(tally).toBeGreaterThan(2);
    const second = start(wrongMs, first.files, 'boot-2');
    second.time.advance(minutes(50));
    const shown = since(second, recorded);
    expect(shown.length).toBeGreaterThan(40);
    expect(claims(shown)).toEqual([]);
    expect(closes(second)).toEqual([]);
    expect(unsynchronised(second)).toBe(true);
    // The server tells the time: today goes on from what was claimed of it, and only today is closed.
    set(second, at('19:00'));
    second.time.advance(minutes(2));
    expect(second.engine.status().tally.c1).toBeGreaterThanOrEqual(tally);
    second.time.advance(minutes(60 * 5 + 5));
    expect(closes(second).map(({ evidence }) => evidence.date)).toEqual([DATE]);
    const counted = claims(second.plays()).filter((play) => play.slot.startsWith(DATE) && play.outcome === 'complete');
    expect(closes(second)[0]?.evidence.plays.c1).toBe(counted.length);
    expect(counted.length).toBeGreaterThanOrEqual(60);
  });

  test('[E21] a clock a few minutes behind, or days ahead, is believed: offline weeks are claimed', () => {
    for (const startMs of [at('17:57'), at('08:00', '2026-07-20')]) {
      const first = trustedHour();
      const recorded = first.plays().length;
      const second = start(startMs, first.files, 'boot-2');
      second.time.advance(minutes(30));
      expect(claims(since(second, recorded)).length).toBeGreaterThan(0);
      expect(unsynchronised(second)).toBe(false);
    }
  });

  test('[E21] a clock that is behind is believed once it has passed what is recorded', () => {
    const first = trustedHour();
    const recorded = first.plays().length;
    const second = start(at('17:30'), first.files, 'boot-2');
    second.time.advance(minutes(20));
    expect(claims(since(second, recorded))).toEqual([]);
    second.time.advance(minutes(20));
    const claimed = claims(since(second, recorded));
    expect(claimed.length).toBeGreaterThan(0);
    expect(claimed.every(({ t0 }) => t0 >= at('17:54'))).toBe(true);
  });

  test('[E21] a day that was claimed and not closed is closed after a start years off and the right time after it', () => {
    const first = trustedHour();
    const second = start(0, first.files, 'boot-2');
    second.time.advance(minutes(10));
    set(second, at('08:00', '2026-07-02'));
    second.time.advance(minutes(5));
    expect(closes(second).map(({ evidence }) => evidence.date)).toEqual([DATE]);
    expect(closes(second)[0]?.evidence.plays.c1).toBe(first.engine.status().tally.c1);
  });
});

describe('what the journal says of time', () => {
  const clockSet = (t1: number, errorMs: number): ProofRecord => ({
    kind: 'clock',
    seq: 0,
    reason: 'stepped',
    t0: 0,
    t1,
    m0: 0,
    m1: 0,
    evidence: { offsetMs: t1, errorMs },
  });

  test('[E21] the server’s word stands above what was believed; the system’s does not', () => {
    const time = createPlausibleTime();
    expect(time.isPlausible(EARLIEST_MS - 1)).toBe(false);
    expect(time.note(clockSet(at('12:00', '2040-01-01'), 0))).toBe(true);
    expect(time.isPlausible(at('12:00'))).toBe(false);
    expect(time.note(clockSet(at('12:00'), 5))).toBe(true);
    expect(time.isPlausible(at('12:00'))).toBe(true);
    expect(time.note(clockSet(at('12:00', '2040-01-01'), 0))).toBe(false);
    expect(time.isPlausible(at('12:00'))).toBe(true);
  });
});
