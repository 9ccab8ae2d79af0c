/** When the turn of a promised play is, and the one thing that made it early or late. */
import { describe, expect, test } from 'vitest';
import type { Slot } from '../../../domain/plan/day-plan.ts';
import type { PromiseOutline } from '../../../domain/plan/promise-outline.ts';
import { type MoveCause, moveOf, turnOf } from '../../../domain/plan/slot-turn.ts';
import { NO_LIMITS } from '../../helpers/no-limits.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const min = (minutes: number): number => minutes * MINUTE_MS;

/** A promise of `a` with one film of two minutes, open from 0 to 600 minutes. */
const outlineOf = (over: Partial<PromiseOutline> = {}): PromiseOutline => ({
  id: 'a',
  scope: 'screen',
  required: 3,
  tally: 0,
  shortBy: 0,
  windows: [{ startMs: 0, endMs: min(600) }],
  promised: 3,
  makeGoods: 0,
  bonus: 0,
  firstMs: 0,
  lastMs: 0,
  doneByMs: null,
  bonusUntilMs: null,
  everyMs: 100,
  exactMs: [],
  ...NO_LIMITS,
  reached: { plays: 0, airtime: null },
  longestMs: min(2),
  ...over,
});

describe('the turn of a promised play', () => {
  const oneWindow = [{ startMs: 0, endMs: 1000 }];
  const twoWindows = [
    { startMs: 0, endMs: 100 },
    { startMs: 200, endMs: 300 },
  ];

  test.each<[string, Partial<PromiseOutline>, number, number, [number, number]]>([
    ['half a distance before and after its place', { firstMs: 50, everyMs: 100, windows: oneWindow }, 3, 0, [300, 400]],
    ['not before the opening', { firstMs: 20, everyMs: 100, windows: oneWindow }, 0, 0, [0, 70]],
    ['not before the plan begins', { firstMs: 50, everyMs: 100, windows: oneWindow }, 3, 333, [333, 400]],
    ['widened to whole milliseconds', { firstMs: 50, everyMs: 25, windows: oneWindow }, 0, 0, [37, 63]],
    ['closed hours are no part of it', { firstMs: 0, everyMs: 50, windows: twoWindows }, 2, 0, [75, 225]],
    ['the end of its hours is the end of a turn', { firstMs: 25, everyMs: 50, windows: twoWindows }, 1, 0, [50, 100]],
    ['closing is the end of the last turn', { firstMs: 225, everyMs: 200, windows: twoWindows }, 0, 0, [25, 300]],
  ])('[EX3] %s', (_, over, nth, openFromMs, [startMs, endMs]) => {
    expect(turnOf(outlineOf(over), nth, openFromMs)).toEqual({ startMs, endMs });
  });

  test('[EX3] without a rhythm or a first play there is none', () => {
    expect(turnOf(outlineOf({ everyMs: null }), 0, 0)).toBeNull();
    expect(turnOf(outlineOf({ firstMs: null }), 0, 0)).toBeNull();
  });
});

/** A slot of `commitment` at a minute, so many minutes long. */
const slot = (commitment: string | null, atMin: number, forMin = 2): Slot => ({
  startMs: min(atMin),
  durationMs: min(forMin),
  item: `film-${commitment}`,
  commitment,
  reason: commitment === null ? 'filler' : 'scheduled',
});

/** The turn from minute 100 to minute 120. */
const TURN = { startMs: min(100), endMs: min(120) };
const film = (of: string, minutes: number): MoveCause => ({
  kind: 'film',
  item: `film-${of}`,
  commitment: of,
  durationMs: min(minutes),
});

/** What is said of the slot of `a` among `slots`. */
function moveAmong(slots: Slot[], over: Partial<PromiseOutline> = {}, ownBeforeMs: number[] = []) {
  const index = slots.findIndex(({ commitment }) => commitment === 'a');
  return moveOf(outlineOf(over), slots, index, TURN, ownBeforeMs);
}

