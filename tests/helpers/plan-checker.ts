/** Checks a plan against its program from first principles; shares no code with the planner, so that both cannot be wrong alike. */
import type { CommitmentPlan, DayPlan, PlayedSlot, Slot } from '../../domain/plan/day-plan.ts';
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';

/** What a plan was made from. */
export type PlanInput = {
  program: Program;
  date: string;
  nowMs: number;
  tally: Readonly<Record<string, number>>;
  played?: readonly PlayedSlot[];
};

type Span = { a: number; b: number };

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Everything that is wrong with `plan`, one sentence each; empty where it is right. */
export function planFaults(plan: DayPlan, input: PlanInput): string[] {
  const open = spansOn(input, openHours(input));
  const active = activeCommitments(input);
  return [
    ...slotFaults(plan.slots, open, input.nowMs),
    ...fillerFaults(plan.slots, input.program),
    ...active.flatMap((commitment) => commitmentFaults(plan, commitment, open, input)),
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

function fillerFaults(slots: readonly Slot[], program: Program): string[] {
  const known = new Set(program.loop.map((item) => `${item.item}/${item.durationMs}`));
  return slots
    .filter((slot) => slot.commitment === null && !known.has(`${slot.item}/${slot.durationMs}`))
    .map((slot) => `filler ${slot.item} of ${slot.durationMs} ms is not in the loop`);
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

function accountFaults(plan: DayPlan, active: readonly ProgramCommitment[], input: PlanInput): string[] {
  if (plan.commitments.map((a) => a.id).join() !== active.map((c) => c.id).join())
    return ['accounts are not those of the commitments of the date'];
  return active.flatMap((c, k) => {
    const account = plan.commitments[k];
    return account ? oneAccountFaults(plan, c, account, playsOfDay(plan, input)) : [];
  });
}

function oneAccountFaults(plan: DayPlan, c: ProgramCommitment, account: CommitmentPlan, total: number): string[] {
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
  const needed = Math.max(c.minPlays, Math.ceil((c.minShare ?? 0) * total - 1e-6)) - account.tally;
  const spare = starts.length - Math.min(starts.length, Math.max(0, needed));
  if (bonus !== spare) faults.push(`${c.id}: ${bonus} plays are called bonus, ${spare} are`);
  return faults;
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
    if ((isShort || isThin) && plan.feasible) faults.push(`${c.id}: called feasible`);
    if ((isShort || isThin) && !named.has(c.id)) faults.push(`${c.id}: no conflict names it`);
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

function activeCommitments({ program, date }: PlanInput): ProgramCommitment[] {
  const weekday = weekdayName(date);
  return program.commitments.filter((c) => c.from <= date && date <= c.to && c.weekdays.some((day) => day === weekday));
}

const openHours = ({ program, date }: PlanInput): { from: string; to: string }[] =>
  program.openingHours.filter((hours) => hours.days.some((day) => day === weekdayName(date)));

const weekdayName = (date: string): string => DAY_NAMES[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? '';

function spansOn({ program, date }: PlanInput, parts: readonly { from: string; to: string }[]): Span[] {
  const spans = parts.map((part) => ({
    a: instant(date, part.from, program.timeZone),
    b: instant(date, part.to, program.timeZone),
  }));
  const sorted = spans.filter((span) => span.b > span.a).sort((x, y) => x.a - y.a);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.a <= last.b) last.b = Math.max(last.b, span.b);
    else joined.push({ ...span });
  }
  return joined;
}

const common = (left: readonly Span[], right: readonly Span[]): Span[] =>
  left
    .flatMap((x) => right.map((y) => ({ a: Math.max(x.a, y.a), b: Math.min(x.b, y.b) })))
    .filter((span) => span.b > span.a);

/** By the text form of a zoned time, another way than the planner's. */
function instant(date: string, time: string, zone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const day = new Date(Date.parse(`${date}T00:00:00Z`) + Math.floor(hours / 24) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const clock = `${String(hours % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone).epochMilliseconds;
}
