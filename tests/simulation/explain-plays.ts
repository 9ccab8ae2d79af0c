/** Holds what was shown against records, segments and counters, and gives every difference its cause. */
import type { SegmentHeader } from '../../domain/proof/segment.ts';
import type { ScreenDayCounters } from '../../server/stores/ledger-store.ts';
import { addTo, type Sums } from './ledger-sums.ts';
import type { DiskSegment } from './simulated-disk.ts';
import type { Showing } from './witness.ts';

/** Where a record of the device lies at the end of a run. */
export type RecordPlace = (epoch: number, seq: number) => DiskSegment | null;

/** Tells in which segment of the disk a record lies. */
export function recordPlaces(segments: readonly DiskSegment[]): RecordPlace {
  const ranges = segments.map((segment) => ({ segment, ...rangeOf(segment) }));
  const byEpoch = Map.groupBy(ranges, ({ segment }) => segment.epoch);
  let last = ranges[0];
  return (epoch, seq) => {
    // Whoever asks goes by time, so that the next record mostly lies beside the last.
    if (last?.segment.epoch !== epoch || seq < last.from || seq >= last.to) {
      last = byEpoch.get(epoch)?.find((range) => range.from <= seq && seq < range.to);
    }
    return last?.segment ?? null;
  };
}

function rangeOf({ open, sealed }: DiskSegment): { from: number; to: number } {
  if (sealed) {
    const { firstSeq, count }: Pick<SegmentHeader, 'firstSeq' | 'count'> = JSON.parse(sealed.header);
    return { from: firstSeq, to: firstSeq + count };
  }
  const [opening = ''] = (open ?? []).join('').split('\n');
  const from = Number(/"firstSeq":(\d+)/.exec(opening)?.[1] ?? Number.NaN);
  return { from, to: from + (open?.length ?? 0) };
}

/** What is known of the device when a run ends. */
export type DeviceEnd = {
  placeOf: RecordPlace;
  isOnline: boolean;
  /** The agent has been connected for so long that everything sealed should have been answered. */
  isSettled: boolean;
};

/** Adds the plays of one screen, and the cause of every one that got lost on the way, to `sums`; faults are told to `fault`. */
export function explainPlays(
  showings: readonly Showing[],
  counters: readonly ScreenDayCounters[],
  device: DeviceEnd,
  sums: Sums,
  fault: (text: string) => void,
): void {
  const { plays } = sums;
  for (const showing of showings) {
    plays.played += 1;
    const { record } = showing;
    if (!record) {
      const cause =
        showing.truth === 'under-way' ? 'under way when the agent ended' : 'over, the agent ended in recording it';
      addTo(sums.unrecorded, cause);
      continue;
    }
    plays.recorded += 1;
    if (!showing.isStored) {
      explainAway(showing, device, sums, fault);
      continue;
    }
    plays.ingested += 1;
    if (showing.truth !== 'full') addTo(sums.uncounted, showing.truth);
  }
  for (const day of counters) plays.counted += Object.values(day.plays).reduce((sum, count) => sum + count, 0);
  compareCounts(showings, counters, fault);
}

function explainAway(showing: Showing, device: DeviceEnd, sums: Sums, fault: (text: string) => void): void {
  const { epoch, seq } = showing.record ?? { epoch: -1, seq: -1 };
  const place = device.placeOf(epoch, seq);
  const at = `record ${epoch}/${seq}`;
  const state = place?.state ?? (place ? 'open' : 'gone');
  if (state === 'sealed' && device.isSettled) fault(`I12: ${at} waits on a device that has long been connected`);
  if (state === 'stored') fault(`I1: ${at} was acknowledged and is not in the ledger`);
  const causes: Record<string, string> = {
    open: 'in the open segment of the device',
    sealed: device.isOnline ? 'about to be sent' : 'on a device that is offline',
    quarantined: 'in quarantine',
    damaged: "unreadable on the device's disk",
    held: 'held back behind an unreadable segment',
  };
  const cause = causes[state];
  if (cause !== undefined) addTo(sums.uningested, cause);
  else if (state !== 'stored') fault(`I1: ${at} was recorded and is nowhere`);
}

type Count = { plays: number; makeGoods: number; airtimeMs: number };

/** The counters of every screen-day are what was truly shown and is stored (I2, I10), plays, make-goods and airtime alike. */
function compareCounts(
  showings: readonly Showing[],
  counters: readonly ScreenDayCounters[],
  fault: (text: string) => void,
): void {
  const due = new Map<string, Count>();
  for (const { truth, isStored, date, commitment, durationMs, isMakeGood } of showings) {
    if (truth !== 'full' || !isStored) continue;
    const key = `${date} ${commitment ?? ''}`;
    const count = due.get(key) ?? { plays: 0, makeGoods: 0, airtimeMs: 0 };
    count.plays += 1;
    count.makeGoods += isMakeGood ? 1 : 0;
    count.airtimeMs += durationMs;
    due.set(key, count);
  }
  for (const day of counters) {
    for (const [id, plays] of Object.entries(day.plays)) {
      const key = `${day.date} ${id}`;
      const found = JSON.stringify({ plays, makeGoods: day.makeGoods[id] ?? 0, airtimeMs: day.airtimeMs[id] ?? 0 });
      const wanted = JSON.stringify(due.get(key) ?? { plays: 0, makeGoods: 0, airtimeMs: 0 });
      if (found !== wanted) fault(`I2: counted ${found} for ${key}, truly shown and stored ${wanted}`);
      due.delete(key);
    }
  }
  for (const [key, count] of due) fault(`I10: nothing is counted for ${key}, truly shown and stored ${count.plays}`);
}
