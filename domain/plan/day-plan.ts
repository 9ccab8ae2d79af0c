/** The plan of one screen for one date of service: its slots and what they give every commitment. */

/** Why a slot is in the plan: promised, made up for, beyond the minimum, or nobody's. */
export type SlotReason = 'scheduled' | 'make-good' | 'bonus' | 'filler';

/** One showing of an item, [startMs, startMs + durationMs), epoch milliseconds. `commitment` is null for filler only. */
export type Slot = {
  startMs: number;
  durationMs: number;
  item: string;
  commitment: string | null;
  reason: SlotReason;
};

/**
 * What a plan gives one commitment. `planned` counts every slot of it, bonus included; `shortBy` = max(0, required − tally − planned).
 * `idealGapMs` is the mean start-to-start gap an even plan of the rest of the day has, `maxGapMs` the largest in the plan; null below two plays.
 */
export type CommitmentPlan = {
  id: string;
  required: number;
  tally: number;
  planned: number;
  shortBy: number;
  idealGapMs: number | null;
  maxGapMs: number | null;
};

/** Why a promise does not fit. */
export const CONFLICT_KINDS = [
  'no-window',
  'item-too-long',
  'limits',
  'overbooked',
  'max-gap',
  'min-share',
  'min-airtime',
  'exact-time',
  'separation',
  'work-bound',
] as const;

/** One of {@link CONFLICT_KINDS}. */
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/**
 * Commitments that cannot all be kept: in [startMs, endMs) the work asked for is `overflowMs` more than the time there is.
 * `fits` is the largest count of `commitments[0]` that would fit. `limit`: which of its own limits binds, where the kind is `limits`.
 */
export type Conflict = {
  kind: ConflictKind;
  commitments: string[];
  startMs: number;
  endMs: number;
  overflowMs: number;
  fits: number;
  limit?: 'hour' | 'min-gap' | undefined;
};

/** Slots in order of time, never overlapping, and the account of every commitment of the date in the program's order. */
export type DayPlan = {
  date: string;
  feasible: boolean;
  slots: Slot[];
  commitments: CommitmentPlan[];
  conflicts: Conflict[];
};

/** A showing that has taken place today, as the planner needs to know it; `counted` only if it ran its full length. */
export type PlayedSlot = {
  startMs: number;
  durationMs: number;
  item: string;
  commitment: string | null;
  counted: boolean;
};

/** The id by which a record names its slot: date of service and planned start, `2026-11-23/1795392000000`. */
export const slotId = (date: string, startMs: number): string => `${date}/${startMs}`;

/** The date of service in a slot id, or null where it is none. */
export function dateOfSlotId(slot: string): string | null {
  return SLOT_ID.test(slot) ? slot.slice(0, DATE_LENGTH) : null;
}

const SLOT_ID = /^\d{4}-\d{2}-\d{2}\/\d+$/;
const DATE_LENGTH = 10;
