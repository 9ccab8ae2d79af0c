/** What is promised on a date, and within which hours. */
import { expect, test } from 'vitest';
import { promisedOn } from '../../../domain/compliance/promise-day.ts';
import { commitmentOf, programOf } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const at = (time: string): number => Date.parse(`${DATE}T${time}:00+08:00`);

test('[V1] only what runs on the date is promised on it, in the order of the program', () => {
  const program = programOf([
    commitmentOf('over', { to: '2026-06-30' }),
    commitmentOf('a', { from: DATE, to: DATE }),
    commitmentOf('thursdays', { weekdays: ['thu'] }),
    commitmentOf('b'),
  ]);
  expect(promisedOn(program, DATE).map(({ promise }) => promise.id)).toEqual(['a', 'b']);
  expect(promisedOn(programOf([commitmentOf('late', { from: '2026-07-02' })]), DATE)).toEqual([]);
});

test('[V1] a promise has its hours as far as the screen is open, its exact times, and an end', () => {
  const program = programOf(
    [
      commitmentOf('parts', {
        dayParts: [
          { from: '07:00', to: '09:00' },
          { from: '17:00', to: '21:00' },
        ],
      }),
      commitmentOf('exact', { minPlays: 2, exactTimes: ['12:00', '09:30'] }),
      commitmentOf('night', { dayParts: [{ from: '22:00', to: '23:00' }] }),
    ],
    { from: '08:00', to: '20:00' },
  );
  expect(promisedOn(program, DATE).map(({ promise, ...day }) => [promise.id, day])).toEqual([
    [
      'parts',
      {
        windows: [
          { startMs: at('08:00'), endMs: at('09:00') },
          { startMs: at('17:00'), endMs: at('20:00') },
        ],
        exactMs: [],
        closesAtMs: at('20:00'),
      },
    ],
    [
      'exact',
      {
        windows: [{ startMs: at('08:00'), endMs: at('20:00') }],
        exactMs: [at('12:00'), at('09:30')],
        closesAtMs: at('20:00'),
      },
    ],
    ['night', { windows: [], exactMs: [], closesAtMs: null }],
  ]);
});
