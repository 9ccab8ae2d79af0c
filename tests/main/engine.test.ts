/** The engine through whole days: what is planned is shown, recorded and counted, and each day is closed. */
import { describe, expect, test } from 'vitest';
import { countsAsPlay } from '../../domain/proof/record.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { createEngineRig, expectOrdered, startEngine } from './support/engine-rig.ts';
import { activate, sampleCommitment, sampleProgram, ZONE } from './support/sample-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => instantOfWallTime(DATE, time, ZONE);
const minutes = (n: number): number => n * 60_000;

describe('engine', () => {
  test('[E1] a whole day: every minimum is met, every play ends in a record that counts, and the day is closed', () => {
    const rig = createEngineRig({ startMs: at('07:30') });
    startEngine(rig);
    rig.time.advance(minutes(60 * 17));
    const plays = rig.plays();
    const promised = plays.filter((p) => p.commitment === 'c1' && countsAsPlay(p));
    expect(promised.length).toBeGreaterThanOrEqual(20);
    expect(plays.filter((p) => p.outcome !== 'complete')).toEqual([]);
    expect(plays.every((p) => p.t0 >= at('08:00') && p.t1 <= at('10:00') + 500)).toBe(true);
    // The two hours are full: what is missing is less than one shortest item and the slot changes.
    expect(plays.reduce((sum, p) => sum + p.m1 - p.m0, 0)).toBeGreaterThan(minutes(120) - 8000 - 1000);
    const close = rig.records().find((r) => r.kind === 'dayclose');
    const makeGoods = promised.filter((p) => p.reason === 'make-good').length;
    expect(close?.evidence).toEqual({
      date: DATE,
      plays: { c1: promised.length },
      makeGoods: makeGoods > 0 ? { c1: makeGoods } : {},
      short: {},
    });
    expect(rig.records().flatMap((r) => (r.kind === 'mode' ? [r.reason] : []))).toEqual([
      'no-program',
      'closed',
      'open',
      'closed',
    ]);
    expectOrdered(rig.records());
  });

  test('[E2] slots start at their planned moments and the page is told ahead', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(10));
    for (const play of rig.plays().slice(1)) {
      const planned = Number(play.slot.split('/')[1]);
      expect(Math.abs(play.t0 - planned)).toBeLessThanOrEqual(5);
    }
    const shows = rig.commands.flatMap((c) => (c.type === 'show' ? [c.inMs] : []));
    expect(Math.max(...shows)).toBeLessThanOrEqual(500);
    expect(shows.slice(1).every((inMs) => inMs > 400)).toBe(true);
  });

  test('[E3] a start in the middle of the day goes on from the journal', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(40));
    const before = rig.plays().filter((p) => p.commitment === 'c1').length;
    expect(before).toBeGreaterThan(3);
    // Power is cut: nothing of the first engine is told to stop.
    rig.engine.stop = () => undefined;
    const again = createEngineRig({ startMs: at('08:45'), files: rig.files, boot: 'boot-2' });
    startEngine(again);
    expect(again.engine.status().tally).toEqual({ c1: before });
    again.time.advance(minutes(90));
    const counted = again.plays().filter((p) => p.commitment === 'c1' && countsAsPlay(p));
    expect(counted.length).toBeGreaterThanOrEqual(20);
    expect(new Set(counted.map((p) => p.t0)).size).toBe(counted.length);
  });

  test('[E6] media that are missing are not planned; when they come, they are', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.missing.add('film-a');
    startEngine(rig);
    rig.time.advance(minutes(10));
    expect(rig.plays().some((p) => p.item === 'film-a')).toBe(false);
    rig.missing.clear();
    rig.engine.mediaChanged();
    rig.time.advance(minutes(110));
    expect(rig.plays().filter((p) => p.commitment === 'c1').length).toBeGreaterThanOrEqual(20);
  });

  test('[E7] a new program takes over at the end of the slot on the screen, and no segment mixes the two', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(5) + 2000);
    rig.engine.setProgram(activate(sampleProgram({ loop: [], commitments: [sampleCommitment({ minPlays: 400 })] })));
    rig.time.advance(minutes(5));
    rig.journal.seal();
    expect(rig.plays().filter((p) => p.outcome !== 'complete')).toEqual([]);
    const headers = [...rig.journal.shelf.newestFirst()].map((s) => ({
      program: JSON.parse(s.header).program,
      body: s.body,
    }));
    expect(new Set(headers.map((h) => h.program)).size).toBe(3);
    for (const { program, body } of headers)
      if (program === headers[0]?.program) expect(body).not.toContain('"item":"card"');
  });

  test('[E8] the day turns without a hole on a screen that never closes', () => {
    const rig = createEngineRig({ startMs: at('23:50') });
    rig.faults.delayMs = (event) => (event.type === 'finished' ? 150 : 0);
    startEngine(
      rig,
      sampleProgram({ openingHours: [{ days: sampleCommitment().weekdays, from: '00:00', to: '24:00' }] }),
    );
    rig.time.advance(minutes(20));
    const plays = rig.plays();
    const midnight = at('24:00');
    const after = plays.find((p) => p.t0 >= midnight - 50);
    const before = plays.findLast((p) => p.t1 <= midnight + 50);
    expect(after?.slot.startsWith('2026-07-02/')).toBe(true);
    // The last slot of a day ends with it, so at most a hole shorter than the shortest item is left.
    expect((after?.t0 ?? 0) - (before?.t1 ?? 0)).toBeLessThan(8000);
    const records = rig.records();
    const close = records.findIndex((r) => r.kind === 'dayclose');
    expect(close).toBeGreaterThan(0);
    expect(records.slice(close).some((r) => r.kind === 'play' && r.slot.startsWith(DATE))).toBe(false);
  });

  test('[E1][E8] the day is closed behind the record of its last play, even one that comes late', () => {
    // The first slot starts 400 ms after the start, so that sixty of them end with the day.
    const rig = createEngineRig({ startMs: at('23:50') - 400 });
    rig.faults.delayMs = (event) => (event.type === 'finished' ? 150 : 0);
    const openingHours = [{ days: sampleCommitment().weekdays, from: '00:00', to: '24:00' }];
    startEngine(rig, sampleProgram({ openingHours, loop: [{ item: 'card', durationMs: 10_000 }], commitments: [] }));
    rig.time.advance(minutes(11));
    const records = rig.records();
    const close = records.findIndex((r) => r.kind === 'dayclose');
    const before = records[close - 1];
    const after = records[close + 1];
    expect(before?.kind === 'play' && before.slot.startsWith(DATE) && before.t1 === at('24:00')).toBe(true);
    expect(after?.kind === 'play' && after.slot.startsWith('2026-07-02') && after.t0 === at('24:00')).toBe(true);
  });

  test('[E9] the clock moves between slots only, and a step is recorded', () => {
    const rig = createEngineRig({ startMs: at('08:00') - minutes(30) + 0 });
    startEngine(
      rig,
      sampleProgram({ openingHours: [{ days: sampleCommitment().weekdays, from: '06:00', to: '22:00' }] }),
    );
    rig.time.advance(minutes(1) + 2000);
    rig.clock.offer({ serverMs: rig.clock.nowMs() + minutes(30), monoMs: rig.clock.monoMs(), errorMs: 20 });
    rig.time.advance(minutes(5));
    const records = rig.records();
    for (const play of rig.plays()) expect(play.t1 - play.t0).toBe(play.m1 - play.m0);
    const step = records.find((r) => r.kind === 'clock');
    expect(step?.reason).toBe('synchronised');
    expect(step?.evidence).toMatchObject({ offsetMs: minutes(30) });
    expectOrdered(records);
  });

  test('[E10] time asleep is declared, and the play it fell into is not counted', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(2) + 3000);
    rig.time.sleep(minutes(20));
    rig.time.advance(minutes(2));
    const gap = rig.records().find((r) => r.kind === 'gap');
    expect(gap?.reason).toBe('asleep');
    expect((gap?.t1 ?? 0) - (gap?.t0 ?? 0)).toBeGreaterThan(minutes(19));
    expect(rig.plays().filter((p) => p.outcome === 'cut').length).toBe(1);
    expect(rig.clock.nowMs()).toBeGreaterThan(at('08:24'));
  });

  test('[E11] a full disk does not stop the show, and the gap is declared afterwards', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(3));
    const before = rig.plays().length;
    rig.files.faultOf = () => ({ how: 'not-applied', as: 'ENOSPC' });
    rig.time.advance(minutes(3));
    expect(rig.incidents.list().map((i) => i.kind)).toEqual(['disk-full']);
    expect(rig.commands.filter((c) => c.type === 'show').length).toBeGreaterThan(before + 8);
    rig.files.faultOf = () => null;
    rig.time.advance(minutes(3));
    expect(rig.incidents.list()).toEqual([]);
    const gap = rig.records().find((r) => r.kind === 'gap');
    expect((gap?.t1 ?? 0) - (gap?.t0 ?? 0)).toBeGreaterThan(minutes(2.5));
  });

  test('[E12] stopping records the running play as cut and says so', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(1) + 2000);
    rig.engine.stop();
    const records = rig.records();
    expect(records.slice(-2).map((r) => (r.kind === 'play' ? r.outcome : r.reason))).toEqual(['cut', 'stopped']);
  });

  test('[E13] without a program the pairing code shows; with one it passes below', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.engine.start();
    rig.engine.setPairing({ code: 'ABCD2345', server: 'http://example.org', device: 'f00d' });
    rig.time.advance(1000);
    expect(rig.commands.at(-1)).toEqual({
      type: 'pairing',
      code: 'ABCD2345',
      server: 'http://example.org',
      device: 'f00d',
    });
    rig.engine.setProgram(activate(sampleProgram()));
    const ticker = rig.commands.findLast((c) => c.type === 'ticker');
    expect(ticker?.type === 'ticker' && ticker.lines[0]?.text).toContain('ABCD2345');
    rig.time.advance(minutes(1));
    expect(rig.plays().length).toBeGreaterThan(2);
  });
});
