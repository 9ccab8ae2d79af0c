/** The player's belief about the time of day: the monotonic clock plus a base that is moved between slots only. */
import type { ClockState } from '../domain/proof/segment.ts';
import type { RawClock } from './clock.ts';

/** Drift of a plain quartz that the error bound allows for, parts of 1 (100 ppm). */
const DRIFT = 1e-4;
/** A correction above this gets a `clock` record. */
const STEP_MS = 1000;
/** A correction backwards above this gets one too, since wall times of records would overlap without a reason given. */
const BACKWARD_STEP_MS = 100;
/** The system's own clock is followed, while no server is, where it differs by more than this. */
const SYSTEM_STEP_MS = 500;
/** Differences of the two uptimes above this are time asleep. */
const ASLEEP_MS = 2000;

/** What the server's time was (UTC ms) when the monotonic clock showed `monoMs`, within ± `errorMs`. */
export type TimeSample = { serverMs: number; monoMs: number; errorMs: number };

/** The believed clock was moved at `monoMs` from `beforeMs` to `afterMs`. */
export type ClockStep = {
  reason: 'synchronised' | 'stepped';
  beforeMs: number;
  afterMs: number;
  monoMs: number;
  errorMs: number;
};

/** Time as the player believes it; all values are whole milliseconds. */
export type Clock = {
  /** UTC as believed now. */
  nowMs(): number;
  /** Since the agent's start. */
  monoMs(): number;
  /** What the believed clock showed, or shows, at a monotonic time, by the present base. */
  wallAt(monoMs: number): number;
  /** What the belief rests on, with the bound of error as it has grown until now. */
  state(): ClockState;
};

/** A clock that learns from a server. */
export type DisciplinedClock = Clock & {
  /** Notes a sample; it takes effect at the next {@link DisciplinedClock.settle}. */
  offer(sample: TimeSample): void;
  /** Looks at the system's clocks; gives the milliseconds slept since the last look, 0 for none. */
  observe(): number;
  /** Takes over what was noted. To be called between slots only. A step worth a record is given back. */
  settle(): ClockStep | null;
};

/** A clock that starts with the system's time and goes on by the monotonic clock. */
export function createDisciplinedClock(raw: RawClock): DisciplinedClock {
  const start = raw.monoMs();
  const mono = (): number => Math.round(raw.monoMs() - start);
  let base = raw.wallMs() - (raw.monoMs() - start);
  let pending: { base: number; sample: TimeSample | null } | null = null;
  let synced: TimeSample | null = null;
  let awakeMs = raw.uptimeMs() - raw.monoMs();

  const errorAt = (atMs: number): number | null =>
    synced ? Math.ceil(synced.errorMs + Math.abs(atMs - synced.monoMs) * DRIFT) : null;

  return {
    nowMs: () => Math.round(base + mono()),
    monoMs: mono,
    wallAt: (monoMs) => Math.round(base + monoMs),
    state: () => ({
      errorMs: errorAt(mono()),
      lastSyncMs: synced ? Math.max(0, Math.round(base + synced.monoMs)) : null,
      source: synced ? 'server' : 'system',
    }),
    offer(sample) {
      pending = { base: sample.serverMs - sample.monoMs, sample };
    },
    observe() {
      const sleptMs = raw.uptimeMs() - raw.monoMs() - awakeMs;
      if (sleptMs > ASLEEP_MS) {
        awakeMs += sleptMs;
        pending = { base: (pending?.base ?? base) + sleptMs, sample: pending?.sample ?? null };
        return Math.round(sleptMs);
      }
      const system = raw.wallMs() - (raw.monoMs() - start);
      if (!synced && !pending && Math.abs(system - base) > SYSTEM_STEP_MS) pending = { base: system, sample: null };
      return 0;
    },
    settle() {
      if (!pending) return null;
      const monoMs = mono();
      const beforeMs = Math.round(base + monoMs);
      const first = pending.sample !== null && synced === null;
      base = pending.base;
      synced = pending.sample ?? synced;
      pending = null;
      const afterMs = Math.round(base + monoMs);
      const moved = afterMs - beforeMs;
      if (moved >= -BACKWARD_STEP_MS && moved <= STEP_MS) return null;
      return { reason: first ? 'synchronised' : 'stepped', beforeMs, afterMs, monoMs, errorMs: errorAt(monoMs) ?? 0 };
    },
  };
}
