/** Checks a plan against its program from first principles; shares no code with the planner, so that both cannot be wrong alike. */
import type { CommitmentPlan, DayPlan, PlayedSlot, Slot } from '../../domain/plan/day-plan.ts';
import type { ProgramCommitment } from '../../domain/plan/program.ts';
import {
  activeCommitments,
  common,
  instant,
  openHours,
  type PlanInput,
  type Span,
  spansOn,
  weekdayName,
} from './checked-date.ts';

/** Everything that is wrong with `plan`, one sentence each; empty where it is right. */
export function planFaults(plan: DayPlan, input: PlanInput): string[] {
  const open = spansOn(input, openHours(input));
  const active = activeCommitments(input);
  return [
    ...slotFaults(plan.slots, open, input.nowMs),
    ...fillerFaults(plan.slots, open, input),
    ...neighbourFaults(plan, input),
    ...active.flatMap((commitment) => exactFaults(plan, commitment, open, input)),
    ...active.flatMap((commitment) => commitmentFaults(plan, commitment, open, input)),
    ...active.flatMap((commitment) => gapFaults(plan, commitment, open, input)),
    ...accountFaults(plan, active, input),
    ...verdictFaults(plan, active, input),
  ];
}

function slotFaults(slots: readonly Slot[], open: readonly Span[], nowMs: number): string[] {
  const faults: string[] = [];
  slots.forEach((slot, k) => {
    const end = slot.startMs + slot.durationMs;
    const next = slots[k + 1];
    if (!Number.isInteger(slot.startMs)) faults.push(`slot ${k} starts at a fraction of a millisecond`);
    if (next && next.startMs < end) faults.push(`slots ${k} and ${k + 1} overlap`);
    if (slot.startMs < nowMs) faults.push(`slot ${k} starts before now`);
    if (!open.some((span) => span.a <= slot.startMs && end <= span.b))
      faults.push(`slot ${k} is outside opening hours`);
    if ((slot.commitment === null) !== (slot.reason === 'filler'))
      faults.push(`slot ${k}: ${slot.reason} of ${slot.commitment}`);
  });
  return faults;
}

/** A loop item has to be one of the loop that is shown on the date and at the time. */
function fillerFaults(slots: readonly Slot[], open: readonly Span[], input: PlanInput): string[] {
  const { program, date } = input;
  const weekday = weekdayName(date);
  const allowed = program.loop
    .filter((item) => (item.from ?? date) <= date && date <= (item.to ?? date))
    .filter((item) => item.weekdays === undefined || item.weekdays.some((day) => day === weekday))
    .map((item) => ({
      key: `${item.item}/${item.durationMs}`,
      spans: item.dayParts ? common(open, spansOn(input, item.dayParts)) : open,
    }));
  return slots
    .filter((slot) => slot.commitment === null)
    .filter(({ item, durationMs, startMs }) => {
      const end = startMs + durationMs;
      return !allowed.some(
        ({ key, spans }) => key === `${item}/${durationMs}` && spans.some((span) => span.a <= startMs && end <= span.b),
      );
    })
    .map((slot) => `filler ${slot.item} of ${slot.durationMs} ms is not in the loop at ${slot.startMs}`);
}

/** No two neighbours less than ten seconds apart have the same tag, unless the plan says that it cannot be helped. */
function neighbourFaults(plan: DayPlan, { program, played }: PlanInput): string[] {
  if (plan.conflicts.some((conflict) => conflict.kind === 'separation')) return [];
  const tagOf = (slot: Slot | PlayedSlot): string | null =>
    slot.commitment === null
      ? (program.loop.find((item) => item.item === slot.item)?.separation ?? null)
      : (program.commitments.find((c) => c.id === slot.commitment)?.separation ?? null);
  const before = [...(played ?? [])].sort((x, y) => x.startMs - y.startMs).slice(-1);
  const row = [...before, ...plan.slots];
  return row.flatMap((slot, k) => {
    const last = row[k - 1];
    const tag = tagOf(slot);
    if (!last || tag === null || tagOf(last) !== tag) return [];
    const isApart = slot.startMs - last.startMs - last.durationMs >= 10_000;
    return isApart ? [] : [`slots at ${last.startMs} and ${slot.startMs} share the tag ${tag}`];
  });
}

