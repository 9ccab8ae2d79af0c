/** The request of `xunbo plan`: what may stand in the file, and the program it means. */
import { z } from 'zod';
import type { Tally } from '../domain/plan/plan-day.ts';
import { PROGRAM_FORMAT, type Program } from '../domain/plan/program.ts';
import { type ProgramFault, validateProgram } from '../domain/plan/validate-program.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { WEEKDAYS } from '../domain/time/weekday.ts';
import { isLocalDate, type LocalDate, startOfDayMs } from '../domain/time/zone-time.ts';

const dayPart = z.strictObject({ from: z.string(), to: z.string() });
const weekdays = z.array(z.enum(WEEKDAYS));
const timedItem = z.strictObject({ item: z.string(), durationMs: z.number() });

const loopItem = timedItem.extend({
  from: z.string().optional(),
  to: z.string().optional(),
  weekdays: weekdays.optional(),
  dayParts: z.array(dayPart).optional(),
  separation: z.string().optional(),
});

const commitment = z
  .strictObject({
    id: z.string(),
    items: z.array(timedItem.extend({ weight: z.number().default(1) })),
    minPlays: z.number().optional(),
    dayParts: z.array(dayPart).default([]),
    weekdays: weekdays.default([...WEEKDAYS]),
    maxPlaysPerHour: z.number().nullable().default(null),
    minGapMs: z.number().nullable().default(null),
    maxGapMs: z.number().nullable().default(null),
    minShare: z.number().nullable().default(null),
    minAirtimeShare: z.number().nullable().default(null),
    exactTimes: z.array(z.string()).default([]),
    separation: z.string().nullable().default(null),
    priority: z.number().default(0),
    frontLoad: z.number().default(0.75),
  })
  .refine((c) => c.minPlays !== undefined || c.exactTimes.length > 0, { error: 'a number', path: ['minPlays'] });

/** The shape of a plan request; ranges of values are the domain's to judge. Unknown keys are refused, so that a misspelt one is not lost. */
export const planRequestSchema = z.strictObject({
  screen: z.strictObject({
    timeZone: z.string(),
    openingHours: z.array(z.strictObject({ days: weekdays, from: z.string(), to: z.string() })),
  }),
  date: z.string(),
  loop: z.array(loopItem),
  commitments: z.array(commitment),
  tally: z.record(z.string(), z.number()).default({}),
  now: z.string().optional(),
});

/** A plan request as it is written. */
export type PlanRequest = z.input<typeof planRequestSchema>;

/** Everything `planDay` takes. */
export type PlanInput = { program: Program; date: LocalDate; tally: Tally; nowMs: number };

/** One fault of a request: where it is, what stands there (JSON), and what is allowed. */
export type RequestFault = { place: string; value: string; allowed: string };

/** A fault on one line: `commitments[0].minPlays: -1, allowed: a whole number of plays a day from 0 to 100000`. */
export const faultLine = (fault: RequestFault): string => `${fault.place}: ${fault.value}, allowed: ${fault.allowed}`;

/** Checks a parsed JSON value and gives the planner's input, or every fault found. */
export function readPlanRequest(json: unknown): Result<PlanInput, RequestFault[]> {
  const parsed = planRequestSchema.safeParse(json);
  if (!parsed.success) return fail(parsed.error.issues.flatMap((issue) => shapeFaults(issue, json)));
  const request = parsed.data;
  const program: Program = {
    format: PROGRAM_FORMAT,
    timeZone: request.screen.timeZone,
    openingHours: request.screen.openingHours,
    loop: request.loop,
    ticker: [],
    commitments: request.commitments.map((c) => ({
      ...c,
      minPlays: c.minPlays ?? c.exactTimes.length,
      campaign: c.id,
      scope: 'screen' as const,
      from: request.date,
      to: request.date,
      minConsecutiveDays: null,
    })),
    manifest: {},
  };
  const faults = [...dateFaults(request), ...tallyFaults(request), ...programFaults(program, request.date)];
  if (faults.length > 0) return fail(faults);
  const nowMs = request.now === undefined ? startOfDayMs(request.date, program.timeZone) : Date.parse(request.now);
  return ok({ program, date: request.date, tally: request.tally, nowMs });
}

type Request = z.output<typeof planRequestSchema>;

/** An instant as RFC 3339 writes it; without an offset it would not be one. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function dateFaults({ date, now }: Request): RequestFault[] {
  const faults: RequestFault[] = [];
  if (!isLocalDate(date)) faults.push({ place: 'date', value: JSON.stringify(date), allowed: 'a date YYYY-MM-DD' });
  if (now !== undefined && !(INSTANT.test(now) && Number.isFinite(Date.parse(now)))) {
    faults.push({
      place: 'now',
      value: JSON.stringify(now),
      allowed: 'an instant with offset such as 2026-07-01T04:00:00Z',
    });
  }
  return faults;
}

function tallyFaults({ tally, commitments }: Request): RequestFault[] {
  const ids = new Set(commitments.map((c) => c.id));
  return Object.entries(tally).flatMap(([id, count]) => {
    const place = `tally.${id}`;
    const value = JSON.stringify(count);
    if (!ids.has(id)) return [{ place, value, allowed: 'the id of a commitment of this request' }];
    if (Number.isSafeInteger(count) && count >= 0) return [];
    return [{ place, value, allowed: 'a whole number of plays from 0' }];
  });
}

/** Faults of the program under the names the request has for them; its dates are the request's, which is judged once, above. */
function programFaults(program: Program, date: LocalDate): RequestFault[] {
  const isOwn = (fault: ProgramFault): boolean => fault.code !== 'date-malformed' || isLocalDate(date);
  return validateProgram(program)
    .filter(isOwn)
    .map(({ place, value, allowed }) => ({
      place: /^(timeZone|openingHours)/.test(place) ? `screen.${place}` : place,
      value,
      allowed,
    }));
}

/** The fault or, for unknown keys, the faults that one issue of the schema stands for. */
function shapeFaults(issue: z.core.$ZodIssue, json: unknown): RequestFault[] {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place: place === '' ? key : `${place}.${key}`,
      value: textOf(valueAt(json, [...issue.path, key])),
      allowed: 'no such key',
    }));
  }
  return [
    { place: place === '' ? 'request' : place, value: textOf(valueAt(json, issue.path)), allowed: allowedBy(issue) },
  ];
}

function allowedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `${/^[aio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.join(', ')}`;
  return issue.message;
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.map((key, k) => (typeof key === 'number' ? `[${key}]` : `${k === 0 ? '' : '.'}${String(key)}`)).join('');

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let at = json;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** A value as JSON, cut to what fits on a line of a terminal. */
function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
