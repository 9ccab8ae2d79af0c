/** What a device's segments, read in order, say of time: which of it they cover, what the player declares, and what it showed on each date. */
import { dateOfSlotId } from '../plan/day-plan.ts';
import type { Program } from '../plan/program.ts';
import type { SoundSegment } from '../proof/check-segment.ts';
import { countedPlay } from '../proof/count-plays.ts';
import type { DayCloseRecord, PlayRecord, ProofRecord } from '../proof/record.ts';
import type { Interval } from '../time/interval.ts';
import type { LocalDate } from '../time/zone-time.ts';
import type { Finding } from './finding.ts';
import type { Bracket } from './trusted-times.ts';

/** A declared time, or one at which something cannot be true. */
type Remark = { span: Interval; finding: Finding };

/** Plays of one commitment (`''`: the loop) on a date. */
export type DateCount = { plays: number; makeGoods: number; airtimeMs: number; startsMs: number[] };

/** What a device showed on a date. `signed`: its own totals, with how many of its plays before them were of the same epoch. */
export type DeviceDate = {
  counts: Map<string, DateCount>;
  signed: {
    plays: Record<string, number>;
    counted: Map<string, number>;
    ofEpoch: Map<string, number>;
  } | null;
  programs: Set<string>;
  /** Widest span within which the segments that touch the date must have been signed; null where one has no earliest or no latest time. */
  widestMs: number | null;
};

/** A device's timeline. */
export type DeviceTimeline = {
  /** Adds the next segment, which follows the one before it by number unless `isCutOff`. */
  add(segment: SoundSegment, program: Program | null, bracket: Bracket, isCutOff: boolean): void;
  /** Adds a finding about a segment, at its time. */
  find(segment: SoundSegment, finding: Finding): void;
  /** Times of which the records say what happened. */
  covered(): readonly Interval[];
  /** What was declared or cannot be, and when. */
  remarks(): readonly Remark[];
  /** When plays were on the screen. */
  shown(): readonly Interval[];
  dates(): ReadonlyMap<LocalDate, DeviceDate>;
};

/** Plays that follow each other within this are one showing, as far as others could be in their way. */
const JOINED_MS = 1000;
/** By so much the clocks of records and log may disagree. */
const CLOCK_TOLERANCE_MS = 120_000;

