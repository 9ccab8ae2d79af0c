/** One date of one screen, and the verdict on it, by what is said to be known of its devices and programs. */
import type { DateCount, DeviceDate, DeviceTimeline } from '../../../../domain/bundle/device-timeline.ts';
import type { Finding } from '../../../../domain/bundle/finding.ts';
import {
  type JudgedScreenDate,
  judgeScreenDate,
  type ScreenKnowledge,
} from '../../../../domain/bundle/judge-screen-date.ts';
import type { Program, ProgramCommitment } from '../../../../domain/plan/program.ts';
import { commitmentOf, programOf } from '../../../helpers/random-program.ts';

const DATE = '2026-07-01';
/** The opening hours of the date, 08:00 to 08:30 in Shanghai. */
export const [OPEN_MS, CLOSE_MS] = [Date.UTC(2026, 6, 1, 0), Date.UTC(2026, 6, 1, 0, 30)];
/** A span in minutes after opening. */
export const minutes = (from: number, to: number) => ({
  startMs: OPEN_MS + from * 60_000,
  endMs: OPEN_MS + to * 60_000,
});
const WHOLE = minutes(-60, 90);
/** A finding that leaves a date proved, with gaps. */
export const LOG_ANEW: Finding = { kind: 'log-anew', origin: 'o', size: 1 };

/** A program of that screen with these promises. */
export const programWith = (...commitments: ProgramCommitment[]): Program =>
  programOf(commitments, { from: '08:00', to: '08:30' });

/** Plays of `c1`, and of the loop beside them. */
export const counted = (plays: number, over: Partial<DateCount> = {}, fillers = 0): DeviceDate['counts'] =>
  new Map([
    ['c1', { plays, makeGoods: 0, airtimeMs: plays * 30_000, startsMs: [], ...over }],
    ['', { plays: fillers, makeGoods: 0, airtimeMs: fillers * 10_000, startsMs: [] }],
  ]);

/** Totals that a device signed at the end of the day, what its records count, and those of the epoch that it signed in. */
export const signed = (plays = {}, all = {}, ofEpoch = all): DeviceDate['signed'] => ({
  ...{ plays, counted: new Map(Object.entries(all)), ofEpoch: new Map(Object.entries(ofEpoch)) },
});

/** A device's date: `c1` twice and the day's end signed; `over` says what differs. */
export const dayOf = (over: Partial<DeviceDate> = {}): DeviceDate => ({
  ...{ counts: counted(2), signed: signed(), programs: new Set(['p']), widestMs: 5 },
  ...over,
});

/** What else a device's records say, where it is not that they cover all and remark nothing. */
export type Known = {
  covered?: DeviceTimeline['covered'];
  shown?: DeviceTimeline['shown'];
  remarks?: DeviceTimeline['remarks'];
};

/** The timeline of a device with that date. */
export const timelineOf = (day: DeviceDate | null, known: Known = {}): DeviceTimeline => ({
  ...{ add() {}, find() {}, covered: () => [WHOLE], remarks: () => [], shown: () => [] },
  ...known,
  dates: () => new Map(day ? [[DATE, day]] : []),
});

/** The verdict on a screen whose one device played `c1` twice, as its program asks for; `over` says what differs. */
export function judge(over: Partial<ScreenKnowledge> = {}, programs: Record<string, Program> = {}): JudgedScreenDate {
  const p = programWith(commitmentOf('c1', { minPlays: 2 }));
  return judgeScreenDate(
    {
      timelines: [timelineOf(dayOf())],
      programs: new Map(Object.entries({ p, ...programs })),
      assigned: [{ program: 'p', fromMs: 0 }],
      ...{ isLogged: () => true, startsNew: false, knownFromMs: 0, findings: [] },
      ...over,
    },
    DATE,
    null,
  );
}

/** The proof of that verdict, and its findings. */
export const found = (...of: Parameters<typeof judge>): unknown => [judge(...of).proof, judge(...of).findings];