describe('in its turn or out of it', () => {
  test('[EX3] a play in its turn is not moved: the start of the turn is in it, its end is not', () => {
    expect(moveAmong([slot('a', 100)])).toBeNull();
    expect(moveAmong([slot('a', 119)])).toBeNull();
    expect(moveAmong([slot('a', 120)])).toEqual({ direction: 'late', byMs: 0, because: { kind: 'uneven' } });
    expect(moveAmong([slot('a', 123)])).toMatchObject({ direction: 'late', byMs: min(3) });
    expect(moveAmong([slot('a', 99)])).toEqual({ direction: 'early', byMs: min(1), because: { kind: 'uneven' } });
    expect(moveOf(outlineOf(), [slot('a', 99)], 1, TURN, [])).toBeNull();
  });
});

describe('why a play is early', () => {
  const until = (endMin: number): Partial<PromiseOutline> => ({ windows: [{ startMs: 0, endMs: min(endMin) }] });

  test('[EX3] its hours close before its longest film could run in its turn', () => {
    expect(moveAmong([slot('a', 90)], until(101))?.because).toEqual({ kind: 'closes', atMs: min(101) });
    expect(moveAmong([slot('a', 90)], until(102))?.because).toEqual({ kind: 'uneven' });
    const later = { windows: [...(until(92).windows ?? []), { startMs: min(95), endMs: min(200) }] };
    expect(moveAmong([slot('a', 96)], later)?.because).toEqual({ kind: 'uneven' });
    expect(moveAmong([slot('a', 92)], later)?.because).toEqual({ kind: 'uneven' });
  });

  test('[EX3] the longest gap since the last play would be over before its turn', () => {
    const gap = { maxGapMs: min(30) };
    expect(moveAmong([slot('a', 90)], gap, [min(10), min(69)])?.because).toEqual({
      kind: 'max-gap',
      maxGapMs: min(30),
    });
    expect(moveAmong([slot('a', 90)], gap, [min(10), min(70)])?.because).toEqual({ kind: 'uneven' });
    expect(moveAmong([slot('a', 90)], gap)?.because).toEqual({ kind: 'uneven' });
  });

  test('[EX3] the longest of the films of others is named that fill half of its turn', () => {
    const because = (...others: Slot[]): MoveCause | undefined => moveAmong([slot('a', 90), ...others])?.because;
    expect(because(slot('b', 100, 4), slot('c', 104, 6))).toEqual(film('c', 6));
    expect(because(slot('b', 100, 6), slot('c', 106, 4))).toEqual(film('b', 6));
    expect(because(slot('b', 100, 5), slot('c', 106, 4))).toEqual({ kind: 'uneven' });
    expect(because(slot('b', 95, 15))).toEqual(film('b', 15));
    expect(because(slot('b', 94, 15))).toEqual({ kind: 'uneven' });
    expect(because(slot('b', 110, 15))).toEqual(film('b', 15));
    expect(because(slot('b', 111, 15))).toEqual({ kind: 'uneven' });
    expect(because(slot('b', 91, 9), slot('b', 120, 30))).toEqual({ kind: 'uneven' });
    expect(because(slot(null, 100, 20))).toEqual({ kind: 'uneven' });
    expect(because(slot('a', 100, 20))).toEqual({ kind: 'uneven' });
  });
});

