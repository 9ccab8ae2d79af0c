/** Emergency takeovers on the player: what the stage is told, what is recorded, and how the day goes on around them. */
import { describe, expect, test } from 'vitest';
import { messageHash } from '../../domain/catalogue/takeover.ts';
import type { Program } from '../../domain/plan/program.ts';
import { countsAsPlay } from '../../domain/proof/record.ts';
import { WEEKDAYS } from '../../domain/time/weekday.ts';
import { instantOfWallTime } from '../../domain/time/zone-time.ts';
import { sha256, sha256Hex } from '../../main/sha256.ts';
import type { Takeover } from '../../protocol/player-link.ts';
import { createEngineRig, type EngineRig } from './support/engine-rig.ts';
import { activate, sampleCommitment, sampleProgram, ZONE } from './support/sample-program.ts';

const at = (time: string): number => instantOfWallTime('2026-07-01', time, ZONE);
const minutes = (n: number): number => n * 60_000;
const MESSAGE = { text: '请立即有序疏散', textEn: 'Please leave calmly now', theme: 'red' } as const;

const takeover = (id: string, endsAtMs: number): Takeover => ({ id, ...MESSAGE, endsAtMs });

function running(startMs = at('08:00'), program = sampleProgram()): EngineRig {
  const rig = createEngineRig({ startMs });
  rig.engine.start();
  rig.engine.setProgram(activate(program));
  return rig;
}

/** Closes shortly before midnight, so that the end of its day is soon seen. */
const evening = (part: Partial<Program> = {}): Program =>
  sampleProgram({ openingHours: [{ days: [...WEEKDAYS], from: '21:30', to: '23:30' }], ...part });

const shownOn = (rig: EngineRig) => rig.commands.flatMap((c) => (c.type === 'takeover' ? [c.message] : []));
const takenOver = (rig: EngineRig) =>
  rig.records().flatMap((r) => (r.kind === 'mode' && r.reason === 'taken-over' ? [r] : []));

describe('while a takeover stands', () => {
  test('[TK1] what shows is cut at once, nothing plays until the end, and one record says from when to when', () => {
    const rig = running();
    rig.time.advance(minutes(5) + 3_210);
    const nowMs = at('08:05') + 3_210;
    const before = rig.commands.length;
    rig.engine.takeOver(takeover('t1', at('08:20')));
    expect(rig.commands[before]).toEqual({ type: 'takeover', message: MESSAGE });
    expect(rig.commands[before + 1]).toEqual({ type: 'idle', reason: 'nothing-due' });
    expect(rig.engine.status()).toMatchObject({ takeover: 't1', showing: null });
    const cut = rig.plays().at(-1);
    expect(cut).toMatchObject({ outcome: 'cut', t1: nowMs });
    rig.time.advance(minutes(30));
    expect(takenOver(rig)).toMatchObject([
      { t0: nowMs, t1: at('08:20'), evidence: { subject: 't1', sha: messageHash(MESSAGE, sha256) } },
    ]);
    expect(shownOn(rig)).toEqual([MESSAGE, null]);
    const during = rig.plays().filter(({ t0 }) => t0 > nowMs && t0 < at('08:20'));
    expect(during).toEqual([]);
    const next = rig.plays().find(({ t0 }) => t0 >= at('08:20'));
    expect((next?.t0 ?? 0) - at('08:20')).toBeLessThanOrEqual(50);
    expect(rig.engine.status().takeover).toBeUndefined();
    expect(rig.takeovers.map((standing) => standing?.id ?? null)).toEqual(['t1', null]);
  });

  test('[TK1] the hash that names the message is that of its text in both languages and its theme', () => {
    expect(messageHash(MESSAGE, sha256)).toBe(
      sha256Hex('{"text":"请立即有序疏散","textEn":"Please leave calmly now","theme":"red"}'),
    );
  });

  test('[TK2] the rest of the day is planned around it: the promise is made good the same day', () => {
    const rig = running(at('21:30'), evening());
    rig.time.advance(minutes(10));
    rig.engine.takeOver(takeover('t1', at('22:45')));
    rig.time.advance(minutes(110));
    const counted = rig.plays().filter((p) => p.commitment === 'c1' && countsAsPlay(p));
    expect(counted.length).toBeGreaterThanOrEqual(20);
    expect(counted.some(({ reason }) => reason === 'make-good')).toBe(true);
    rig.time.advance(minutes(60));
    const close = rig.records().find((r) => r.kind === 'dayclose');
    expect(close).toMatchObject({ evidence: { short: {} } });
  });

  test('[TK3] plays that an emergency left no time for are short because of it, told at once and signed at the end', () => {
    const rig = running(at('21:30'), evening());
    rig.time.advance(minutes(10));
    rig.engine.takeOver(takeover('t1', at('23:29')));
    rig.time.advance(2_000);
    expect(rig.told.at(-1)).toMatchObject({ c1: { reason: 'taken-over' } });
    rig.time.advance(minutes(60 * 3));
    const close = rig.records().find((r) => r.kind === 'dayclose');
    expect(close).toMatchObject({ evidence: { short: { c1: 'taken-over' } } });
  });

  test('[TK3] an emergency of a minute does not excuse what hours out of order left undone', () => {
    const rig = running(at('21:30'), evening({ commitments: [sampleCommitment({ minPlays: 600 })] }));
    rig.engine.takeOver(takeover('t1', at('21:31')));
    rig.time.advance(minutes(60 * 3));
    const close = rig.records().find((r) => r.kind === 'dayclose');
    expect(close).toMatchObject({ evidence: { short: { c1: 'booked-out' } } });
  });

  test('[TK4] a closed screen and one without a program show it too', () => {
    const rig = running(at('07:00'));
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('07:30')));
    expect(shownOn(rig)).toEqual([MESSAGE]);
    const bare = createEngineRig({ startMs: at('08:00') });
    bare.engine.start();
    bare.time.advance(1000);
    bare.engine.takeOver(takeover('t1', at('08:30')));
    expect(shownOn(bare)).toEqual([MESSAGE]);
  });
});

