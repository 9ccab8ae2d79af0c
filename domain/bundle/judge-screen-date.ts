/** A screen's date as an inspector may believe it: how far it is proved, and what of its promises was kept. */
import { type PromisedDay, promisedOn } from '../compliance/promise-day.ts';
import { hasOtherForms, judgeForms } from '../compliance/promise-forms.ts';
import { type DayVerdict, judgeDay, verdictRank } from '../compliance/verdict.ts';
import type { Program } from '../plan/program.ts';
import { type Interval, intersectIntervals, mergeIntervals } from '../time/interval.ts';
import { openIntervals } from '../time/opening-hours.ts';
import { addDays, type LocalDate, startOfDayMs } from '../time/zone-time.ts';
import type { DateCount, DeviceDate, DeviceTimeline } from './device-timeline.ts';
import { type Finding, type ProofVerdict, proofVerdict } from './finding.ts';

/**
 * A promise on a date: the most that any program in force asked for, and what became of it. `plays` by the records that are here; `signed`: by the signed ends of
 * the day, null where there is none.
 */
export type ProvedPromise = {
  campaign: string;
  commitment: string;
  required: number;
  plays: number;
  makeGoods: number;
  signed: number | null;
  verdict: DayVerdict;
};

/** What is known of a screen. `programs` by hash; `assigned`: what the screen was given and when, all of it from `knownFromMs` on; `startsNew`: the records begin with the first that its devices ever made. */
export type ScreenKnowledge = {
  timelines: readonly DeviceTimeline[];
  programs: ReadonlyMap<string, Program>;
  assigned: readonly { program: string; fromMs: number }[];
  knownFromMs: number;
  isLogged: (program: string) => boolean;
  startsNew: boolean;
  /** What concerns all its dates. */
  findings: readonly Finding[];
};

/** A judged date. `timeZone`: of the screen, null where no program tells it; `widestMs`: the widest span within which segments of the date were signed,
 * `open` where one has no earliest or no latest time, null where there are none; `promises` in order of their ids. */
export type JudgedScreenDate = {
  timeZone: string | null;
  proof: ProofVerdict;
  findings: Finding[];
  widestMs: number | 'open' | null;
  promises: ProvedPromise[];
};

/** Times that overlap by less than this do not contradict each other: clocks of two devices differ. */
const OVERLAP_TOLERANCE_MS = 5000;

/** By so much local time is ahead of UTC, and behind it, at the most. */
const [MOST_AHEAD_MS, MOST_BEHIND_MS] = [14 * 3_600_000, 12 * 3_600_000];

/** Judges one date; `campaign`: of this campaign's promises only. */
export function judgeScreenDate(screen: ScreenKnowledge, date: LocalDate, campaign: string | null): JudgedScreenDate {
  const days = screen.timelines.flatMap((timeline) => timeline.dates().get(date) ?? []);
  const hashes = programsOn(screen, date, days);
  const programs = hashes.flatMap((hash) => screen.programs.get(hash) ?? []);
  const hours = mergeIntervals(
    programs.flatMap((program) => openIntervals(program.openingHours, date, program.timeZone)),
  );
  const findings = [
    ...screen.findings,
    ...programFindings(screen, hashes),
    ...unknownPrograms(screen, hours),
    ...missingTimes(screen, hours),
    ...remarksWithin(screen, hours),
    ...overlaps(screen, hours),
  ];
  const isWhole = proofVerdict(findings) === 'proved' || proofVerdict(findings) === 'proved-with-gaps';
  findings.push(...days.flatMap((day) => totalFindings(day, isWhole)));
  if (isWhole && hours.length > 0 && days.every((day) => day.signed === null)) findings.push({ kind: 'not-closed' });
  const proof = proofVerdict(findings);
  // Nothing is met by what contradicts itself, and nobody knows what a program asks for that is not here.
  const isTold =
    proof !== 'contradicted' &&
    programs.length === hashes.length &&
    !findings.some(({ kind }) => kind === 'programs-unknown');
  return {
    timeZone: programs[0]?.timeZone ?? null,
    proof,
    findings: unique(findings),
    widestMs: widestOf(days),
    promises: judgePromises(programs, date, days, proof)
      .filter((one) => campaign === null || one.campaign === campaign)
      .map((one) => (isTold ? one : { ...one, verdict: 'unknown' })),
  };
}

