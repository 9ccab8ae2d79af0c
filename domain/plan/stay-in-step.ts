/** Screens in step: the rest of the day as every screen of this program shows it, as long as that keeps this screen's own promises. */
import type { LocalDate } from '../time/zone-time.ts';
import type { CommitmentPlan, DayPlan, PlayedSlot, Slot } from './day-plan.ts';
import { planDay } from './plan-day.ts';
import type { Program, ProgramCommitment } from './program.ts';

const HOUR_MS = 3_600_000;

/**
 * The rest of `date` from `nowMs` in step with other screens of `program`: the slots of the plan of the whole day, which depends on the program
 * alone, and loop items until the first of them. A promise comes before the step: where this screen has missed more than the shared plan
 * makes up for, or would break a limit by following it, its `own` plan of the rest stands.
 */
export function stayInStep(
  program: Program,
  date: LocalDate,
  own: DayPlan,
  played: readonly PlayedSlot[],
  nowMs: number,
): DayPlan {
  const shared = planDay(program, date, {}, 0);
  const rest = shared.slots.filter((slot) => slot.startMs >= nowMs);
  const before = shared.slots.filter((slot) => slot.startMs < nowMs);
  const commitments = shared.commitments.map((account) => inStepAccount(account, own, rest));
  const isKept = commitments.every((account) => {
    const alone = own.commitments.find(({ id }) => id === account.id);
    const promise = program.commitments.find(({ id }) => id === account.id);
    if (!alone || !promise || account.shortBy > alone.shortBy) return false;
    return keepsForms(promise, alone.tally, before) && keepsLimits(promise, played, rest);
  });
  if (!isKept) return own;
  const slots = [...bridge(program, own.slots, rest[0]), ...madeGood(rest, commitments)];
  return { date, feasible: own.feasible, slots, commitments, conflicts: own.conflicts };
}

function inStepAccount(account: CommitmentPlan, own: DayPlan, rest: readonly Slot[]): CommitmentPlan {
  const tally = own.commitments.find(({ id }) => id === account.id)?.tally ?? 0;
  const starts = rest.filter(({ commitment }) => commitment === account.id).map(({ startMs }) => startMs);
  const planned = starts.length;
  const gaps = starts.slice(1).map((start, k) => start - (starts[k] ?? start));
  const shortBy = Math.max(0, account.required - tally - planned);
  const spread = planned < 2 ? { idealGapMs: null, maxGapMs: null } : { maxGapMs: Math.max(...gaps) };
  return { ...account, tally, planned, shortBy, ...spread };
}

/** Shares, largest gaps and exact times cannot be made up for by bonus plays of a plan that does not know what was missed. */
function keepsForms(promise: ProgramCommitment, tally: number, before: readonly Slot[]): boolean {
  const { minShare, minAirtimeShare, maxGapMs, exactTimes } = promise;
  if (minShare === null && minAirtimeShare === null && maxGapMs === null && exactTimes.length === 0) return true;
  return tally >= before.filter(({ commitment }) => commitment === promise.id).length;
}

function keepsLimits(promise: ProgramCommitment, played: readonly PlayedSlot[], rest: readonly Slot[]): boolean {
  const { id, maxPlaysPerHour, minGapMs } = promise;
  if (maxPlaysPerHour === null && minGapMs === null) return true;
  const starts = [...played, ...rest].filter(({ commitment }) => commitment === id).map(({ startMs }) => startMs);
  starts.sort((a, b) => a - b);
  return starts.every((start, k) => {
    const follower = starts[k + 1];
    const beyond = maxPlaysPerHour === null ? undefined : starts[k + maxPlaysPerHour];
    const isApart = minGapMs === null || follower === undefined || follower - start >= minGapMs;
    return isApart && (beyond === undefined || beyond - start >= HOUR_MS);
  });
}

/** Loop items, in the order this screen would show them, until the others start their next slot together. */
function bridge(program: Program, own: readonly Slot[], meeting: Slot | undefined): Slot[] {
  const first = own[0];
  if (first === undefined || meeting === undefined) return [];
  const slots: Slot[] = [];
  let atMs = first.startMs;
  for (const filler of own) {
    if (filler.startMs >= meeting.startMs) break;
    if (filler.commitment !== null || atMs + filler.durationMs > meeting.startMs) continue;
    const neighbours = [slots.at(-1), meeting].map((slot) => slot && tagOf(program, slot));
    if (neighbours.some((tag) => tag && tag === tagOf(program, filler))) continue;
    slots.push({ ...filler, startMs: atMs });
    atMs += filler.durationMs;
  }
  return slots;
}

const tagOf = (program: Program, slot: Slot): string | null | undefined =>
  slot.commitment === null
    ? program.loop.find(({ item }) => item === slot.item)?.separation
    : program.commitments.find(({ id }) => id === slot.commitment)?.separation;

/** Bonus plays that a promise needs after all are its make-good. */
function madeGood(rest: readonly Slot[], commitments: readonly CommitmentPlan[]): Slot[] {
  const owed = new Map<string, number>();
  for (const { id, required, tally } of commitments) {
    const scheduled = rest.filter(({ commitment, reason }) => commitment === id && reason !== 'bonus').length;
    owed.set(id, required - tally - scheduled);
  }
  return rest.map((slot) => {
    const left = slot.commitment === null ? 0 : (owed.get(slot.commitment) ?? 0);
    if (slot.reason !== 'bonus' || slot.commitment === null || left <= 0) return slot;
    owed.set(slot.commitment, left - 1);
    return { ...slot, reason: 'make-good' };
  });
}
