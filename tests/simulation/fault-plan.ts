/** What goes wrong on one screen and when, drawn before the run. All times are true time, UTC milliseconds. */
import type { Program } from '../../domain/plan/program.ts';
import type { Chance } from './chance.ts';
import type { CrashPoint } from './crash-point.ts';

/** Something that happens to a screen. */
export type FaultEvent = { atMs: number } & (
  | { kind: 'stop'; cause: 'power' | 'agent'; point: CrashPoint | null; offMs: number; losesClock: boolean }
  | { kind: 'restart'; offMs: number }
  | { kind: 'takeover'; lengthMs: number }
  | { kind: 'network'; isUp: boolean }
  | { kind: 'clock'; byMs: number }
  | { kind: 'media'; item: string; state: 'failing' | 'missing' | 'fine' }
  | { kind: 'rot' }
);

/** How often things go wrong. Rates are of events a day; `network` shares are of requests, `stage` shares of showings. */
export type FaultRates = {
  stops: number;
  restarts: number;
  takeovers: number;
  outages: number;
  longestOutageMs: number;
  clockSteps: number;
  media: number;
  rot: number;
  network: { lost: number; unanswered: number; doubled: number; late: number; storeFails: number; damaged: number };
  stage: { failed: number; cut: number; late: number; edge: number };
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A year of bad luck in a month, and still a fleet that one would keep. */
export const REALISTIC: FaultRates = {
  stops: 0.2,
  restarts: 0.1,
  takeovers: 0.15,
  outages: 0.12,
  longestOutageMs: 21 * DAY_MS,
  clockSteps: 0.04,
  media: 0.05,
  rot: 0.003,
  network: { lost: 0.02, unanswered: 0.02, doubled: 0.02, late: 0.02, storeFails: 0.002, damaged: 0.0001 },
  stage: { failed: 1 / 6000, cut: 1 / 6000, late: 1 / 6000, edge: 1 / 4000 },
};

/** Much more of everything, for short runs that are to meet it all. */
export const ROUGH: FaultRates = {
  stops: 0.7,
  restarts: 0.3,
  takeovers: 0.5,
  outages: 0.4,
  longestOutageMs: 5 * DAY_MS,
  clockSteps: 0.25,
  media: 0.4,
  rot: 0.03,
  network: { lost: 0.05, unanswered: 0.05, doubled: 0.05, late: 0.05, storeFails: 0.02, damaged: 0.002 },
  stage: { failed: 1 / 800, cut: 1 / 800, late: 1 / 800, edge: 1 / 500 },
};

/** Nothing goes wrong. */
export const NONE: FaultRates = {
  stops: 0,
  restarts: 0,
  takeovers: 0,
  outages: 0,
  longestOutageMs: HOUR_MS,
  clockSteps: 0,
  media: 0,
  rot: 0,
  network: { lost: 0, unanswered: 0, doubled: 0, late: 0, storeFails: 0, damaged: 0 },
  stage: { failed: 0, cut: 0, late: 0, edge: 0 },
};

const POINTS: readonly [CrashPoint, ...CrashPoint[]] = [
  { op: 'append', how: 'before' },
  { op: 'append', how: 'torn' },
  { op: 'append', how: 'after' },
  { op: 'seal', how: 'before' },
  { op: 'seal', how: 'after' },
  { op: 'drop', how: 'before' },
  { op: 'drop', how: 'after' },
  { op: 'send', how: 'before' },
  { op: 'send', how: 'after' },
  { op: 'settle', how: 'before' },
  { op: 'settle', how: 'after' },
];

/** The events of a screen in [fromMs, toMs), in order of time. */
export function faultPlan(
  chance: Chance,
  rates: FaultRates,
  program: Program,
  span: { fromMs: number; toMs: number },
): FaultEvent[] {
  const { fromMs, toMs } = span;
  const days = (toMs - fromMs) / DAY_MS;
  const times = (rate: number): number[] =>
    Array.from({ length: Math.floor(rate * days + chance.next()) }, () => chance.int(fromMs, toMs - 1));
  // Some machines have no battery for their clock: they wake up in 1970.
  const losesClock = rates.clockSteps > 0 && chance.happens(0.25);
  const events: FaultEvent[] = [
    ...times(rates.stops).map((atMs) => stopAt(atMs, chance, losesClock)),
    ...times(rates.restarts).map((atMs): FaultEvent => ({ atMs, kind: 'restart', offMs: chance.int(3000, 90_000) })),
    ...times(rates.takeovers).map((atMs): FaultEvent => {
      return { atMs, kind: 'takeover', lengthMs: chance.logInt(MINUTE_MS, 45 * MINUTE_MS) };
    }),
    ...times(rates.outages).flatMap((atMs) => outageAt(atMs, chance, rates.longestOutageMs)),
    ...times(rates.clockSteps).map((atMs): FaultEvent => ({ atMs, kind: 'clock', byMs: stepOf(chance) })),
    ...times(rates.media).flatMap((atMs) => badMediaAt(atMs, chance, program)),
    ...times(rates.rot).map((atMs): FaultEvent => ({ atMs, kind: 'rot' })),
  ];
  return events.sort((a, b) => a.atMs - b.atMs);
}

function stopAt(atMs: number, chance: Chance, canLoseClock: boolean): FaultEvent {
  const point = chance.happens(0.5) ? chance.pick(POINTS) : null;
  const isPower = chance.happens(0.5);
  if (!isPower)
    return { atMs, kind: 'stop', cause: 'agent', point, offMs: chance.int(2000, 40_000), losesClock: false };
  // Now and then nobody is there to switch it on again before the weekend is over.
  const offMs = chance.happens(0.08) ? chance.int(DAY_MS, 4 * DAY_MS) : chance.logInt(20_000, 6 * HOUR_MS);
  return { atMs, kind: 'stop', cause: 'power', point, offMs, losesClock: canLoseClock };
}

function outageAt(atMs: number, chance: Chance, longestMs: number): FaultEvent[] {
  const lengthMs = chance.logInt(5 * MINUTE_MS, longestMs);
  return [
    { atMs, kind: 'network', isUp: false },
    { atMs: atMs + lengthMs, kind: 'network', isUp: true },
  ];
}

function stepOf(chance: Chance): number {
  const size = chance.logInt(300, chance.happens(0.2) ? 3 * DAY_MS : 3 * HOUR_MS);
  return chance.happens(0.5) ? size : -size;
}

function badMediaAt(atMs: number, chance: Chance, program: Program): FaultEvent[] {
  const items = Object.keys(program.manifest);
  const item = items[chance.int(0, items.length - 1)];
  if (item === undefined) return [];
  const lengthMs = chance.logInt(10 * MINUTE_MS, 30 * HOUR_MS);
  return [
    { atMs, kind: 'media', item, state: chance.happens(0.6) ? 'failing' : 'missing' },
    { atMs: atMs + lengthMs, kind: 'media', item, state: 'fine' },
  ];
}