function widestOf(days: readonly DeviceDate[]): JudgedScreenDate['widestMs'] {
  const spans = days.map((day) => day.widestMs);
  if (spans.includes(null)) return 'open';
  return spans.length === 0 ? null : Math.max(...spans.map((span) => span ?? 0));
}

/** Programs that were in force within their own opening hours of the date, or may have been as far as is known, or that the device followed. */
function programsOn(screen: ScreenKnowledge, date: LocalDate, days: readonly DeviceDate[]): string[] {
  const inForce = screen.assigned.flatMap(({ program: hash, fromMs }, k) => {
    const program = screen.programs.get(hash);
    const untilMs = screen.assigned[k + 1]?.fromMs ?? Number.MAX_SAFE_INTEGER;
    const hours = program ? openIntervals(program.openingHours, date, program.timeZone) : [anyHours(date)];
    return intersectIntervals(hours, [{ startMs: fromMs, endMs: untilMs }]).length > 0 ? [hash] : [];
  });
  return [...new Set([...days.flatMap((day) => [...day.programs]), ...inForce])];
}

/** All hours that a date can have, wherever the screen is: those of a program that was left out of the bundle are not known. */
const anyHours = (date: LocalDate): Interval => ({
  startMs: startOfDayMs(date, 'UTC') - MOST_AHEAD_MS,
  endMs: startOfDayMs(addDays(date, 2), 'UTC') + MOST_BEHIND_MS,
});

function programFindings(screen: ScreenKnowledge, hashes: readonly string[]): Finding[] {
  if (hashes.length === 0) return [{ kind: 'no-program' }];
  return hashes.flatMap((program): Finding[] => {
    if (!screen.programs.has(program)) return [{ kind: 'program-missing', program }];
    if (!screen.isLogged(program)) return [{ kind: 'program-not-logged', program }];
    const isAssigned = screen.assigned.some((one) => one.program === program);
    return isAssigned ? [] : [{ kind: 'program-not-assigned', program }];
  });
}

/** Another program may have been in force when the date began, or when the screen's first device came. */
function unknownPrograms(
  { timelines, knownFromMs, startsNew }: ScreenKnowledge,
  hours: readonly Interval[],
): Finding[] {
  const [opensMs] = hours.map(({ startMs }) => startMs);
  if (opensMs === undefined) return [];
  const beginsMs = startsNew ? Math.min(...timelines.flatMap((timeline) => timeline.covered()[0]?.startMs ?? [])) : 0;
  return Math.max(opensMs, beginsMs) < knownFromMs ? [{ kind: 'programs-unknown' }] : [];
}

/** Time within the hours of which no record says anything. */
function missingTimes({ timelines, startsNew }: ScreenKnowledge, hours: readonly Interval[]): Finding[] {
  if (timelines.length === 0) return [{ kind: 'no-device' }];
  const covered = mergeIntervals(timelines.flatMap((timeline) => [...timeline.covered()]));
  const beginsMs = covered[0]?.startMs ?? Number.MAX_SAFE_INTEGER;
  return without(hours, covered).map(({ startMs, endMs }) =>
    startsNew && endMs <= beginsMs
      ? { kind: 'not-enrolled', fromMs: startMs, toMs: endMs }
      : { kind: 'records-missing', fromMs: startMs, toMs: endMs },
  );
}

function remarksWithin({ timelines }: ScreenKnowledge, hours: readonly Interval[]): Finding[] {
  return timelines.flatMap((timeline) =>
    timeline.remarks().flatMap(({ span, finding }) => (intersectIntervals(hours, [span]).length > 0 ? [finding] : [])),
  );
}

/** Two devices that both claim to have been the screen. */
function overlaps({ timelines }: ScreenKnowledge, hours: readonly Interval[]): Finding[] {
  const shown = timelines.map((timeline) => intersectIntervals(mergeIntervals(timeline.shown()), hours));
  return shown.flatMap((one, k) =>
    shown
      .slice(k + 1)
      .flatMap((other) => intersectIntervals(one, other))
      .filter(({ startMs, endMs }) => endMs - startMs > OVERLAP_TOLERANCE_MS)
      .map(({ startMs, endMs }): Finding => ({ kind: 'plays-overlap', fromMs: startMs, toMs: endMs })),
  );
}

