/** A clock that is corrected, steps or was never set: promised plays are neither lost nor doubled. */
import { describe, expect, test } from 'vitest';
import type { Program } from '../../domain/plan/program.ts';
import { countsAsPlay, type PlayRecord } from '../../domain/proof/record.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { createEngineRig, type EngineRig } from './support/engine-rig.ts';
import { activate, sampleCommitment, sampleProgram, ZONE } from './support/sample-program.ts';

const DATE = '2026-07-01';
const at = (time: string, date = DATE, zone = ZONE): number => instantOfWallTime(date, time, zone);
const minutes = (n: number): number => n * 60_000;

/** Open from 19:00 to 23:00 with 24 plays promised in it; loop items are long, so that there are few records to check. */
const program = (over: Partial<Program> = {}): Program =>
  sampleProgram({
    openingHours: [{ days: sampleCommitment().weekdays, from: '19:00', to: '23:00' }],
    loop: [
      { item: 'film-b', durationMs: 60_000 },
      { item: 'card', durationMs: 45_000 },
    ],
    commitments: [sampleCommitment({ minPlays: 24 })],
    ...over,
  });

function start(rig: EngineRig, of = program()): void {
  rig.engine.start();
  rig.engine.setProgram(activate(of));
}

/** The server's time is `byMs` ahead of what the player believes; it takes effect at the end of the slot on the screen. */
function correct(rig: EngineRig, byMs: number): void {
  rig.clock.offer({ serverMs: rig.clock.nowMs() + byMs, monoMs: rig.clock.monoMs(), errorMs: 20 });
}

const promised = (rig: EngineRig, date = DATE): PlayRecord[] =>
  rig.plays().filter((play) => play.commitment === 'c1' && countsAsPlay(play) && play.slot.startsWith(date));

/** What the records say was played is what the tally and the end of the day say. */
function expectOneAccount(rig: EngineRig, date = DATE): void {
  const close = rig.records().find((record) => record.kind === 'dayclose' && record.evidence.date === date);
  expect(close?.kind === 'dayclose' && close.evidence.plays.c1).toBe(promised(rig, date).length);
}

describe('corrections of the clock while running', () => {
  test.each([
    ['forwards by 40 minutes', 40],
    ['forwards by 2 seconds', 1 / 30],
    ['backwards by 20 minutes', -20],
    ['backwards by 2 seconds', -1 / 30],
  ])('[E9] %s: promised plays are neither doubled nor lost', (_, by) => {
    const rig = createEngineRig({ startMs: at('19:00') });
    start(rig);
    rig.time.advance(minutes(60));
    const before = promised(rig).length;
    expect(rig.engine.status().tally.c1).toBe(before);
    correct(rig, minutes(by));
    rig.time.advance(minutes(2));
    expect(rig.records().filter((record) => record.kind === 'clock')).toHaveLength(1);
    expect(promised(rig).length - before).toBeLessThanOrEqual(1);
    expect(rig.engine.status().tally.c1).toBe(promised(rig).length);
    rig.time.advance(minutes(300));
    expect(promised(rig).length).toBeGreaterThanOrEqual(24);
    expect(rig.plays().filter((play) => play.outcome !== 'complete')).toEqual([]);
    // By the clock that never moves, no two showings overlap.
    const plays = rig.plays();
    for (const [k, play] of plays.entries()) expect(play.m0).toBeGreaterThanOrEqual(plays[k - 1]?.m1 ?? 0);
    expectOneAccount(rig);
  });

  test('[E9] many small corrections to and fro cost no promised play', () => {
    const rig = createEngineRig({ startMs: at('19:00') });
    start(rig);
    for (let k = 0; k < 30; k += 1) {
      correct(rig, (k % 2 === 0 ? 1 : -1) * minutes(3));
      rig.time.advance(minutes(6));
    }
    rig.time.advance(minutes(130));
    expect(promised(rig).length).toBeGreaterThanOrEqual(24);
    expectOneAccount(rig);
  });

  test('[E9] a correction over closing ends the day, one back into it opens it again for what is still owed', () => {
    const rig = createEngineRig({ startMs: at('19:00') });
    start(rig);
    rig.time.advance(minutes(30));
    const before = promised(rig).length;
    correct(rig, minutes(240));
    rig.time.advance(minutes(2));
    expect(rig.engine.status().state).toBe('closed');
    correct(rig, minutes(-240));
    rig.time.advance(minutes(60));
    expect(rig.engine.status().tally.c1).toBeGreaterThan(before);
    rig.time.advance(minutes(200));
    expect(promised(rig).length).toBeGreaterThanOrEqual(24);
  });
});

