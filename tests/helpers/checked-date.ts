/** What a program says of a date, hours as moments and promises that run, worked out from first principles and another way than the planner's. */
import type { PlayedSlot } from '../../domain/plan/day-plan.ts';
import type { Program, ProgramCommitment } from '../../domain/plan/program.ts';

/** What a plan was made from. */
export type PlanInput = {
  program: Program;
  date: string;
  nowMs: number;
  tally: Readonly<Record<string, number>>;
  played?: readonly PlayedSlot[];
};

/** A time from `a` to before `b`, in UTC ms. */
export type Span = { a: number; b: number };

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The promises that run on the date. */
export function activeCommitments({ program, date }: PlanInput): ProgramCommitment[] {
  const weekday = weekdayName(date);
  return program.commitments.filter((c) => c.from <= date && date <= c.to && c.weekdays.some((day) => day === weekday));
}

/** When the screen is open on the weekday of the date. */
export const openHours = ({ program, date }: PlanInput): { from: string; to: string }[] =>
  program.openingHours.filter((hours) => hours.days.some((day) => day === weekdayName(date)));

/** The weekday of a date, as programs name it. */
export const weekdayName = (date: string): string =>
  DAY_NAMES[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? '';

/** Parts of the date as moments, in order and joined where they meet. */
export function spansOn({ program, date }: PlanInput, parts: readonly { from: string; to: string }[]): Span[] {
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

/** What two lists of spans have in common. */
export const common = (left: readonly Span[], right: readonly Span[]): Span[] =>
  left
    .flatMap((x) => right.map((y) => ({ a: Math.max(x.a, y.a), b: Math.min(x.b, y.b) })))
    .filter((span) => span.b > span.a);

/** The moment of a time of the date, which may be past midnight, by the text form of a zoned time, another way than the planner's. */
export function instant(date: string, time: string, zone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const day = new Date(Date.parse(`${date}T00:00:00Z`) + Math.floor(hours / 24) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const clock = `${String(hours % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  const inZone = (disambiguation: 'earlier' | 'later'): Temporal.ZonedDateTime =>
    Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone, { disambiguation });
  const early = inZone('earlier');
  // Read back unlike it was written, the time is one that the clocks skip: it means the moment of their jump.
  const isSkipped = early.toPlainDateTime().toString().slice(0, 16) !== `${day}T${clock}`;
  if (!isSkipped) return early.epochMilliseconds;
  let low = early.epochMilliseconds;
  let high = inZone('later').epochMilliseconds;
  const offsetAt = (ms: number): number =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offsetAt(low)) low = middle;
    else high = middle;
  }
  return high;
}