/** A device's own totals of the day against its records. Where records are missing, more may have been signed than is here. */
function totalFindings({ signed }: DeviceDate, isWhole: boolean): Finding[] {
  if (!signed) return [];
  return Object.entries(signed.plays).flatMap(([commitment, plays]): Finding[] => {
    const counted = signed.counted.get(commitment) ?? 0;
    // What an earlier journal held may not have been known any more when the day was closed.
    const isLess = (signed.ofEpoch.get(commitment) ?? 0) > plays;
    const isMore = counted < plays && isWhole;
    return isLess || isMore ? [{ kind: 'count-differs', commitment, signed: plays, counted }] : [];
  });
}

/** Every promise under every program in force, the worst of each. */
function judgePromises(
  programs: readonly Program[],
  date: LocalDate,
  days: readonly DeviceDate[],
  proof: ProofVerdict,
): ProvedPromise[] {
  const worst = new Map<string, ProvedPromise>();
  for (const day of programs.flatMap((program) => promisedOn(program, date))) {
    const judged = judgePromise(day, days, proof);
    const known = worst.get(judged.commitment);
    const isWorse = !known || verdictRank(judged.verdict) < verdictRank(known.verdict);
    const required = Math.max(judged.required, known?.required ?? 0);
    worst.set(judged.commitment, { ...(isWorse ? judged : known), required });
  }
  return [...worst.values()].sort((a, b) => (a.commitment < b.commitment ? -1 : 1));
}

function judgePromise(day: PromisedDay, days: readonly DeviceDate[], proof: ProofVerdict): ProvedPromise {
  const { promise } = day;
  const own = days.flatMap(({ counts }) => counts.get(promise.id) ?? []);
  const all = days.flatMap(({ counts }) => [...counts.values()]);
  const plays = sumOf(own, (count) => count.plays);
  const makeGoods = sumOf(own, (count) => count.makeGoods);
  const closed = proof === 'proved' || proof === 'proved-with-gaps';
  const facts = {
    plays,
    allPlays: sumOf(all, (count) => count.plays),
    airtimeMs: sumOf(own, (count) => count.airtimeMs),
    allAirtimeMs: sumOf(all, (count) => count.airtimeMs),
    startsMs: own.flatMap((count) => count.startsMs),
  };
  const { verdict } = judgeDay({
    required: promise.minPlays,
    proven: plays,
    makeGoods,
    forms: hasOtherForms(promise)
      ? closed
        ? judgeForms(day, facts)
        : { broken: [], open: true, byMakeGood: false }
      : null,
    hasWindow: day.windows.length > 0,
    enrolled: true,
    over: true,
    closed,
    outlook: 'unknown',
    reason: null,
  });
  const { id: commitment, campaign, minPlays: required } = promise;
  const signed = signedPlays(days, commitment);
  return { campaign, commitment, required, plays, makeGoods, signed, verdict };
}

/** What the players' signed ends of the day add up to. */
function signedPlays(days: readonly DeviceDate[], commitment: string): number | null {
  const closes = days.flatMap(({ signed }) => signed ?? []);
  return closes.length === 0 ? null : closes.reduce((sum, { plays }) => sum + (plays[commitment] ?? 0), 0);
}

const sumOf = (counts: readonly DateCount[], of: (count: DateCount) => number): number =>
  counts.reduce((sum, count) => sum + of(count), 0);

/** What of `spans` lies in none of `others`; both normalised. */
function without(spans: readonly Interval[], others: readonly Interval[]): Interval[] {
  let left = [...spans];
  for (const other of others) {
    left = left.flatMap(({ startMs, endMs }) =>
      [
        { startMs, endMs: Math.min(endMs, other.startMs) },
        { startMs: Math.max(startMs, other.endMs), endMs },
      ].filter((part) => part.endMs > part.startMs),
    );
  }
  return left;
}

const unique = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];
