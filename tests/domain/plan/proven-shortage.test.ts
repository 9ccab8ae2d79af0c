/** What can be proved short without a plan is proved to the play, and nothing is claimed that is not. */
import { describe, expect, test } from 'vitest';
import { planDay } from '../../../domain/plan/plan-day.ts';
import type { ProgramCommitment } from '../../../domain/plan/program.ts';
import { provenShortage } from '../../../domain/plan/proven-shortage.ts';
import { DAY, dayOf, film, minute, part, smallProgram } from '../../helpers/day-tasks.ts';
import { commitmentOf } from '../../helpers/random-program.ts';

type Wish = Partial<ProgramCommitment> & { minPlays: number };
const MINUTE_MS = 60_000;

const programWith = (wishes: Wish[], openMin = 60) =>
  smallProgram(
    wishes.map((wish, k) => commitmentOf(`c${k}`, { items: [film(10)], ...wish })),
    openMin,
  );

/** How many plays are proved to be all that fit, by id of what gives way; null where nothing is proved. Its conflicts are those of the plan. */
function provenFits(wishes: Wish[], openMin = 60): Record<string, number> | null {
  const program = programWith(wishes, openMin);
  const shortage = provenShortage(dayOf(program));
  if (shortage) expect(shortage.conflicts).toEqual(planDay(program, DAY, {}, 0).conflicts);
  return shortage && Object.fromEntries(shortage.fits);
}

describe('shortages proved without a plan', () => {
  test('[P20] where all fits there is none', () => {
    expect(provenFits([{ minPlays: 6 }])).toBeNull();
    expect(provenFits([{ minPlays: 2 }, { minPlays: 0 }, { minPlays: 4 }])).toBeNull();
    expect(provenFits([])).toBeNull();
  });

  test('[P9] [P20] more than a commitment holds alone', () => {
    expect(provenFits([{ minPlays: 9 }])).toEqual({ c0: 6 });
    expect(provenFits([{ minPlays: 9, dayParts: [part(0, 35)] }, { minPlays: 1 }])).toEqual({ c0: 3 });
    expect(provenFits([{ minPlays: 1, dayParts: [part(0, 9)] }])).toEqual({ c0: 0 });
    expect(provenFits([{ minPlays: 1 }, { minPlays: 5, minGapMs: 20 * MINUTE_MS }])).toEqual({ c1: 3 });
  });

  test('[P9] [P20] more work in a span than there is open time, of which the least important gives way', () => {
    expect(provenFits([{ minPlays: 4 }, { minPlays: 4 }])).toEqual({ c1: 2 });
    expect(provenFits([{ minPlays: 4 }, { minPlays: 4, priority: 1 }])).toEqual({ c0: 2 });
    expect(provenFits([{ minPlays: 6 }, { minPlays: 6 }, { minPlays: 1 }])).toEqual({ c1: 0, c2: 0 });
    const evening = { dayParts: [part(30, 60)] };
    expect(
      provenFits([
        { minPlays: 2, ...evening },
        { minPlays: 2, ...evening },
        { minPlays: 1, dayParts: [part(0, 30)] },
      ]),
    ).toEqual({ c1: 1 });
  });

  test('[K4] it says by how much, and where', () => {
    const program = programWith([{ minPlays: 4 }, { minPlays: 4 }]);
    expect(provenShortage(dayOf(program))?.conflicts).toEqual([
      {
        kind: 'overbooked',
        commitments: ['c1', 'c0'],
        startMs: minute(0),
        endMs: minute(60),
        overflowMs: 20 * MINUTE_MS,
        fits: 2,
      },
    ]);
  });
});

describe('what is not proved', () => {
  test('[P20] a shortage that only a complete search finds', () => {
    expect(
      provenFits([
        { minPlays: 1, items: [film(40)] },
        { minPlays: 1, dayParts: [part(20, 40)] },
      ]),
    ).toBeNull();
  });

  /** The hour is overbooked most and takes three plays of the first; then its beginning is, and what gives way there makes room for one. */
  const relieved = (over: Partial<ProgramCommitment>): Wish[] => [
    { minPlays: 4, dayParts: [part(0, 60)], ...over },
    { minPlays: 2, dayParts: [part(0, 20)], priority: 2 },
    { minPlays: 1, dayParts: [part(0, 20)], priority: 1 },
    { minPlays: 2, dayParts: [part(20, 60)], priority: 2 },
  ];

  test('[P20] one that is not proved to the play', () => {
    expect(provenFits(relieved({}))).toBeNull();
    expect(provenFits(relieved({ minPlays: 2 }))).toEqual({ c2: 0 });
  });

  test('[P20] nor what is, beside it', () => {
    const evening = { minPlays: 9, dayParts: [part(60, 90)] };
    expect(provenFits([evening], 90)).toEqual({ c0: 3 });
    expect(provenFits([evening, ...relieved({})], 90)).toBeNull();
    expect(provenFits([...relieved({}), evening], 90)).toBeNull();
  });
});
