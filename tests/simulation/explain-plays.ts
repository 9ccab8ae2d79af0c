/** Holds what was shown against records, segments and counters, and gives every difference its cause. */
import type { ScreenDayCounters } from '../../server/stores/ledger-store.ts';
import type { DeviceSegment } from './device-segments.ts';
import type { Fault } from './findings.ts';
import { addTo, type Sums } from './ledger-sums.ts';
import type { Showing } from './witness.ts';

/** Where a record of a device lies at the end of a run. */
export type RecordPlace = (epoch: number, seq: number) => DeviceSegment | null;

/** Tells in which segment of a device a record lies. */
export function recordPlaces(segments: readonly DeviceSegment[]): RecordPlace {
  const holds = ({ firstSeq, count }: DeviceSegment, seq: number): boolean => firstSeq <= seq && seq < firstSeq + count;
  const byEpoch = Map.groupBy(segments, ({ epoch }) => epoch);
  let last = segments[0];
  return (epoch, seq) => {
    // Whoever asks goes by time, so that the next record mostly lies beside the last.
    if (last?.epoch !== epoch || !holds(last, seq)) last = byEpoch.get(epoch)?.find((segment) => holds(segment, seq));
    return last ?? null;
  };
}

/** What is known of a device when plays are explained. */
export type DeviceEnd = {
  showings: readonly Showing[];
  placeOf: RecordPlace;
  isOnline: boolean;
  /** An old copy of the server's ledger was put back, and what it lacks has not come again yet. */
  isServerSetBack: boolean;
};

/** Adds the plays of one device, and the cause of every one that got lost on the way, to `sums`. */
export function explainPlays(device: DeviceEnd, sums: Sums, fault: Fault): void {
  const { plays } = sums;
  for (const showing of device.showings) {
    plays.played += 1;
    if (!showing.record) {
      addTo(sums.unrecorded, whyUnrecorded(showing));
      continue;
    }
    plays.recorded += 1;
    if (!showing.isStored) {
      explainAway(showing.record, device, sums, fault);
      continue;
    }
    plays.ingested += 1;
    if (showing.truth !== 'full') addTo(sums.uncounted, showing.truth);
  }
}

function whyUnrecorded({ isRefused, truth }: Showing): string {
  if (isRefused) return 'the disk did not take the record, as is declared';
  return truth === 'under-way' ? 'under way when the agent ended' : 'over, the agent ended in recording it';
}

const CAUSES: Readonly<Record<string, string>> = {
  open: 'in the open segment of the device',
  quarantined: 'in quarantine',
  forked: 'under a number that a copy of the device had used',
  damaged: "unreadable on the device's disk",
  held: 'held back behind an unreadable segment',
};

function explainAway(
  { epoch, seq }: { epoch: number; seq: number },
  { placeOf, isOnline, isServerSetBack }: DeviceEnd,
  sums: Sums,
  fault: Fault,
): void {
  const state = placeOf(epoch, seq)?.state ?? 'nowhere';
  const at = `record ${epoch}/${seq}`;
  const isWaiting = state === 'sealed';
  const isAcknowledged = state === 'stored' || state === 'gone';
  if (isAcknowledged && !isServerSetBack) fault('I1', `${at} was acknowledged and is not in the ledger`);
  else if (isAcknowledged) addTo(sums.uningested, 'lost with an old copy of the ledger, still on the device');
  else if (isWaiting) addTo(sums.uningested, isOnline ? 'about to be sent' : 'on a device that is offline');
  else if (CAUSES[state] !== undefined) addTo(sums.uningested, CAUSES[state]);
  else fault('I1', `${at} was recorded and is nowhere`);
}

type Count = { plays: number; makeGoods: number; airtimeMs: number };

/** The counters of every screen-day are what was truly shown and is stored (I2, I10), plays, make-goods and airtime alike. Gives how many are counted. */
export function compareCounts(
  showings: readonly Showing[],
  counters: readonly ScreenDayCounters[],
  fault: Fault,
): number {
  let counted = 0;
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
      counted += plays;
      const key = `${day.date} ${id}`;
      const found = JSON.stringify({ plays, makeGoods: day.makeGoods[id] ?? 0, airtimeMs: day.airtimeMs[id] ?? 0 });
      const wanted = JSON.stringify(due.get(key) ?? { plays: 0, makeGoods: 0, airtimeMs: 0 });
      if (found !== wanted) fault('I2', `counted ${found} for ${key}, truly shown and stored ${wanted}`);
      due.delete(key);
    }
  }
  for (const [key, count] of due) {
    fault('I10', `nothing is counted for ${key}, truly shown and stored ${count.plays}`);
  }
  return counted;
}
