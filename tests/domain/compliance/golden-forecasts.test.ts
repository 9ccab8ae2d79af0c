/** Forecasts of fixed days: their hashes lie in `golden/`; `-u` renews them. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { forecastDay } from '../../../domain/compliance/forecast-day.ts';
import type { Program } from '../../../domain/plan/program.ts';
import { range } from '../../helpers/golden-days.ts';
import { awkwardProgram, pickInt, seededRandom, variedProgram } from '../../helpers/random-program.ts';

const DATE = '2026-07-01';
const OPENING_MS = Date.parse(`${DATE}T06:00:00+08:00`);

/** What is forecast of every promise at three hours of the day, after any number of plays. */
function forecastsOf(program: Program, seed: number): string {
  const random = seededRandom(seed);
  const said = range(0, 2).map((k) => {
    const plays = Object.fromEntries(program.commitments.map((c) => [c.id, pickInt(random, 0, c.minPlays + 1)]));
    const loopPlays = pickInt(random, 0, 200);
    const soFar = { plays, loopPlays, loopShownMs: loopPlays * 14_000 };
    return [...forecastDay(program, DATE, soFar, OPENING_MS + k * pickInt(random, 30, 240) * 60_000)];
  });
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16);
}

test('[P19] [V5] [V8] the forecasts of fixed days stay what they were', async () => {
  const lines = [
    ...range(1, 40).map((seed) => `awkward ${seed} ${forecastsOf(awkwardProgram(seed), seed)}\n`),
    ...range(6, 20).map((seed) => `varied ${seed} ${forecastsOf(variedProgram(seed), seed)}\n`),
  ];
  await expect(lines.join('')).toMatchFileSnapshot('golden/forecasts.txt');
});
