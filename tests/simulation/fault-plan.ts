/** What goes wrong on one screen and when, drawn before the run. All times are true time, UTC milliseconds. */
import type { Program } from '../../domain/plan/program.ts';
import type { Chance } from './chance.ts';
import { CRASH_POINTS, type CrashPoint } from './crash-point.ts';
import type { FaultRates } from './fault-rates.ts';
import type { DiskTrouble } from './simulated-disk.ts';
import { SERVER_POINTS, type ServerPoint } from './simulated-log.ts';

/** Something that happens to a screen, to its server, or between them. */
export type FaultEvent = { atMs: number } & (
  | { kind: 'stop'; cause: 'power' | 'agent'; point: CrashPoint | null; offMs: number; losesClock: boolean }
  | { kind: 'restart'; offMs: number }
  | { kind: 'takeover'; lengthMs: number }
  | { kind: 'takeover-end' }
  | { kind: 'network'; isUp: boolean }
  | { kind: 'clock'; byMs: number }
  | { kind: 'media'; item: string; state: 'failing' | 'missing' | 'fine' }
  | { kind: 'disk'; trouble: DiskTrouble | null }
  | { kind: 'rot'; how: 'unreadable' | 'changed' }
  | { kind: 'server'; point: ServerPoint; offMs: number }
  | { kind: 'old-ledger'; ageMs: number; keepsHead: boolean }
  | { kind: 'clone' }
);

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

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
  const once = (share: number): number[] =>
    chance.happens(share) ? [chance.int(fromMs + Math.round((toMs - fromMs) / 4), toMs - DAY_MS)] : [];
  // Some machines have no battery for their clock: they wake up in 1970.
  const losesClock = rates.clockSteps > 0 && chance.happens(0.25);
  const events: FaultEvent[] = [
    ...times(rates.stops).map((atMs) => stopAt(atMs, chance, losesClock)),
    ...times(rates.restarts).map((atMs): FaultEvent => ({ atMs, kind: 'restart', offMs: chance.int(3000, 90_000) })),
    ...times(rates.takeovers).flatMap((atMs) => takeoverAt(atMs, chance)),
    ...times(rates.outages).flatMap((atMs) => outageAt(atMs, chance, rates.longestOutageMs)),
    ...times(rates.clockSteps).map((atMs): FaultEvent => ({ atMs, kind: 'clock', byMs: stepOf(chance) })),
    ...times(rates.media).flatMap((atMs) => badMediaAt(atMs, chance, program)),
    ...times(rates.disk).flatMap((atMs) => diskTroubleAt(atMs, chance)),
    ...times(rates.rot).map((atMs): FaultEvent => {
      return { atMs, kind: 'rot', how: chance.happens(0.7) ? 'unreadable' : 'changed' };
    }),
    ...times(rates.serverEnds).map((atMs): FaultEvent => {
      return { atMs, kind: 'server', point: chance.pick(SERVER_POINTS), offMs: chance.logInt(1000, 10 * MINUTE_MS) };
    }),
    // A log that begins signs at once.
    ...(chance.happens(rates.serverEnds) ? [firstSigningAt(fromMs, chance)] : []),
    ...once(rates.oldLedger).map((atMs): FaultEvent => {
      return { atMs, kind: 'old-ledger', ageMs: chance.logInt(HOUR_MS, 3 * DAY_MS), keepsHead: chance.happens(0.5) };
    }),
    ...once(rates.clones).map((atMs): FaultEvent => ({ atMs, kind: 'clone' })),
  ];
  return events.sort((a, b) => a.atMs - b.atMs);
}

function firstSigningAt(atMs: number, chance: Chance): FaultEvent {
  const point = chance.pick<ServerPoint>(['tiles-kept', 'head-replaced', 'not-confirmed']);
  return { atMs, kind: 'server', point, offMs: chance.logInt(1000, 10 * MINUTE_MS) };
}

function stopAt(atMs: number, chance: Chance, canLoseClock: boolean): FaultEvent {
  const point = chance.happens(0.6) ? chance.pick(CRASH_POINTS) : null;
  const isPower = chance.happens(0.5);
  if (!isPower)
    return { atMs, kind: 'stop', cause: 'agent', point, offMs: chance.int(2000, 40_000), losesClock: false };
  // Now and then nobody is there to switch it on again before the weekend is over.
  const offMs = chance.happens(0.08) ? chance.int(DAY_MS, 4 * DAY_MS) : chance.logInt(20_000, 6 * HOUR_MS);
  return { atMs, kind: 'stop', cause: 'power', point, offMs, losesClock: canLoseClock };
}

/** Some are taken back before their end. */
function takeoverAt(atMs: number, chance: Chance): FaultEvent[] {
  const lengthMs = chance.logInt(MINUTE_MS, 45 * MINUTE_MS);
  const begins: FaultEvent = { atMs, kind: 'takeover', lengthMs };
  return chance.happens(0.3) ? [begins, { atMs: atMs + chance.int(1000, lengthMs), kind: 'takeover-end' }] : [begins];
}

function outageAt(atMs: number, chance: Chance, longestMs: number): FaultEvent[] {
  const lengthMs = chance.logInt(5 * MINUTE_MS, longestMs);
  return [
    { atMs, kind: 'network', isUp: false },
    { atMs: atMs + lengthMs, kind: 'network', isUp: true },
  ];
}

function diskTroubleAt(atMs: number, chance: Chance): FaultEvent[] {
  return [
    { atMs, kind: 'disk', trouble: chance.happens(0.5) ? 'full' : 'failing' },
    { atMs: atMs + chance.logInt(MINUTE_MS, 4 * HOUR_MS), kind: 'disk', trouble: null },
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