/** Every exact time to come has its play or a conflict; what else an exact commitment plays makes up for missed ones. */
function exactFaults(plan: DayPlan, c: ProgramCommitment, open: readonly Span[], input: PlanInput): string[] {
  if (c.exactTimes.length === 0) return [];
  const faults: string[] = [];
  const opening = open[0]?.a ?? 0;
  const now = Math.max(input.nowMs, opening);
  const past = (input.played ?? []).filter((slot) => slot.commitment === c.id).map((slot) => slot.startMs);
  const own = plan.slots.filter((slot) => slot.commitment === c.id);
  const due = c.exactTimes
    .map((time) => instant(input.date, time, input.program.timeZone))
    .filter((at) => at + 1000 >= now && !past.some((start) => Math.abs(start - at) <= 1000))
    .map((at) => Math.max(at, now));
  const missed = plan.conflicts
    .filter((k) => k.kind === 'exact-time' && k.commitments[0] === c.id)
    .map((k) => k.startMs);
  for (const at of due) {
    const slot = own.find((play) => play.startMs === at);
    if (!slot && !missed.includes(at)) faults.push(`${c.id}: no play at its exact time ${at}`);
    // Two times that the clocks skip fall on one moment, which only one of them can have.
    const isShared = due.indexOf(at) !== due.lastIndexOf(at);
    if (slot && missed.includes(at) && !isShared) faults.push(`${c.id}: play and conflict at ${at}`);
    if (slot && slot.reason !== 'scheduled') faults.push(`${c.id}: ${slot.reason} at its exact time ${at}`);
  }
  const others = own.filter((slot) => !due.includes(slot.startMs));
  if (others.some((slot) => slot.reason !== 'make-good'))
    faults.push(`${c.id}: a play at no exact time makes up for none`);
  if (own.length > Math.max(due.length, c.minPlays))
    faults.push(`${c.id}: ${own.length} plays for ${c.minPlays} times`);
  return faults;
}

function commitmentFaults(plan: DayPlan, c: ProgramCommitment, open: readonly Span[], input: PlanInput): string[] {
  const faults: string[] = [];
  const own = plan.slots.filter((slot) => slot.commitment === c.id);
  const windows = c.dayParts.length === 0 ? open : common(open, spansOn(input, c.dayParts));
  for (const slot of own) {
    const end = slot.startMs + slot.durationMs;
    if (!c.items.some((item) => item.item === slot.item && item.durationMs === slot.durationMs))
      faults.push(`${c.id}: ${slot.item} not its item or length`);
    if (!windows.some((span) => span.a <= slot.startMs && end <= span.b))
      faults.push(`${c.id}: play at ${slot.startMs} outside its day parts`);
  }
  const past = (input.played ?? []).filter((slot) => slot.commitment === c.id).map((slot) => slot.startMs);
  const starts = [...past, ...own.map((slot) => slot.startMs)].sort((x, y) => x - y);
  starts.slice(past.length).forEach((start) => {
    const index = starts.indexOf(start);
    const before = starts[index - 1];
    const hourBefore = c.maxPlaysPerHour === null ? undefined : starts[index - c.maxPlaysPerHour];
    if (before !== undefined && c.minGapMs !== null && start - before < c.minGapMs)
      faults.push(`${c.id}: gap ${start - before} ms`);
    if (hourBefore !== undefined && start - hourBefore < 3_600_000)
      faults.push(`${c.id}: more than ${c.maxPlaysPerHour} in the hour to ${start}`);
  });
  return faults;
}

/** A time without a start that is longer than the largest gap, and could still be avoided at now, needs a conflict. */
function gapFaults(plan: DayPlan, c: ProgramCommitment, open: readonly Span[], input: PlanInput): string[] {
  const { maxGapMs } = c;
  if (maxGapMs === null) return [];
  if (plan.conflicts.some((conflict) => conflict.kind === 'max-gap' && conflict.commitments[0] === c.id)) return [];
  const windows = c.dayParts.length === 0 ? open : common(open, spansOn(input, c.dayParts));
  const starts = [...(input.played ?? []), ...plan.slots]
    .filter((slot) => slot.commitment === c.id)
    .map((slot) => slot.startMs)
    .sort((x, y) => x - y);
  return windows.flatMap(({ a, b }) => {
    const marks = [a, ...starts.filter((start) => a <= start && start < b), b];
    return marks.slice(1).flatMap((mark, k) => {
      const from = marks[k] ?? a;
      const isAvoidable = mark >= input.nowMs && from + maxGapMs >= input.nowMs;
      return mark - from > maxGapMs && isAvoidable ? [`${c.id}: no start from ${from} to ${mark}`] : [];
    });
  });
}

function accountFaults(plan: DayPlan, active: readonly ProgramCommitment[], input: PlanInput): string[] {
  if (plan.commitments.map((a) => a.id).join() !== active.map((c) => c.id).join())
    return ['accounts are not those of the commitments of the date'];
  return active.flatMap((c, k) => {
    const account = plan.commitments[k];
    return account ? oneAccountFaults(plan, c, account, input) : [];
  });
}

