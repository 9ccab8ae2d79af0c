/** By which programs a screen's date is judged, and what it comes to where one of them is not known for sure. */
import { describe, expect, test } from 'vitest';
import { commitmentOf } from '../../helpers/random-program.ts';
import { CLOSE_MS, dayOf, found, judge, minutes, OPEN_MS, programWith, timelineOf } from './support/judging-rig.ts';

describe('the programs of a date', () => {
  const strict = { q: programWith(commitmentOf('c1', { minPlays: 9 })) };
  /** What is asked for where the screen was given `q` after `p`. */
  const asked = (fromMs: number, programs = ['p']) =>
    judge(
      {
        timelines: [timelineOf(dayOf({ programs: new Set(programs) }))],
        assigned: [
          { program: 'p', fromMs: 0 },
          { program: 'q', fromMs },
        ],
      },
      strict,
    ).promises[0]?.required;

  test('[BV5] are those that the device followed, and those in force within the hours', () => {
    expect([asked(CLOSE_MS), asked(CLOSE_MS - 1), asked(OPEN_MS), asked(0)]).toEqual([2, 9, 9, 9]);
    expect(asked(CLOSE_MS, ['p', 'q'])).toBe(9);
    expect(judge({ timelines: [timelineOf(null)] }).promises).toMatchObject([{ required: 2, plays: 0 }]);
    expect(judge({ timelines: [timelineOf(null)], assigned: [{ program: 'p', fromMs: CLOSE_MS }] })).toMatchObject({
      ...{ timeZone: null, promises: [], findings: [{ kind: 'no-program' }] },
    });
  });

  test('[BV2] [BV5] leave it incomplete where one is not here, not in the log, or was never given to the screen', () => {
    const other = { timelines: [timelineOf(dayOf({ programs: new Set(['q']) }))] };
    const given = [{ program: 'q', fromMs: 0 }];
    expect(found({ ...other, assigned: given })).toEqual(['incomplete', [{ kind: 'program-missing', program: 'q' }]]);
    expect(found({ isLogged: (hash) => hash !== 'p' })).toEqual([
      ...['incomplete', [{ kind: 'program-not-logged', program: 'p' }]],
    ]);
    const late = [{ program: 'p', fromMs: CLOSE_MS }];
    expect(found({ ...other, assigned: late }, strict)).toEqual([
      ...['incomplete', [{ kind: 'program-not-assigned', program: 'q' }]],
    ]);
    expect(found({ timelines: [timelineOf(dayOf({ programs: new Set() }))], assigned: [] })).toEqual([
      ...['incomplete', [{ kind: 'no-program' }]],
    ]);
  });
});

test('[BV2] [BV5] a program that is not here may have been in force whenever the date was somewhere', () => {
  const HOUR_MS = 3_600_000;
  const from = Date.UTC(2026, 6, 1) - 14 * HOUR_MS;
  const to = Date.UTC(2026, 6, 3) + 12 * HOUR_MS;
  /** The screen was given it, and then the one that it followed. */
  const between = (fromMs: number, untilMs: number) =>
    judge({
      assigned: [
        ...[
          { program: 'p', fromMs: 0 },
          { program: 'hidden', fromMs },
        ],
        { program: 'p', fromMs: untilMs },
      ],
    }).findings;
  const missing = [{ kind: 'program-missing', program: 'hidden' }];
  expect([between(from - 9, from + 1), between(to - 1, to + 9)]).toEqual([missing, missing]);
  expect([between(from - 9, from), between(to, to + 9)]).toEqual([[], []]);
});

test('[BV2] [BV5] what the screen had been given has to be shown from the time on when the date, or the screen, began', () => {
  expect(found({ knownFromMs: OPEN_MS })).toEqual(['proved', []]);
  const late = judge({ knownFromMs: OPEN_MS + 1 });
  expect([late.proof, late.findings, late.promises[0]?.verdict]).toEqual([
    ...['incomplete', [{ kind: 'programs-unknown' }], 'unknown'],
  ]);
  const from = (minute: number, startsNew: boolean) =>
    judge({
      ...{ startsNew, knownFromMs: minutes(5, 5).startMs },
      timelines: [timelineOf(dayOf(), { covered: () => [minutes(minute, 30)] })],
    }).findings.some(({ kind }) => kind === 'programs-unknown');
  expect([from(5, true), from(4, true), from(5, false)]).toEqual([false, true, true]);
});
