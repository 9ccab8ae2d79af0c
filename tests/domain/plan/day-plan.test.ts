/** The name of a slot: its date of service and planned start, read back or refused. */
import { expect, test } from 'vitest';
import { dateOfSlotId, slotId } from '../../../domain/plan/day-plan.ts';

const START_MS = Date.parse('2026-11-23T08:00:00+08:00');

test('[P21] a slot is named after its date of service and its planned start, and the date is read from the name', () => {
  expect(slotId('2026-11-23', START_MS)).toBe(`2026-11-23/${START_MS}`);
  expect(dateOfSlotId(slotId('2026-11-23', START_MS))).toBe('2026-11-23');
  expect(dateOfSlotId('2026-11-23/7')).toBe('2026-11-23');
});

test.each([
  '',
  '2026-11-23',
  '2026-11-23/',
  '2026-11-23/soon',
  '2026-11-23/7 ',
  ' 2026-11-23/7',
  '2026-11-23/7/7',
  '026-11-23/7',
  '2026-1-23/7',
  '2026-11-3/7',
  'yyyy-11-23/7',
  '2026-mm-23/7',
  '2026-11-dd/7',
  '2026-11-23/-7',
])('[P21] %j names no slot', (name) => {
  expect(dateOfSlotId(name)).toBeNull();
});