describe('how a takeover ends', () => {
  test('[TK5] taken back before its time the day goes on at once', () => {
    const rig = running();
    rig.time.advance(minutes(5));
    rig.engine.takeOver(takeover('t1', at('09:30')));
    rig.time.advance(minutes(5));
    rig.engine.takeOver(null);
    expect(shownOn(rig).at(-1)).toBe(null);
    rig.time.advance(minutes(1));
    const next = rig.plays().find(({ t0 }) => t0 >= at('08:10'));
    expect((next?.t0 ?? 0) - at('08:10')).toBeLessThan(2_000);
    expect(takenOver(rig)).toMatchObject([{ t0: at('08:05'), t1: at('08:10') }]);
  });

  test('[TK5] a second one takes the place of the first, and each has its own record', () => {
    const rig = running();
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('08:30')));
    rig.time.advance(minutes(1));
    rig.engine.takeOver({ ...takeover('t2', at('08:10')), text: '第二条' });
    rig.time.advance(minutes(1));
    rig.engine.takeOver({ ...takeover('t2', at('08:10')), text: '第二条' });
    rig.time.advance(minutes(30));
    expect(takenOver(rig).map(({ t0, t1, evidence }) => [evidence.subject, t0, t1])).toEqual([
      ['t1', at('08:01'), at('08:02')],
      ['t2', at('08:02'), at('08:10')],
    ]);
    expect(shownOn(rig).length).toBe(3);
  });

  test('[TK5] one that is over already changes nothing', () => {
    const rig = running();
    rig.time.advance(minutes(5));
    const commands = rig.commands.length;
    rig.engine.takeOver(takeover('t1', at('08:05')));
    expect(rig.commands.length).toBe(commands);
  });

  test('[TK6] it ends by the clock as it is set right while it stands', () => {
    const rig = running();
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('08:30')));
    rig.time.advance(minutes(1));
    rig.clock.offer({ serverMs: at('08:28'), monoMs: rig.clock.monoMs(), errorMs: 5 });
    rig.time.advance(minutes(2) - 10);
    expect(rig.engine.status().takeover).toBe('t1');
    rig.time.advance(20);
    expect(rig.engine.status().takeover).toBeUndefined();
  });

  test('[TK6] a clock set back far does not keep it for more than a day', () => {
    const rig = createEngineRig({ startMs: at('08:00') - 86_400_000 * 400 });
    rig.engine.start();
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('08:30')));
    rig.time.advance(minutes(60 * 24) - 2_000);
    expect(rig.engine.status().takeover).toBe('t1');
    rig.time.advance(4_000);
    expect(rig.engine.status().takeover).toBeUndefined();
  });
});

