/** The stage's decisions: moments, failures, the event queue, the running ticker, the pairing code. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StageEvent } from '../../../protocol/stage.ts';
import { stageCommandSchema } from '../../../protocol/stage.ts';
import { createEventQueue, QUEUE_LIMIT } from '../../../renderer/player/bridge/event-queue.ts';
import { readCommand } from '../../../renderer/player/bridge/read-command.ts';
import { filmFailure } from '../../../renderer/player/content/film-failure.ts';
import { bandSpeedPxPerS, gapPx, keyAfter, nextEntryAtMs } from '../../../renderer/player/overlay/conveyor.ts';
import { groupCode } from '../../../renderer/player/pages/group-code.ts';
import { HOLD_MS, holdMs, STEP_MS, switchMoment } from '../../../renderer/player/stage/switch-moment.ts';

describe('the moment of a switch', () => {
  test('[ST4] the end of the film decides where it nearly coincides with the plan', () => {
    expect(switchMoment(10_000, null)).toBe(10_000);
    expect(switchMoment(10_000, 9_950)).toBe(9_950);
    expect(switchMoment(10_000, 10_070)).toBe(10_070);
    expect(switchMoment(10_000, 9_850)).toBe(9_850 + STEP_MS);
    expect(switchMoment(10_000, 10_150)).toBe(10_150 - STEP_MS);
    expect(switchMoment(10_000, 9_000)).toBe(10_000);
    expect(switchMoment(10_000, 14_000)).toBe(10_000);
  });

  test('[ST5] a film switched on early waits on its first frame, within bounds', () => {
    expect(holdMs(1_000, 980)).toBe(20);
    expect(holdMs(1_000, 1_010)).toBe(0);
    expect(holdMs(1_000, 500)).toBe(HOLD_MS);
  });

  test('[ST4] a loop of films never leaves the plan by more than the step needs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -12, max: 20 }), { minLength: 50, maxLength: 200 }), (errorsMs) => {
        // Each film lasts 3 s on the plan and 3 s plus an error in truth.
        let clockMs = 0;
        for (const [index, errorMs] of errorsMs.entries()) {
          const plannedMs = (index + 1) * 3_000;
          const at = switchMoment(plannedMs, clockMs + 3_000 + errorMs);
          expect(Math.abs(at - plannedMs)).toBeLessThanOrEqual(110);
          clockMs = at + holdMs(plannedMs, at);
        }
      }),
    );
  });
});

describe('the event queue', () => {
  const pulse = (frames: number): StageEvent => ({ type: 'pulse', showing: null, frames });
  const started = (id: string): StageEvent => ({ type: 'started', id });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };

  test('[ST15] every event arrives once and in order, however often the agent is away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (away) => {
        const taken: string[] = [];
        const timers: (() => void)[] = [];
        let call = 0;
        const queue = createEventQueue({
          async post(event) {
            const fails = away[call] ?? false;
            call += 1;
            if (fails) throw new Error('away');
            if ('id' in event) taken.push(event.id);
            return 'taken';
          },
          wait: (_ms, run) => void timers.push(run),
        });
        const ids = Array.from({ length: 10 }, (_, index) => `s${index}`);
        for (const id of ids) {
          queue.add(started(id));
          await settle();
          timers.shift()?.();
        }
        for (let turn = 0; turn < 100; turn += 1) {
          await settle();
          timers.shift()?.();
        }
        expect(taken).toEqual(ids);
      }),
    );
  });

  test('[ST15] a long absence costs pulses first and keeps the newest events', async () => {
    const taken: StageEvent[] = [];
    let away = true;
    const timers: (() => void)[] = [];
    const queue = createEventQueue({
      async post(event) {
        if (away) throw new Error('away');
        taken.push(event);
        return 'taken';
      },
      wait: (_ms, run) => void timers.push(run),
    });
    for (let index = 0; index < QUEUE_LIMIT * 2; index += 1) {
      queue.add(pulse(index));
      if (index % 4 === 0) queue.add(started(`s${index}`));
    }
    await settle();
    away = false;
    timers.shift()?.();
    for (let turn = 0; turn < 40; turn += 1) await settle();
    expect(taken.filter((event) => event.type === 'started')).toHaveLength(QUEUE_LIMIT / 2);
    expect(taken.filter((event) => event.type === 'pulse').length).toBeLessThanOrEqual(2);
  });
});

test('[ST16] a command that fits no schema is dropped, and its slot reported', () => {
  const sent: StageEvent[] = [];
  const read = (raw: unknown) =>
    readCommand(
      raw,
      (value) => stageCommandSchema.safeParse(value),
      (event) => sent.push(event),
    );
  expect(read({ type: 'show', id: 'a', inMs: 0 })).toEqual({ type: 'show', id: 'a', inMs: 0 });
  expect(sent).toEqual([]);
  for (const raw of [null, 7, 'x', {}, { type: 'dance', id: 5 }, { type: 'idle', reason: 'lunch' }])
    expect(read(raw)).toBeNull();
  expect(sent).toEqual([]);
  expect(read({ type: 'prepare', id: 'b', content: { type: 'hologram' }, durationMs: 5 })).toBeNull();
  expect(sent).toMatchObject([{ type: 'failed', id: 'b', reason: 'unsupported' }]);
});

test.each([
  [{ code: 2, message: '', httpStatus: 'not-asked' }, 'load'],
  [{ code: 3, message: 'PIPELINE_ERROR_DECODE', httpStatus: 'not-asked' }, 'decode'],
  [{ code: 4, message: 'Format error', httpStatus: 404 }, 'load'],
  [{ code: 4, message: 'Format error', httpStatus: null }, 'load'],
  [{ code: 4, message: 'DEMUXER_ERROR_COULD_NOT_OPEN', httpStatus: 206 }, 'decode'],
  [{ code: 4, message: 'DEMUXER_ERROR_NO_SUPPORTED_STREAMS', httpStatus: 206 }, 'unsupported'],
] as const)('[ST17] media error %o is reported as %s', (error, reason) => {
  expect(filmFailure(error).reason).toBe(reason);
});

describe('the running ticker', () => {
  test('[ST27] the head of a line enters as the tail of the one before has entered', () => {
    const last = { key: 'a', entersAtMs: 1_000, widthPx: 360 };
    expect(nextEntryAtMs(last, 500, 180)).toBe(3_000);
    expect(nextEntryAtMs(last, 9_000, 180)).toBe(9_000);
    expect(nextEntryAtMs(null, 700, 180)).toBe(700);
  });

  test('[ST27] the speed is a whole number of pixels a refresh', () => {
    for (let letterPx = 8; letterPx < 200; letterPx += 1) expect(bandSpeedPxPerS(letterPx) % 60).toBe(0);
  });

  test('[ST28] gaps keep a line from standing on the screen twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 50 }), (widths) => {
        const gap = gapPx(widths, 1_920, 100);
        const round = widths.reduce((sum, width) => sum + width + gap, 0);
        // From a line's head to its own next head lies one round; it is gone when that enters.
        expect(gap).toBeGreaterThanOrEqual(100);
        expect(round).toBeGreaterThanOrEqual(1_920);
      }),
    );
  });

  test('[ST29] lines follow one another round, also after the last one was withdrawn', () => {
    expect(keyAfter(['a', 'b'], null)).toBe('a');
    expect(keyAfter(['a', 'b'], 'a')).toBe('b');
    expect(keyAfter(['a', 'b'], 'b')).toBe('a');
    expect(keyAfter(['a', 'b'], 'gone')).toBe('a');
    expect(keyAfter([], 'a')).toBeUndefined();
  });
});

test.each([
  ['482913', ['482', '913']],
  ['7KQ4M9TX', ['7KQ4', 'M9TX']],
  ['ABC-DEF-GHI', ['ABC', 'DEF', 'GHI']],
  ['1234', ['1234']],
  ['', []],
])('the pairing code %s is read out in groups', (code, groups) => {
  expect(groupCode(code)).toEqual(groups);
});
