/** Films that fail, pages that fall silent and an agent that stood still: the plan goes on around them. */
import { describe, expect, test } from 'vitest';
import { countsAsPlay } from '../../domain/proof/record.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { createSimulatedStage } from '../../main/simulated-stage.ts';
import { createEngineRig, expectOrdered, startEngine } from './support/engine-rig.ts';
import { createManualTime } from './support/manual-time.ts';
import { sampleProgram, ZONE } from './support/sample-program.ts';

const at = (time: string): number => instantOfWallTime('2026-07-01', time, ZONE);
const minutes = (n: number): number => n * 60_000;

describe('an engine whose films or page fail', () => {
  test('[E4] a film that fails three times is set aside with an incident, its time is filled, and it comes back', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.faults.of = (command) =>
      command.content.type === 'video' && command.durationMs === 15_000 ? { reason: 'decode' } : null;
    startEngine(rig);
    for (let k = 0; k < 200 && rig.incidents.list().length === 0; k += 1) rig.time.advance(10_000);
    rig.time.advance(20_000);
    const failed = rig.plays().filter((p) => p.outcome === 'failed');
    expect(failed.map((p) => p.item)).toEqual(['film-a', 'film-a', 'film-a']);
    expect(rig.incidents.list().map((i) => i.kind)).toEqual(['playback-failing']);
    expect(rig.plays().filter((p) => p.outcome === 'complete').length).toBeGreaterThan(10);
    rig.faults.of = () => null;
    rig.time.advance(minutes(60));
    expect(rig.incidents.list()).toEqual([]);
    expect(rig.plays().filter((p) => p.commitment === 'c1' && countsAsPlay(p)).length).toBeGreaterThan(5);
    expectOrdered(rig.records());
  });

  test('[LV5] a live source that drops gives way to the loop at once, and is tried again in its next turn', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    const live = { type: 'live' as const, sha: 'e'.repeat(64), url: 'http://tv.example.net/a.m3u8', name: 'live' };
    const program = sampleProgram({
      loop: [
        { item: 'live', durationMs: 60_000 },
        { item: 'card', durationMs: 8000 },
      ],
      commitments: [],
    });
    const ids = new Set<string>();
    let isOnAir = true;
    rig.faults.of = (command) => {
      if (command.content.type === 'live') ids.add(command.id);
      return null;
    };
    rig.faults.alter = (event) => {
      if (isOnAir || event.type !== 'pulse' || event.showing === null || !ids.has(event.showing)) return event;
      return { type: 'failed', id: event.showing, reason: 'load', detail: 'no frame of the live source for 3000 ms' };
    };
    startEngine(rig, { ...program, manifest: { ...program.manifest, live } });
    rig.time.advance(70_000);
    expect(rig.plays()[0]).toMatchObject({ item: 'live', outcome: 'complete', sha: live.sha });
    isOnAir = false;
    rig.time.advance(15_000);
    isOnAir = true;
    rig.time.advance(minutes(5));
    const plays = rig.plays().slice(0, 7);
    expect(plays.map(({ item, outcome }) => `${item} ${outcome}`)).toEqual([
      'live complete',
      'card complete',
      'live failed',
      'card complete',
      'live failed',
      'card complete',
      'live complete',
    ]);
    for (const [k, play] of plays.entries()) if (k > 0) expect(play.t0 - (plays[k - 1]?.t1 ?? 0)).toBeLessThan(1_500);
    expectOrdered(rig.records());
  });

  test('[E5] a page that puts no frame of a film on the screen for 3 s is brought up anew', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    let isStuck = false;
    rig.faults.alter = (event) => (isStuck && event.type === 'pulse' ? { ...event, frames: 0 } : event);
    startEngine(rig, sampleProgram({ loop: [{ item: 'film-b', durationMs: 12_000 }] }));
    rig.time.advance(minutes(5));
    expect(rig.restarts).toEqual([]);
    const shows = rig.commands.filter((c) => c.type === 'show').length;
    while (rig.commands.filter((c) => c.type === 'show').length === shows) rig.time.advance(100);
    rig.time.advance(1000);
    isStuck = true;
    rig.time.advance(4200);
    isStuck = false;
    expect(rig.restarts).toHaveLength(1);
    expect(rig.restarts[0]).toContain('no frame of the film');
    rig.time.advance(minutes(5));
    expect(rig.restarts).toHaveLength(1);
    expect(rig.plays().filter((p) => p.outcome !== 'complete')).toHaveLength(1);
    expectOrdered(rig.records());
  });

  test('[E5] still content has no frames to wait for', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.faults.alter = (event) => (event.type === 'pulse' ? { ...event, frames: 0 } : event);
    startEngine(rig, sampleProgram({ loop: [{ item: 'card', durationMs: 8000 }], commitments: [] }));
    rig.time.advance(minutes(5));
    expect(rig.restarts).toEqual([]);
  });

  test('[E4] a film that takes the page down with it three times is set aside', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    let crashes = 0;
    rig.faults.alter = (event) => {
      const prepared = rig.commands.findLast((c) => c.type === 'prepare');
      if (event.type !== 'started' || prepared?.type !== 'prepare' || prepared.durationMs !== 15_000) return event;
      crashes += 1;
      return { type: 'ready' };
    };
    startEngine(rig);
    for (let k = 0; k < 200 && rig.incidents.list().length === 0; k += 1) rig.time.advance(10_000);
    expect(crashes).toBe(3);
    expect(rig.incidents.list().map((i) => i.kind)).toEqual(['playback-failing']);
    expectOrdered(rig.records());
  });

  test('[E5] a page that falls silent is brought up anew and playing goes on inside the plan', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(5) + 3000);
    rig.faults.dropEvent = () => true;
    rig.time.advance(5000);
    rig.faults.dropEvent = () => false;
    rig.stage.restart('test');
    rig.time.advance(minutes(5));
    expect(rig.restarts.length).toBe(1);
    const cut = rig.plays().filter((p) => p.outcome !== 'complete');
    expect(cut.length).toBe(1);
    expect(cut.some((p) => countsAsPlay(p))).toBe(false);
    const last = rig.plays().at(-1);
    expect((last?.t1 ?? 0) - at('08:10')).toBeGreaterThan(-20_000);
    expectOrdered(rig.records());
  });

  test('[E23] an agent that stood still while a slot showed goes on with it: the page has spoken all the while', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(5));
    const shown = rig.plays().length;
    while (rig.plays().length === shown) rig.time.advance(10);
    rig.time.advance(500);
    rig.time.stall(4000);
    rig.time.advance(minutes(5));
    expect(rig.restarts).toEqual([]);
    expect(rig.plays().filter((p) => p.outcome !== 'complete')).toEqual([]);
    expectOrdered(rig.records());
  });

  test('[E23] an agent that stood still while a slot was to start has not seen it fail', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(5));
    const called = (): number => rig.commands.filter((c) => c.type === 'show').length;
    const before = called();
    while (called() === before) rig.time.advance(10);
    rig.time.stall(4000);
    rig.time.advance(minutes(5));
    expect(rig.restarts).toEqual([]);
    // What was on the screen stayed there until the agent called the next.
    expect(rig.plays().flatMap((p) => (p.outcome === 'complete' ? [] : [p.outcome]))).toEqual(['cut']);
    expectOrdered(rig.records());
  });

  test('[E23] an agent that stands still again and again still brings up a page that is silent', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    startEngine(rig);
    rig.time.advance(minutes(5));
    rig.faults.dropEvent = () => true;
    for (let k = 0; k < 4; k += 1) {
      rig.time.stall(2000);
      rig.time.advance(1);
    }
    expect(rig.restarts).toHaveLength(1);
  });

  test('[E5] a simulated page that is brought up anew ends nothing, and shows nothing that was called before', () => {
    const time = createManualTime(at('08:00'));
    const stage = createSimulatedStage(time.timers, time.raw.monoMs);
    const events: string[] = [];
    stage.onEvent((event) => {
      if (event.type !== 'pulse') events.push(event.type);
    });
    const content = { type: 'card', text: '您好', textEn: 'Hello', theme: 'red' } as const;
    for (const id of ['first', 'second']) {
      stage.send({ type: 'prepare', id, content, durationMs: 8000 });
      stage.send({ type: 'show', id, inMs: 500 });
      if (id === 'first') time.advance(1000);
    }
    stage.restart('test');
    time.advance(1000);
    expect(events).toEqual(['ready', 'prepared', 'started', 'prepared', 'ready']);
  });

  test('[E5] a slot that fails behind another is recorded after it, in order of time', () => {
    const rig = createEngineRig({ startMs: at('08:00') });
    rig.faults.of = (command) => (command.durationMs === 15_000 ? { reason: 'decode' } : null);
    rig.faults.delayMs = (event) => (event.type === 'failed' ? 3000 : 0);
    startEngine(rig);
    rig.time.advance(minutes(15));
    expect(rig.plays().filter((p) => p.outcome === 'failed').length).toBeGreaterThan(0);
    expectOrdered(rig.records());
  });
});
