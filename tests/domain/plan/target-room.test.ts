/** How much room a screen has for a count of a whole target beside its own promises. */
import { expect, test } from 'vitest';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { targetRoom } from '../../../domain/plan/target-room.ts';
import { dayOf, film, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

/** The room that an hour has for ten-minute plays of the first of `wishes` beside the others. */
const roomBeside = (...wishes: Partial<ProgramCommitment>[]): number =>
  targetRoom(dayOf(smallProgram(wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish })))), 'c0');

test('[K1] the room is what the promises of the others leave, whatever its own are', () => {
  expect(roomBeside({})).toBe(6);
  expect(roomBeside({ minPlays: 4 })).toBe(6);
  expect(roomBeside({}, { minPlays: 2 })).toBe(4);
  expect(roomBeside({}, { minPlays: 5 })).toBe(1);
  expect(roomBeside({}, { minPlays: 6 })).toBe(0);
  expect(roomBeside({}, { minPlays: 9 })).toBe(0);
  expect(targetRoom(dayOf(smallProgram([commitmentOf('a')])), 'b')).toBe(0);
});

test('[K1] of others with other hours only what falls into its own counts', () => {
  expect(roomBeside({ dayParts: [part(0, 30)] }, { minPlays: 2 })).toBe(2);
  expect(roomBeside({ dayParts: [part(0, 30)] }, { minPlays: 2, dayParts: [part(30, 60)] })).toBe(3);
  expect(roomBeside({}, { minPlays: 2, dayParts: [{ from: '05:00', to: '06:00' }] })).toBe(6);
  expect(roomBeside({ dayParts: [{ from: '05:00', to: '06:00' }] })).toBe(0);
});

test('[K1] shares of the others take their part of the time, the larger of plays and airtime, or their count', () => {
  expect(roomBeside({}, { minShare: 0.5 })).toBe(3);
  expect(roomBeside({}, { minAirtimeShare: 0.5 })).toBe(3);
  expect(roomBeside({}, { minShare: 0.2, minAirtimeShare: 0.5 })).toBe(3);
  expect(roomBeside({}, { minShare: 0.5, minAirtimeShare: 0.2 })).toBe(3);
  expect(roomBeside({}, { minPlays: 4, minShare: 0.5 })).toBe(2);
});

test('[K1] its own limits bound the room', () => {
  expect(roomBeside({ maxPlaysPerHour: 2 })).toBe(2);
  expect(roomBeside({ minGapMs: 25 * 60_000 })).toBe(3);
});