describe('why a play is late', () => {
  test('[EX3] the least distance to the play before it is named where it lasts past the turn', () => {
    const apart = { minGapMs: min(30) };
    expect(moveAmong([slot('a', 125)], apart, [min(10), min(90)])?.because).toEqual({
      kind: 'min-gap',
      minGapMs: min(30),
    });
    expect(moveAmong([slot('a', 125)], apart, [min(91), min(89)])?.because).toEqual({ kind: 'uneven' });
    expect(moveAmong([slot('a', 125)], apart)?.because).toEqual({ kind: 'uneven' });
  });

  test('[EX3] the most an hour is named where so many plays back are less than an hour before the end of the turn', () => {
    const hourly = { maxPlaysPerHour: 2 };
    const limit = { kind: 'hour-limit', limit: 2 };
    expect(moveAmong([slot('a', 125)], hourly, [min(60), min(70)])?.because).toEqual(limit);
    expect(moveAmong([slot('a', 125)], hourly, [min(59), min(70)])?.because).toEqual({ kind: 'uneven' });
    expect(moveAmong([slot('a', 125)], hourly, [min(70)])?.because).toEqual({ kind: 'uneven' });
    expect(TURN.endMs - HOUR_MS).toBe(min(60));
  });

  test('[EX3] the opening of its hours is named where it is not before the end of the turn', () => {
    const from = (startMin: number): Partial<PromiseOutline> => ({
      windows: [
        { startMs: 0, endMs: min(60) },
        { startMs: min(startMin), endMs: min(600) },
      ],
    });
    expect(moveAmong([slot('a', 125)], from(120))?.because).toEqual({ kind: 'opens', atMs: min(120) });
    expect(moveAmong([slot('a', 125)], from(119))?.because).toEqual({ kind: 'uneven' });
    expect(moveAmong([slot('a', 120)], from(120))?.because).toEqual({ kind: 'opens', atMs: min(120) });
  });

  test('[EX3] of films one after another up to the play, from within its turn, the longest is named', () => {
    const because = (...slots: Slot[]): MoveCause | undefined => moveAmong(slots)?.because;
    expect(because(slot('b', 117, 3), slot('c', 120, 4), slot('a', 124))).toEqual(film('c', 4));
    expect(because(slot('b', 116, 4), slot('c', 120, 3), slot('a', 123))).toEqual(film('b', 4));
    expect(because(slot('b', 117, 3), slot('c', 120, 3), slot('a', 123))).toEqual(film('c', 3));
    // What began after the turn did not keep the play from it.
    expect(because(slot('c', 120, 4), slot('a', 124))).toEqual({ kind: 'uneven' });
    // A film of before the turn is the last looked at.
    expect(because(slot('b', 99, 1), slot('c', 100, 22), slot('a', 122))).toEqual(film('c', 22));
    expect(because(slot('b', 60, 39), slot('c', 99, 23), slot('a', 122))).toEqual(film('c', 23));
    expect(because(slot('b', 60, 40), slot('c', 100, 22), slot('a', 122))).toEqual(film('c', 22));
  });

  test('[EX3] a pause of more than a second ends the run of films', () => {
    const endingAt = (endMs: number): Slot => ({ ...slot('b', 119), durationMs: endMs - min(119) });
    expect(moveAmong([endingAt(min(122) - 1000), slot('a', 122)])?.because).toMatchObject({ kind: 'film' });
    expect(moveAmong([endingAt(min(122) - 1001), slot('a', 122)])?.because).toEqual({ kind: 'uneven' });
  });

  test('[EX3] a loop item is named only where it runs up to the play from within its turn', () => {
    const loop = { kind: 'loop-item', item: 'film-null', durationMs: min(3) };
    expect(moveAmong([slot(null, 118, 3), slot('a', 121)])?.because).toEqual(loop);
    expect(moveAmong([slot(null, 120, 3), slot('a', 123)])?.because).toEqual({ kind: 'uneven' });
    expect(moveAmong([slot(null, 116, 3), slot('b', 119, 3), slot('a', 122)])?.because).toEqual(film('b', 3));
    expect(moveAmong([slot(null, 117, 3), slot('b', 120, 3), slot('a', 123)])?.because).toEqual({ kind: 'uneven' });
    expect(moveAmong([slot(null, 118, 3), slot('a', 122)])?.because).toEqual({ kind: 'uneven' });
  });

  test('[EX3] else films of others that fill half of its turn are named', () => {
    expect(moveAmong([slot('b', 100, 10), slot('a', 125)])?.because).toEqual(film('b', 10));
    expect(moveAmong([slot('b', 100, 9), slot('a', 125)])?.because).toEqual({ kind: 'uneven' });
  });
});
