/** Finds what a bundle is to hold: which segments show some screens and dates, which programs they name, and where all of it stands in the log. */
import type { SegmentHeader } from '../../domain/proof/segment.ts';
import { addDays, startOfDayMs } from '../../domain/time/zone-time.ts';
import { readHeader } from '../../protocol/read-header.ts';
import { DROPPED_BODY } from '../stores/body-store.ts';
import type { Ledger, VerifiedSegmentRow } from '../stores/ledger-store.ts';

/** A segment that goes in, and where its entry stands. */
export type ChosenSegment = { device: string; epoch: number; segment: number; index: number };

/** The chosen segments of a screen in order of device, epoch and number. */
export type ChosenRun = {
  screen: string;
  fromMs: number;
  toMs: number;
  segments: ChosenSegment[];
  programs: ReadonlySet<string>;
  /** Sizes of the log that the devices had seen. */
  beacons: ReadonlySet<number>;
};

const HOUR_MS = 3_600_000;
/** How far before and after the dates is looked for the records that close them in: a screen may be closed for weeks. */
const REACHES_MS = [26, 100, 400, 1500, 10_000].map((hours) => hours * HOUR_MS);
/** Whatever a clock that was never set may say. */
const UNSET_UNTIL_MS = Date.UTC(2020, 0, 1);

type Found = ChosenSegment & { firstAtMs: number; lastAtMs: number; header: SegmentHeader };

/** Chooses the segments of `screen` for the dates, as far as the log has them below `size`. */
export async function chooseSegments(
  ledger: Ledger,
  screen: string,
  dates: { from: string; to: string; timeZone: string },
  size: number,
): Promise<ChosenRun> {
  const opensMs = startOfDayMs(dates.from, dates.timeZone);
  // Hours may go on until the end of the next date.
  const closesMs = startOfDayMs(addDays(dates.to, 2), dates.timeZone);
  let found: Found[] = [];
  let span = { fromMs: opensMs, toMs: closesMs };
  for (const reachMs of REACHES_MS) {
    span = { fromMs: opensMs - reachMs, toMs: closesMs + reachMs };
    found = await find(ledger, screen, span, size);
    const devices = new Set(found.map(({ device }) => device));
    const isClosedIn = [...devices].every((device) => {
      const own = found.filter((one) => one.device === device);
      return (
        own.some((one) => one.segment === 0 || one.lastAtMs < opensMs) && own.some((one) => one.firstAtMs >= closesMs)
      );
    });
    if (devices.size > 0 && isClosedIn) break;
  }
  const segments = closedIn(found, opensMs, closesMs);
  return {
    screen,
    ...span,
    segments,
    programs: new Set(segments.flatMap(({ header }) => header.program ?? [])),
    beacons: new Set(segments.flatMap(({ header }) => header.beacon?.size ?? [])),
  };
}

async function find(
  ledger: Ledger,
  screen: string,
  span: { fromMs: number; toMs: number },
  size: number,
): Promise<Found[]> {
  const found = new Map<string, Found>();
  for (const { fromMs, toMs } of [span, { fromMs: 0, toMs: UNSET_UNTIL_MS }]) {
    for await (const row of ledger.segments.segments({ fromMs, toMs, screen })) {
      const header = readHeader(row.header);
      const index = await ledger.log.indexOf(row.hash);
      // What was dropped for its age cannot be shown any more.
      if (row.body === DROPPED_BODY) continue;
      if (!header || index === null || index >= size) continue;
      const { device, epoch, segment, firstAtMs, lastAtMs } = row;
      found.set(placeOf(row), { device, epoch, segment, index, firstAtMs, lastAtMs, header });
    }
  }
  return [...found.values()].sort(
    (a, b) => (a.device < b.device ? -1 : a.device > b.device ? 1 : 0) || a.epoch - b.epoch || a.segment - b.segment,
  );
}

/** What touches the dates, the numbers between, and the one before and after of each device. */
function closedIn(found: readonly Found[], opensMs: number, closesMs: number): Found[] {
  return [...Map.groupBy(found, ({ device }) => device).values()].flatMap((own) => {
    const touches = own.map(({ firstAtMs, lastAtMs }) => lastAtMs >= opensMs && firstAtMs < closesMs);
    const [first, last] = [touches.indexOf(true), touches.lastIndexOf(true)];
    return first < 0 ? [] : own.slice(Math.max(0, first - 1), last + 2);
  });
}

/** The name of a segment's place. */
const placeOf = ({ device, epoch, segment }: Pick<VerifiedSegmentRow, 'device' | 'epoch' | 'segment'>): string =>
  `${device} ${epoch}/${segment}`;

/** The rows of a run in its order. What was read before its turn, by a clock that was set, waits for it. */
export async function* rowsOf(ledger: Ledger, run: ChosenRun): AsyncGenerator<VerifiedSegmentRow> {
  const turns = new Map(run.segments.map((chosen, turn) => [placeOf(chosen), turn]));
  const waiting = new Map<number, VerifiedSegmentRow>();
  let next = 0;
  for (const span of [{ fromMs: 0, toMs: UNSET_UNTIL_MS }, run]) {
    for await (const row of ledger.segments.segments({ fromMs: span.fromMs, toMs: span.toMs, screen: run.screen })) {
      const turn = turns.get(placeOf(row));
      if (turn !== undefined && turn >= next) waiting.set(turn, row);
      for (let due = waiting.get(next); due; due = waiting.get(next)) {
        waiting.delete(next);
        next += 1;
        yield due;
      }
    }
  }
}