describe('a change of the clocks while running', () => {
  test.each([
    ['2026-03-29', 'the missing hour', 5],
    ['2026-10-25', 'the repeated hour', 7],
  ])('[P21][E8] %s with %s: the day goes on without a hole and its promise is kept in it', (date, _, hours) => {
    const zone = 'Europe/Berlin';
    const all = program({
      timeZone: zone,
      openingHours: [{ days: sampleCommitment().weekdays, from: '00:00', to: '06:00' }],
      commitments: [sampleCommitment({ minPlays: 60 })],
    });
    const rig = createEngineRig({ startMs: at('00:00', date, zone) });
    start(rig, all);
    rig.time.advance(minutes(60 * hours + 2));
    expect(promised(rig, date).length).toBeGreaterThanOrEqual(60);
    expect(rig.engine.status().state).toBe('closed');
    const plays = rig.plays();
    const holes = plays.filter((play, k) => k > 0 && play.t0 - (plays[k - 1]?.t1 ?? 0) > 60_000);
    expect(holes).toEqual([]);
    const last = plays.at(-1);
    expect(at('06:00', date, zone) - (last?.t1 ?? 0)).toBeLessThan(60_000);
  });
});

describe('a player that believes it is 1970', () => {
  /** Promises of this year, as flights make them: none of them holds in 1970. */
  const booked = program({
    openingHours: [{ days: sampleCommitment().weekdays, from: '00:00', to: '24:00' }],
    commitments: [sampleCommitment({ minPlays: 60 })],
  });

  test('[E17] it shows its loop, counts nothing as promised, and its records say the clock was never set', () => {
    const rig = createEngineRig({ startMs: 0 });
    start(rig, booked);
    rig.time.advance(minutes(40));
    const plays = rig.plays();
    expect(plays.length).toBeGreaterThan(30);
    expect(plays.every((play) => play.commitment === null && play.reason === 'filler')).toBe(true);
    // The loop goes on in its order.
    expect(plays.slice(0, 6).map((play) => play.item)).toEqual(['film-b', 'card', 'film-b', 'card', 'film-b', 'card']);
    expect(rig.engine.status().tally).toEqual({});
    rig.journal.seal();
    const [segment] = [...rig.journal.shelf.newestFirst()];
    expect(JSON.parse(segment?.header ?? '{}').clock).toEqual({ source: 'system', lastSyncMs: null, errorMs: null });
  });

  test('[E17] when the clock arrives, today is planned anew and only today is counted', () => {
    const rig = createEngineRig({ startMs: 0 });
    start(rig, booked);
    rig.time.advance(minutes(30));
    correct(rig, at('20:00') - rig.clock.nowMs());
    rig.time.advance(minutes(2));
    const step = rig.records().find((record) => record.kind === 'clock');
    expect(step).toMatchObject({ reason: 'synchronised' });
    expect(rig.engine.status().date).toBe(DATE);
    rig.time.advance(minutes(60 * 4 + 5));
    expect(promised(rig).length).toBeGreaterThanOrEqual(60);
    expectOneAccount(rig);
    // What was shown before belongs to no day of service that anybody promised.
    const closes = rig.records().flatMap((record) => (record.kind === 'dayclose' ? [record.evidence] : []));
    for (const { date, plays, short } of closes) {
      if (date !== DATE) expect({ plays, short }).toEqual({ plays: {}, short: {} });
    }
  });

  test('[E17] the tally of the day goes on where it was before a start in 1970', () => {
    const first = createEngineRig({ startMs: at('17:00') });
    start(first, booked);
    first.time.advance(minutes(120));
    const before = promised(first).length;
    expect(before).toBeGreaterThan(5);
    const second = createEngineRig({ startMs: 0, files: first.files, boot: 'boot-2' });
    start(second, booked);
    second.time.advance(minutes(10));
    expect(second.engine.status().tally).toEqual({});
    correct(second, at('19:30') - second.clock.nowMs());
    second.time.advance(minutes(2));
    expect(second.engine.status().tally.c1).toBeGreaterThanOrEqual(before);
    expect(second.engine.status().tally.c1).toBe(promised(second).length);
    second.time.advance(minutes(60 * 5));
    expect(promised(second).length).toBeGreaterThanOrEqual(60);
    expectOneAccount(second);
  });
});
