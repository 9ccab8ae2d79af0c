/** A count for all screens together is shared out by room, evenly, and anew when a screen goes down or comes back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestPart, type Room, shareOut } from '../../../domain/plan/share-out.ts';
import { shareRest, type TargetScreen } from '../../../domain/plan/share-rest.ts';

const rooms = fc
  .array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 })
  .map((list): Room[] => list.map((room, k) => ({ id: `screen-${String(k).padStart(2, '0')}`, room })));
const counts = fc.integer({ min: 0, max: 12_000 });
const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);

test('[TW1] the parts of a count sum up to it where the rooms do, and else every screen gets all its room', () => {
  fc.assert(
    fc.property(counts, rooms, (count, screens) => {
      const total = sum(screens.map(({ room }) => room));
      const { parts, shortBy } = shareOut(count, screens);
      expect(sum(parts) + shortBy).toBe(count);
      expect(shortBy).toBe(Math.max(0, count - total));
    }),
  );
});

test('[TW1] no part is more than its room, and no screen is two plays off its even share', () => {
  fc.assert(
    fc.property(counts, rooms, (count, screens) => {
      const total = sum(screens.map(({ room }) => room));
      const { parts } = shareOut(count, screens);
      for (const [k, { room }] of screens.entries()) {
        const part = parts[k] ?? Number.NaN;
        expect(part).toBeLessThanOrEqual(room);
        expect(Math.abs(part - Math.min(room, (count * room) / Math.max(1, total)))).toBeLessThan(1);
        expect(part).toBeLessThanOrEqual(largestPart(count, room, total));
      }
    }),
  );
});

test('[TW1] a screen with more room never gets less than one with less', () => {
  fc.assert(
    fc.property(counts, rooms, (count, screens) => {
      const { parts } = shareOut(count, screens);
      const byRoom = screens.map(({ room }, k) => ({ room, part: parts[k] ?? 0 }));
      byRoom.sort((a, b) => a.room - b.room || a.part - b.part);
      for (let k = 1; k < byRoom.length; k += 1) {
        expect(byRoom[k]?.part).toBeGreaterThanOrEqual(byRoom[k - 1]?.part ?? 0);
      }
    }),
  );
});

test('[TW1] the order in which screens are listed decides nothing', () => {
  fc.assert(
    fc.property(counts, rooms, fc.func(fc.integer()), (count, screens, rank) => {
      const byId = (list: readonly Room[]): [string, number | undefined][] =>
        list.map(({ id }, k): [string, number | undefined] => [id, shareOut(count, list).parts[k]]).sort();
      const shuffled = [...screens].sort((a, b) => rank(a.id) - rank(b.id));
      expect(byId(shuffled)).toEqual(byId(screens));
    }),
    { numRuns: 40 },
  );
});

test('[TW1] of equal screens those with the lesser ids get the odd plays', () => {
  const screens = ['c', 'a', 'd', 'b'].map((id) => ({ id, room: 10 }));
  expect(shareOut(6, screens)).toEqual({ parts: [1, 2, 1, 2], shortBy: 0 });
  expect(shareOut(50, screens)).toEqual({ parts: [10, 10, 10, 10], shortBy: 10 });
  expect(shareOut(3, [])).toEqual({ parts: [], shortBy: 3 });
});

const screen = (id: string, over: Partial<TargetScreen>): TargetScreen => ({
  id,
  room: 100,
  counted: 0,
  isUp: true,
  part: null,
  ...over,
});

test('[TW2] what a screen that went down has not played goes to those that are up, and it keeps its part', () => {
  const parts = shareRest(60, [
    screen('a', { counted: 10, part: 20 }),
    screen('b', { counted: 4, part: 20, isUp: false }),
    screen('c', { counted: 10, part: 20 }),
  ]);
  // 60 less the 24 counted is 36, of which each of the two gets 18 beside its own 10.
  expect(parts).toEqual([28, 20, 28]);
});

test('[TW2] a screen that comes back takes its part of what is left', () => {
  const parts = shareRest(60, [
    screen('a', { counted: 20, part: 28, room: 40 }),
    screen('b', { counted: 4, part: 20, room: 40 }),
    screen('c', { counted: 18, part: 28, room: 40 }),
  ]);
  expect(parts).toEqual([26, 10, 24]);
});

test('[TW2] plays counted anywhere are never asked for again, nor is more asked for than is left', () => {
  const screens = fc.array(
    fc.record({
      room: fc.integer({ min: 0, max: 60 }),
      counted: fc.integer({ min: 0, max: 60 }),
      isUp: fc.boolean(),
      part: fc.option(fc.integer({ min: 0, max: 60 })),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), screens, (count, list) => {
      const target = list.map((one, k) => ({ id: `s${k}`, ...one }));
      const parts = shareRest(count, target);
      const isAnyUp = target.some(({ isUp, room }) => isUp && room > 0);
      const takers = target.map((one, k) => ({ ...one, now: parts[k] ?? 0 })).filter(({ isUp }) => isUp || !isAnyUp);
      const left = Math.max(0, count - sum(target.map(({ counted }) => counted)));
      const asked = sum(takers.map(({ now, counted }) => now - counted));
      expect(asked).toBe(Math.min(left, sum(takers.map(({ room }) => room))));
      for (const { now, counted, room } of takers) {
        expect(now).toBeGreaterThanOrEqual(counted);
        expect(now - counted).toBeLessThanOrEqual(room);
      }
      for (const [k, { isUp, part }] of target.entries()) {
        if (isAnyUp && !isUp) expect(parts[k]).toBe(part ?? 0);
      }
    }),
  );
});