describe('what may come between', () => {
  test('[TK7] a page that comes up anew is told again, and the record goes on', () => {
    const rig = running();
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('08:10')));
    rig.time.advance(minutes(1));
    rig.stage.restart('test');
    rig.time.advance(minutes(20));
    expect(shownOn(rig)).toEqual([MESSAGE, MESSAGE, null]);
    expect(takenOver(rig)).toMatchObject([{ t0: at('08:01'), t1: at('08:10') }]);
  });

  test('[TK7] an orderly stop records how long it stood; the next start shows it again before anything else', () => {
    const rig = running();
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('08:10')));
    rig.time.advance(minutes(2));
    rig.engine.stop();
    expect(shownOn(rig)).toEqual([MESSAGE]);
    const again = createEngineRig({ startMs: at('08:04'), files: rig.files, boot: 'boot-2' });
    again.engine.takeOver(takeover('t1', at('08:10')));
    again.engine.start();
    again.engine.setProgram(activate(sampleProgram()));
    again.time.advance(minutes(10));
    expect(again.commands[0]).toMatchObject({ type: 'takeover' });
    expect(takenOver(again).map(({ t0, t1 }) => [t0, t1])).toEqual([
      [at('08:01'), at('08:03')],
      [at('08:04'), at('08:10')],
    ]);
    expect(again.plays().filter(({ t0 }) => t0 > at('08:01') && t0 < at('08:10'))).toEqual([]);
  });

  test('[TK7] after a power cut nothing is invented of the time before it', () => {
    const rig = running();
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('08:10')));
    rig.time.advance(minutes(2));
    const again = createEngineRig({ startMs: at('08:04'), files: rig.files, boot: 'boot-2' });
    again.engine.takeOver(takeover('t1', at('08:10')));
    again.engine.start();
    again.engine.setProgram(activate(sampleProgram()));
    again.time.advance(minutes(10));
    expect(takenOver(again).map(({ t0, t1 }) => [t0, t1])).toEqual([[at('08:04'), at('08:10')]]);
  });

  test('[TK7] time asleep is not among the time it stood', () => {
    const rig = running();
    rig.time.advance(minutes(1));
    rig.engine.takeOver(takeover('t1', at('08:30')));
    rig.time.advance(minutes(2));
    rig.time.sleep(minutes(10));
    rig.time.advance(minutes(30));
    const spans = takenOver(rig).map(({ t0, t1 }) => [t0, t1]);
    expect(spans.length).toBe(2);
    expect(spans[0]?.[1] ?? 0).toBeLessThanOrEqual(at('08:03') + 1_000);
    expect(spans[1]?.[0] ?? 0).toBeGreaterThanOrEqual(at('08:13'));
    expect(spans[1]?.[1]).toBe(at('08:30'));
  });
});

describe('withdrawn content', () => {
  const without = (item: string, program = sampleProgram()) => {
    const { [item]: gone, ...manifest } = program.manifest;
    return {
      ...program,
      manifest,
      loop: program.loop.filter((one) => one.item !== item),
      commitments: program.commitments.map((c) => ({ ...c, items: c.items.filter((one) => one.item !== item) })),
      withdrawn: { [item]: gone?.sha ?? '' },
    };
  };

  test('[WD1] what shows is cut at once, and is not shown again', () => {
    const rig = running();
    rig.time.advance(minutes(5));
    const { showing } = rig.engine.status();
    const item = showing?.item ?? '';
    const before = rig.commands.length;
    rig.engine.setProgram(activate(without(item)));
    expect(rig.commands.slice(before).map(({ type }) => type)).toEqual(['idle', 'ticker', 'prepare']);
    expect(rig.plays().at(-1)).toMatchObject({ item, outcome: 'cut', t1: at('08:05') });
    rig.time.advance(minutes(60));
    expect(rig.plays().filter((p) => p.item === item && p.t0 >= at('08:05'))).toEqual([]);
    expect(rig.plays().filter((p) => p.t0 >= at('08:05')).length).toBeGreaterThan(100);
  });

  test('[WD1] what shows stays where other content is withdrawn, and what stands ready of that is not shown', () => {
    const rig = running();
    rig.time.advance(minutes(5));
    const showing = rig.engine.status().showing?.item ?? '';
    const prepared = rig.commands.findLast((c) => c.type === 'prepare');
    const item = Object.entries(sampleProgram().manifest).find(
      ([id, { type }]) => id !== showing && (prepared?.content.type === 'video' ? type === 'video' : type === 'card'),
    )?.[0];
    const idles = rig.commands.filter((c) => c.type === 'idle').length;
    rig.engine.setProgram(activate(without(item ?? '')));
    rig.time.advance(minutes(2));
    expect(rig.commands.filter((c) => c.type === 'idle').length).toBe(idles);
    expect(rig.plays().filter((p) => p.item === item && p.t0 >= at('08:05'))).toEqual([]);
  });

  test('[WD3] a promise all of whose content is withdrawn stays promised, and is short because of it', () => {
    const rig = running(at('21:30'), evening());
    rig.time.advance(minutes(5));
    const before = rig.plays().filter((p) => p.commitment === 'c1' && countsAsPlay(p)).length;
    rig.engine.setProgram(activate(without('film-a', evening())));
    rig.time.advance(2_000);
    expect(rig.engine.status().short).toMatchObject({ c1: { reason: 'withdrawn' } });
    rig.time.advance(minutes(60 * 3));
    const close = rig.records().find((r) => r.kind === 'dayclose');
    expect(close).toMatchObject({ evidence: { plays: { c1: before }, short: { c1: 'withdrawn' } } });
  });
});
