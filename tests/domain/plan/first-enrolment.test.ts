/** On the day a screen gets its first player, plays due before that are owed to nobody. */
import { expect, test } from 'vitest';
import type { SlotReason } from '../../../domain/plan/day-plan.ts';
import type { SlotExplanation } from '../../../domain/plan/explain-slot.ts';
import { blameEnrolment, firstEnrolment, isOwedToEnrolment } from '../../../domain/plan/first-enrolment.ts';
import { planDay } from '../../../domain/plan/plan-day.ts';
import { NOTHING_SHOWN, outlineDay } from '../../../domain/plan/promise-outline.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const AT = 1000;
const enrolled = { atMs: AT, owed: new Map([['a', 2]]) };
const slot = (startMs: number, commitment: string | null = 'a', reason: SlotReason = 'make-good') => ({
  startMs,
  commitment,
  reason,
});

test('[EX7] as many make-goods as were due before the enrolment make up for it, and no more', () => {
  expect(isOwedToEnrolment(enrolled, slot(AT), [])).toBe(true);
  expect(isOwedToEnrolment(enrolled, slot(AT + 2), [slot(AT)])).toBe(true);
  expect(isOwedToEnrolment(enrolled, slot(AT + 2), [slot(AT), slot(AT + 1)])).toBe(false);
  const others = [slot(AT), slot(AT, 'b'), slot(AT, null), slot(AT, 'a', 'scheduled'), slot(AT, 'b')];
  expect(isOwedToEnrolment(enrolled, slot(AT + 2), others)).toBe(true);
});

test('[EX7] what stands before the enrolment, is no make-good or was not due is not owed to it', () => {
  expect(isOwedToEnrolment(enrolled, slot(AT - 1), [])).toBe(false);
  expect(isOwedToEnrolment(enrolled, slot(AT, 'a', 'scheduled'), [])).toBe(false);
  expect(isOwedToEnrolment(enrolled, slot(AT, 'b'), [])).toBe(false);
  expect(isOwedToEnrolment(enrolled, slot(AT, null), [])).toBe(false);
});

test('[EX7] what was due before is what the plan that begins with the enrolment makes good', () => {
  const nowMs = Date.parse('2026-07-01T14:30:00+08:00');
  const program = programOf([commitmentOf('a', { minPlays: 60, frontLoad: 1 }), commitmentOf('b')]);
  const plan = planDay(program, '2026-07-01', {}, nowMs);
  const makeGoods = plan.slots.filter(({ reason }) => reason === 'make-good').length;
  expect(makeGoods).toBeGreaterThan(10);
  expect(firstEnrolment(outlineDay(program, plan, nowMs, NOTHING_SHOWN))).toEqual({
    atMs: nowMs,
    owed: new Map([
      ['a', makeGoods],
      ['b', 0],
    ]),
  });
});

test('[EX7] only a make-good is blamed on the enrolment', () => {
  const of = { item: 'i', commitment: 'a', startMs: AT };
  const madeGood: SlotExplanation = { kind: 'make-good', ...of, nth: 1, of: 3, because: 'missed', missedBeforeMs: 5 };
  expect(blameEnrolment(madeGood, AT)).toEqual({ ...madeGood, because: 'not-enrolled', missedBeforeMs: AT });
  const bonus: SlotExplanation = { kind: 'bonus', ...of, required: 3, isBetween: false };
  expect(blameEnrolment(bonus, AT)).toBe(bonus);
});
