/** What planning costs, for one screen and for a fleet, against a player that decides item by item; and how even the plans are. */
import { planDay } from '../../domain/plan/plan-day.ts';
import type { Program } from '../../domain/plan/program.ts';
import { replanDay } from '../../domain/plan/replan-day.ts';
import { benchProgram, realisticProgram } from '../helpers/random-program.ts';
import { benchBooking } from './booking.bench.ts';
import { type BenchGroup, median } from './figure.ts';
import { fleetProgram, spreadOf } from './fleet-programs.ts';
import { playNaively } from './naive-player.ts';

const DATE = '2026-07-01';
const HOUR_MS = 3_600_000;
const OPEN_MS = Date.parse(`${DATE}T05:00:00+08:00`);
const CLOSE_MS = Date.parse(`${DATE}T23:00:00+08:00`);

/** Screens of the fleet, programs that differ where screens share them, and programs planned in any case to know the cost of one. */
const SCREENS = 100_000;
const SHARED_PROGRAMS = 500;
const SAMPLE = 5000;

/** The whole fleet is planned only where that is over within this time, seconds. */
const PATIENCE_S = 90;

const SPREAD_DAYS = 1000;

/** An 18 hour day with 20 and with 100 commitments; the same after an outage; fleets; and gaps of realistic days. */
export const planGroup: BenchGroup = async (report) => {
  reportDay(report, 'plan-day-20-ms', benchProgram(20));
  reportDay(report, 'plan-day-100-ms', benchProgram(100));
  reportDay(report, 'plan-day-20-full-ms', benchProgram(20, 70));
  benchBooking(report);
  reportReplan(report);
  reportShared(report);
  reportFleet(report);
  reportSpread(report);
};

/** One day; `full`: 1,400 promised plays instead of 400. */
function reportDay(report: Parameters<BenchGroup>[0], name: string, program: Program): void {
  const value = timeMs(400, 400, () => planDay(program, DATE, {}, OPEN_MS));
  const naive = timeMs(0, 1, () => playNaively(program, DATE, OPEN_MS, CLOSE_MS));
  report({ name, value, unit: 'ms', reference: 'item-by-item player with a full rescan', ratio: value / naive });
}

/** The day planned again at 50 % of it, of which the last tenth was dark. */
function reportReplan(report: Parameters<BenchGroup>[0]): void {
  const program = benchProgram(20);
  const darkMs = OPEN_MS + 0.4 * 18 * HOUR_MS;
  const played = planDay(program, DATE, {}, OPEN_MS)
    .slots.filter((slot) => slot.startMs + slot.durationMs <= darkMs)
    .map(({ startMs, durationMs, item, commitment }) => ({ startMs, durationMs, item, commitment, counted: true }));
  const value = timeMs(400, 400, () => replanDay(program, DATE, played, OPEN_MS + 9 * HOUR_MS));
  const fresh = timeMs(400, 400, () => planDay(program, DATE, {}, OPEN_MS));
  report({ name: 'replan-day-20-ms', value, unit: 'ms', reference: 'planning the whole day', ratio: value / fresh });
}

/** Every program planned once for all screens that share it; what one by one would cost is estimated from the same programs. */
function reportShared(report: Parameters<BenchGroup>[0]): void {
  const value = planFleet(0, SHARED_PROGRAMS);
  const eachS = value / SHARED_PROGRAMS;
  report({
    name: 'fleet-500-programs-s',
    value,
    unit: 's',
    reference: 'planning 100,000 screens one by one',
    ratio: value / (eachS * SCREENS),
  });
}

/** Every screen with a program of its own, made and planned in a stream; from a sample where all would take too long. */
function reportFleet(report: Parameters<BenchGroup>[0]): void {
  const sampleS = planFleet(0, SAMPLE);
  const estimateS = (sampleS * SCREENS) / SAMPLE;
  const isWhole = estimateS < PATIENCE_S;
  const value = isWhole ? sampleS + planFleet(SAMPLE, SCREENS) : estimateS;
  const reference = isWhole ? null : `estimated from ${SAMPLE} programs`;
  report({ name: 'fleet-100k-programs-s', value, unit: 's', reference, ratio: null });
}

/** Plans programs `from` to `to` of the fleet and keeps only a digest, so that nothing is left out. Seconds. */
function planFleet(from: number, to: number): number {
  const started = performance.now();
  let digest = 0;
  for (let k = from; k < to; k += 1) {
    for (const slot of planDay(fleetProgram(k), DATE, {}, OPEN_MS).slots) digest = (digest * 31 + slot.startMs) % 1e9;
  }
  if (Number.isNaN(digest)) throw new Error('a slot has no start');
  return (performance.now() - started) / 1000;
}

/** Widest gaps in mean gaps of their commitment over many realistic days: at the 95th percentile of the days, and the widest of all. */
function reportSpread(report: Parameters<BenchGroup>[0]): void {
  const worst = Array.from({ length: SPREAD_DAYS }, (_, k) =>
    spreadOf(planDay(realisticProgram(k + 1), DATE, {}, 0)),
  ).sort((a, b) => a - b);
  const none = { reference: null, ratio: null };
  const p95 = worst[Math.floor(0.95 * worst.length)] ?? Number.NaN;
  report({ name: 'spread-worst-p95', value: p95, unit: 'mean gaps', ...none });
  report({ name: 'spread-worst-max', value: worst.at(-1) ?? Number.NaN, unit: 'mean gaps', ...none });
}

/** Median of `runs` runs after `warmups` that do not count, milliseconds. */
function timeMs(warmups: number, runs: number, run: () => unknown): number {
  for (let k = 0; k < warmups; k += 1) run();
  const samples = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return median(samples);
}