/** An empty timeline. */
export function createDeviceTimeline(): DeviceTimeline {
  const covered: Interval[] = [];
  const shown: Interval[] = [];
  const remarks: Remark[] = [];
  const dates = new Map<LocalDate, DeviceDate>();
  let before: { epoch: number; endMs: number } | null = null;
  /** Plays counted so far by date, commitment and epoch, for the totals that the device signs. */
  const sums = new Map<string, number>();

  function dateOf(date: LocalDate): DeviceDate {
    const known = dates.get(date);
    if (known) return known;
    const made: DeviceDate = { counts: new Map(), signed: null, programs: new Set(), widestMs: 0 };
    dates.set(date, made);
    return made;
  }

  function cover(startMs: number, endMs: number): void {
    const last = covered.at(-1);
    if (last && startMs <= last.endMs && startMs >= last.startMs) {
      if (endMs > last.endMs) covered[covered.length - 1] = { startMs: last.startMs, endMs };
    } else if (endMs > startMs) covered.push({ startMs, endMs });
  }

  const remark = (fromMs: number, toMs: number, finding: Finding): void => {
    remarks.push({ span: { startMs: fromMs, endMs: Math.max(toMs, fromMs + 1) }, finding });
  };

  /** The time since the record before: off where the agent started anew, unknown where the clock was set, else nothing happened. */
  function bridge(record: ProofRecord, epoch: number, isCutOff: boolean): void {
    if (!before || isCutOff || record.t0 <= before.endMs) return;
    const [fromMs, toMs] = [before.endMs, record.t0];
    if (record.kind === 'clock') return;
    if (epoch !== before.epoch) remark(fromMs, toMs, { kind: 'journal-anew', fromMs, toMs });
    else if (record.kind === 'boot') remark(fromMs, toMs, { kind: 'player-off', fromMs, toMs });
    cover(fromMs, toMs);
  }

  function declare(record: ProofRecord): void {
    const [fromMs, toMs] = [record.t0, record.t1];
    if (record.kind === 'gap') remark(fromMs, toMs, { kind: record.reason, fromMs, toMs });
    if (record.kind === 'boot' && record.evidence.recovered === 1)
      remark(fromMs, toMs, { kind: 'recovered', atMs: fromMs });
    if (record.kind === 'clock' && record.reason === 'stepped') {
      const [early, late] = [Math.min(fromMs, toMs), Math.max(fromMs, toMs)];
      remark(early, late, { kind: 'clock-stepped', fromMs: early, toMs: late });
    }
  }

  function show(startMs: number, endMs: number): void {
    const last = shown.at(-1);
    if (last && startMs >= last.startMs && startMs - last.endMs <= JOINED_MS) {
      shown[shown.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, endMs) };
    } else if (endMs > startMs) shown.push({ startMs, endMs });
  }

  function count(record: PlayRecord, epoch: number, program: Program | null): void {
    const counted = countedPlay(record, program);
    if (!counted) return;
    const { date, commitment, durationMs } = counted;
    const { counts } = dateOf(date);
    const known = counts.get(commitment) ?? { plays: 0, makeGoods: 0, airtimeMs: 0, startsMs: [] };
    known.plays += 1;
    if (record.reason === 'make-good') known.makeGoods += 1;
    known.airtimeMs += durationMs;
    known.startsMs.push(record.t0);
    counts.set(commitment, known);
    for (const key of [`${date} ${commitment}`, `${date} ${commitment} ${epoch}`])
      sums.set(key, (sums.get(key) ?? 0) + 1);
  }

  function sign({ date, plays }: DayCloseRecord['evidence'], epoch: number): void {
    const of = (suffix: string): Map<string, number> =>
      new Map(Object.keys(plays).map((id) => [id, sums.get(`${date} ${id}${suffix}`) ?? 0]));
    dateOf(date).signed = { plays, counted: of(''), ofEpoch: of(` ${epoch}`) };
  }

  /** Holds the times of records against those that others vouch for; `widest` is noted with every date that the segment touches. */
  function hold(segment: SoundSegment, { notBeforeMs, notAfterMs }: Bracket): void {
    const { header, records } = segment;
    const toleranceMs = CLOCK_TOLERANCE_MS + (header.clock.errorMs ?? 0);
    const isSure = header.clock.source === 'server' && header.clock.lastSyncMs !== null;
    const first = Math.min(...records.map((record) => record.t0));
    const last = Math.max(...records.map((record) => record.t1));
    const place = { epoch: header.epoch, segment: header.segment };
    if (!isSure) remark(first, last, { kind: 'clock-unsynchronised' });
    else if (notAfterMs !== null && last > notAfterMs + toleranceMs)
      remark(first, last, { kind: 'after-logged', ...place });
    else if (notBeforeMs !== null && first < notBeforeMs - toleranceMs)
      remark(first, last, { kind: 'before-beacon', ...place });
    const widestMs = notBeforeMs === null || notAfterMs === null ? null : Math.max(0, notAfterMs - notBeforeMs);
    for (const date of datesOf(records)) {
      const day = dateOf(date);
      day.widestMs = day.widestMs === null || widestMs === null ? null : Math.max(day.widestMs, widestMs);
      if (header.program !== null) day.programs.add(header.program);
    }
  }

  return {
    add(segment, program, bracket, isCutOff) {
      const { header, records } = segment;
      hold(segment, bracket);
      for (const [k, record] of records.entries()) {
        bridge(record, header.epoch, isCutOff && k === 0);
        declare(record);
        if (record.kind !== 'clock') cover(record.t0, record.t1);
        if (record.kind === 'play') {
          if (record.outcome !== 'failed') show(record.t0, record.t1);
          count(record, header.epoch, program);
        }
        if (record.kind === 'dayclose') sign(record.evidence, header.epoch);
        before = { epoch: header.epoch, endMs: record.t1 };
      }
    },
    find({ records }, finding) {
      remark(Math.min(...records.map((record) => record.t0)), Math.max(...records.map((record) => record.t1)), finding);
    },
    covered: () => covered,
    remarks: () => remarks,
    shown: () => shown,
    dates: () => dates,
  };
}

/** Dates of service that plays and signed ends of days in the records name. */
function datesOf(records: readonly ProofRecord[]): Set<LocalDate> {
  const dates = new Set<LocalDate>();
  for (const record of records) {
    const date =
      record.kind === 'play' ? dateOfSlotId(record.slot) : record.kind === 'dayclose' ? record.evidence.date : null;
    if (date !== null) dates.add(date);
  }
  return dates;
}
