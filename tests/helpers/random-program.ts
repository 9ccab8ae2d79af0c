/** Seeded programs for tests and benches: realistic days and small awkward ones. */

import { PROGRAM_FORMAT, type Program, type ProgramCommitment, type TimedItem } from '../../domain/plan/program.ts';
import type { DayPart } from '../../domain/time/opening-hours.ts';
import { WEEKDAYS } from '../../domain/time/weekday.ts';
import { NO_LIMITS } from './no-limits.ts';

/** Gives numbers in [0, 1); equal seeds give equal sequences (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `low` to `high`, both included. */
export const pickInt = (random: () => number, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** A commitment without limits; `over` changes what a test is about. */
export function commitmentOf(id: string, over: Partial<ProgramCommitment> = {}): ProgramCommitment {
  return {
    id,
    campaign: `campaign-${id}`,
    scope: 'screen',
    from: '2000-01-01',
    to: '2099-12-31',
    weekdays: [...WEEKDAYS],
    dayParts: [],
    items: [{ item: `film-${id}`, durationMs: 30_000, weight: 1 }],
    minPlays: 0,
    ...NO_LIMITS,
    exactTimes: [],
    separation: null,
    minConsecutiveDays: null,
    priority: 0,
    frontLoad: 0.75,
    ...over,
  };
}

/** A program open every day `from` to `to`; `over` changes what a test is about. */
export function programOf(
  commitments: ProgramCommitment[],
  over: Partial<Program> & { from?: string; to?: string } = {},
): Program {
  const { from = '06:00', to = '23:00', ...rest } = over;
  return {
    format: PROGRAM_FORMAT,
    timeZone: 'Asia/Shanghai',
    openingHours: [{ days: [...WEEKDAYS], from, to }],
    loop: [{ item: 'loop-a', durationMs: 15_000 }],
    ticker: [],
    commitments,
    manifest: {},
    ...rest,
  };
}

const loopOf = (random: () => number, size: number): TimedItem[] =>
  Array.from({ length: size }, (_, k) => ({ item: `loop-${k}`, durationMs: pickInt(random, 8, 20) * 1000 }));

/**
 * A realistic day of 17 hours: 8 to 25 films of 10 to 300 s, promised plays of `load` of the open time, and every even gap at least twice the longest film.
 */
export function realisticProgram(seed: number, load?: number): Program {
  const random = seededRandom(seed);
  const dayMs = 17 * 3_600_000;
  const target = load ?? 0.5 + 0.3 * random();
  const count = pickInt(random, 8, 25);
  const durations = Array.from({ length: count }, () => pickInt(random, 10, 300) * 1000);
  const longest = Math.max(...durations);
  const weights = durations.map(() => 0.2 + random());
  const sum = weights.reduce((a, b) => a + b, 0);
  const commitments = durations.map((durationMs, k) => {
    const plays = Math.round((target * dayMs * (weights[k] ?? 0)) / sum / durationMs);
    const minPlays = Math.max(1, Math.min(plays, Math.floor(dayMs / (2 * longest))));
    return commitmentOf(`c${k}`, { minPlays, items: [{ item: `film-${k}`, durationMs, weight: 1 }] });
  });
  return programOf(commitments, { loop: loopOf(random, 12) });
}

/** The share of its open time that a {@link realisticProgram} promises. */
export const bookedShare = (program: Program): number =>
  program.commitments.reduce((sum, c) => sum + c.minPlays * (c.items[0]?.durationMs ?? 0), 0) / (17 * 3_600_000);

/** Day parts of a {@link crowdedProgram} and their hours. */
const CROWDED_PARTS: readonly (DayPart & { readonly hours: number })[] = [
  { from: '06:00', to: '12:00', hours: 6 },
  { from: '07:00', to: '09:30', hours: 2.5 },
  { from: '09:00', to: '17:00', hours: 8 },
  { from: '16:00', to: '20:00', hours: 4 },
];

/**
 * A day of 17 hours of which films of 5 to 45 s take `load` at the busiest times, far too much for one sweep where it is near 1; `parts` is
 * the share of commitments with a day part. With `shares` the first of them ask for a tenth to two fifths of all plays on top.
 */
export function crowdedProgram(seed: number, load: number, { parts = 0, shares = 0 } = {}): Program {
  const random = seededRandom(seed);
  const weights = Array.from({ length: pickInt(random, 3, 14) }, () => 0.2 + random());
  const sum = weights.reduce((a, b) => a + b, 0);
  const commitments = weights.map((weight, k) => {
    const part = random() < parts ? CROWDED_PARTS[pickInt(random, 0, CROWDED_PARTS.length - 1)] : undefined;
    const durationMs = pickInt(random, 5, 45) * 1000;
    const openMs = (part?.hours ?? 17) * 3_600_000;
    return commitmentOf(`c${k}`, {
      minPlays: Math.max(1, Math.floor((load * openMs * weight) / sum / durationMs)),
      items: [{ item: `film-${k}`, durationMs, weight: 1 }],
      dayParts: part ? [{ from: part.from, to: part.to }] : [],
      minShare: k < shares ? 0.1 + 0.3 * random() : null,
      priority: pickInt(random, 0, 2),
    });
  });
  return programOf(commitments, { loop: loopOf(random, 8) });
}

/** An 18 hour day of about 3,300 slots with `count` commitments of about `playsEach` plays; a quarter of them have a day part. */
export function benchProgram(count: number, playsEach = 20): Program {
  const random = seededRandom(count);
  const commitments = Array.from({ length: count }, (_, k) =>
    commitmentOf(`c${k}`, {
      minPlays: Math.round(playsEach * (0.6 + 0.8 * random())),
      items: [{ item: `film-${k}`, durationMs: pickInt(random, 12, 30) * 1000, weight: 1 }],
      dayParts: k % 4 === 3 ? [{ from: '07:00', to: '22:00' }] : [],
    }),
  );
  const loop = Array.from({ length: 20 }, (_, k) => ({
    item: `loop-${k}`,
    durationMs: pickInt(random, 10, 28) * 1000,
  }));
  return programOf(commitments, { from: '05:00', to: '23:00', loop });
}

/** A small day of an hour or two with overlapping day parts, unequal films and limits: the kind an exact search can settle. */
export function awkwardProgram(seed: number): Program {
  const random = seededRandom(seed);
  const openMin = pickInt(random, 20, 120);
  const clock = (minute: number): string =>
    `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const part = (): DayPart => {
    const from = pickInt(random, 0, openMin - 5);
    return { from: clock(from), to: clock(pickInt(random, Math.min(openMin, from + 8), openMin)) };
  };
  const commitments = Array.from({ length: pickInt(random, 2, 5) }, (_, k) =>
    commitmentOf(`c${k}`, {
      minPlays: pickInt(random, 1, 4),
      items: [{ item: `film-${k}`, durationMs: pickInt(random, 2, 16) * 30_000, weight: 1 }],
      dayParts: random() < 0.6 ? Array.from({ length: pickInt(random, 1, 2) }, part) : [],
      maxPlaysPerHour: random() < 0.3 ? pickInt(random, 1, 4) : null,
      minGapMs: random() < 0.3 ? pickInt(random, 1, 20) * 60_000 : null,
      priority: pickInt(random, 0, 2),
    }),
  );
  return programOf(commitments, { from: '08:00', to: clock(openMin), loop: random() < 0.2 ? [] : loopOf(random, 3) });
}

/** A day of 17 hours with films of 6 to 30 s, of which half have a share (together up to a half) and half have a count. */
export function sharedProgram(seed: number): Program {
  const random = seededRandom(seed);
  const count = pickInt(random, 2, 6);
  const commitments = Array.from({ length: count }, (_, k) =>
    commitmentOf(`c${k}`, {
      minPlays: pickInt(random, 0, 150),
      minShare: k % 2 === 0 ? Math.round(1000 * (0.02 + (0.9 * random()) / count)) / 1000 : null,
      items: Array.from({ length: pickInt(random, 1, 3) }, (_, n) => ({
        item: `film-${k}-${n}`,
        durationMs: pickInt(random, 6, 30) * 1000,
        weight: pickInt(random, 1, 3),
      })),
    }),
  );
  return programOf(commitments, { loop: loopOf(random, pickInt(random, 4, 14)) });
}

/**
 * A day with every form of promise: counts, shares of plays and of airtime, exact times, longest and least gaps, hourly limits,
 * separation tags, day parts, and loop items with hours and tags of their own.
 */
export function variedProgram(seed: number): Program {
  const random = seededRandom(seed);
  const openHours = pickInt(random, 2, 16);
  const clock = (minute: number): string =>
    `${String(6 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const openMin = openHours * 60;
  const part = (): DayPart => {
    const from = pickInt(random, 0, openMin - 30);
    return { from: clock(from), to: clock(pickInt(random, from + 20, openMin)) };
  };
  const tag = (): string | null => (random() < 0.35 ? `tag-${pickInt(random, 1, 2)}` : null);
  const commitments = Array.from({ length: pickInt(random, 1, 8) }, (_, k) => {
    const dayParts = random() < 0.3 ? Array.from({ length: pickInt(random, 1, 2) }, part) : [];
    const items = [{ item: `film-${k}`, durationMs: pickInt(random, 5, 90) * 1000, weight: 1 }];
    const common = { dayParts, items, separation: tag(), priority: pickInt(random, 0, 2) };
    if (random() < 0.25) {
      const times = Array.from({ length: pickInt(random, 1, 4) }, () => clock(pickInt(random, 0, openMin - 1)));
      const exactTimes = [...new Set(times)];
      return commitmentOf(`c${k}`, { ...common, dayParts: [], exactTimes, minPlays: exactTimes.length });
    }
    return commitmentOf(`c${k}`, {
      ...common,
      minPlays: pickInt(random, 0, 3 * openHours),
      minShare: random() < 0.15 ? 0.02 + 0.1 * random() : null,
      minAirtimeShare: random() < 0.2 ? 0.02 + 0.1 * random() : null,
      maxPlaysPerHour: random() < 0.2 ? pickInt(random, 2, 12) : null,
      minGapMs: random() < 0.2 ? pickInt(random, 1, 10) * 60_000 : null,
      maxGapMs: random() < 0.15 ? pickInt(random, 15, 60) * 60_000 : null,
    });
  });
  const loop = loopOf(random, pickInt(random, 0, 6)).map((item) => ({
    ...item,
    dayParts: random() < 0.25 ? [part()] : undefined,
    weekdays: random() < 0.15 ? [...WEEKDAYS].slice(0, pickInt(random, 1, 7)) : undefined,
    from: random() < 0.1 ? '2026-07-02' : undefined,
    separation: tag() ?? undefined,
  }));
  return programOf(commitments, { from: '06:00', to: clock(openMin), loop });
}