function oneAccountFaults(plan: DayPlan, c: ProgramCommitment, account: CommitmentPlan, input: PlanInput): string[] {
  const starts = plan.slots.filter((slot) => slot.commitment === c.id).map((slot) => slot.startMs);
  const gaps = starts.slice(1).map((start, k) => start - (starts[k] ?? 0));
  const widest = gaps.length === 0 ? null : Math.max(...gaps);
  const shortBy = Math.max(0, c.minPlays - account.tally - starts.length);
  const faults: string[] = [];
  if (account.required !== c.minPlays) faults.push(`${c.id}: required ${account.required}`);
  if (account.planned !== starts.length) faults.push(`${c.id}: planned ${account.planned}, slots ${starts.length}`);
  if (account.shortBy !== shortBy) faults.push(`${c.id}: shortBy ${account.shortBy}, counted ${shortBy}`);
  if (account.maxGapMs !== widest) faults.push(`${c.id}: maxGapMs ${account.maxGapMs}, measured ${widest}`);
  if ((account.idealGapMs === null) !== starts.length < 2) faults.push(`${c.id}: idealGapMs ${account.idealGapMs}`);
  const bonus = plan.slots.filter((slot) => slot.commitment === c.id && slot.reason === 'bonus').length;
  const spare = starts.length - Math.min(starts.length, neededFromNow(plan, c, account.tally, input));
  if (bonus !== spare) faults.push(`${c.id}: ${bonus} plays are called bonus, ${spare} are`);
  return faults;
}

/** How many plays from now on count, share and airtime share need; an exact time is needed in any case. */
function neededFromNow(plan: DayPlan, c: ProgramCommitment, tally: number, input: PlanInput): number {
  if (c.exactTimes.length > 0) return Number.POSITIVE_INFINITY;
  const ofPlays = Math.max(c.minPlays, Math.ceil((c.minShare ?? 0) * playsOfDay(plan, input) - 1e-6)) - tally;
  let lackingMs = (c.minAirtimeShare ?? 0) * shownOfDay(plan, input) - shownBefore(c, input) - 1e-3;
  let ofTime = 0;
  for (const slot of plan.slots.filter((play) => play.commitment === c.id)) {
    if (lackingMs <= 0) break;
    lackingMs -= slot.durationMs;
    ofTime += 1;
  }
  return Math.max(0, ofPlays, ofTime);
}

/** Time of the counted plays of a commitment before now. */
function shownBefore(c: ProgramCommitment, { played, tally }: PlanInput): number {
  if (!played) return (tally[c.id] ?? 0) * (c.items[0]?.durationMs ?? 0);
  return played
    .filter((slot) => slot.commitment === c.id && slot.counted)
    .reduce((sum, slot) => sum + (c.items.find((item) => item.item === slot.item)?.durationMs ?? 0), 0);
}

/** Time shown on the day: planned, counted before now, and loop items where they are known. */
function shownOfDay(plan: DayPlan, input: PlanInput): number {
  const planned = plan.slots.reduce((sum, slot) => sum + slot.durationMs, 0);
  const before = activeCommitments(input).reduce((sum, c) => sum + shownBefore(c, input), 0);
  const loop = (input.played ?? []).filter((slot) => slot.commitment === null);
  return planned + before + loop.reduce((sum, slot) => sum + slot.durationMs, 0);
}

/** `feasible` must be said exactly when nothing is short, no gap too wide and no share too small; a conflict must name what is. */
function verdictFaults(plan: DayPlan, active: readonly ProgramCommitment[], input: PlanInput): string[] {
  const faults: string[] = [];
  const named = new Set(plan.conflicts.map((conflict) => conflict.commitments[0]));
  const total = playsOfDay(plan, input);
  for (const c of active) {
    const account = plan.commitments.find((a) => a.id === c.id);
    if (!account) continue;
    const isShort = account.shortBy > 0;
    const isThin = c.minShare !== null && account.tally + account.planned < c.minShare * total - 1e-6;
    const shownMs = shownOfDay(plan, input);
    const ownMs =
      shownBefore(c, input) + plan.slots.reduce((sum, s) => sum + (s.commitment === c.id ? s.durationMs : 0), 0);
    const isBrief = c.minAirtimeShare !== null && ownMs < c.minAirtimeShare * shownMs - 1e-3;
    if ((isShort || isThin || isBrief) && plan.feasible) faults.push(`${c.id}: called feasible`);
    if ((isShort || isThin || isBrief) && !named.has(c.id)) faults.push(`${c.id}: no conflict names it`);
  }
  if (plan.feasible !== (plan.conflicts.length === 0)) faults.push('feasible and conflicts disagree');
  return faults;
}

/** Planned plays and those before now, loop items where they are known. */
function playsOfDay(plan: DayPlan, { played, tally }: PlanInput): number {
  const before = played
    ? played.filter((slot) => slot.commitment === null || slot.counted).length
    : Object.values(tally).reduce((sum, count) => sum + count, 0);
  return plan.slots.length + before;
}
