/** What the journal says about a day of service, read back at a start. */
import { dateOfSlotId } from '../../domain/plan/day-plan.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { bodyLines } from '../../domain/proof/segment.ts';
import { addDays } from '../../domain/time/zone-time.ts';
import { segmentHeaderSchema } from '../../protocol/proof.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import { EARLIEST_MS } from '../engine/plausible-time.ts';
import type { Journal } from './journal.ts';

/** More records than this are not read back: weeks of a busy screen. */
const MOST_RECORDS = 60_000;
/** An earlier date was made up by a clock far off. */
const EARLIEST_DATE = new Date(EARLIEST_MS).toISOString().slice(0, 10);

/** The date of service a record belongs to by its own words, or null. */
export function dateOfRecord(record: ProofRecord): string | null {
  if (record.kind === 'play') return dateOfSlotId(record.slot);
  return record.kind === 'dayclose' ? record.evidence.date : null;
}

/**
 * The records of all days of service from `sinceDate` on (at the latest from the day before the last one claimed), and of every earlier day that
 * no record has closed, oldest first: a day that the agent did not see the end of is known whole when it is closed. What is left of days of which
 * something was removed for its age is not among them. Reading back ends at a segment all of whose plays are of earlier days, where the server's
 * clock or a claim to a day vouches for that.
 */
export function recordsSince(journal: Journal, sinceDate: string): ProofRecord[] {
  const letGo = journal.shelf.datesLetGo();
  const closed = new Set(letGo);
  let firstDate = sinceDate;
  let isDated = false;
  /** Takes in what is read, newest first; whether all of it is earlier than what has to be known whole. */
  const isEarlier = (records: readonly ProofRecord[]): boolean => {
    for (const record of records) if (record.kind === 'dayclose') closed.add(record.evidence.date);
    const claimed = isDated ? undefined : records.findLast(isClaim);
    if (claimed) {
      // A clock set back for years believes in a date before all there is.
      const dayBefore = addDays(dateOfRecord(claimed) ?? sinceDate, -1);
      firstDate = dayBefore > firstDate ? dayBefore : firstDate;
      isDated = true;
    }
    const dates = records.flatMap((record) => dateOfRecord(record) ?? []);
    for (const date of dates) if (date < firstDate && date >= EARLIEST_DATE && !closed.has(date)) firstDate = date;
    // The end of a day may have been written on the next one, after a stop: only plays tell of the day on which they stand.
    const played = records.flatMap((record) => (record.kind === 'play' ? (dateOfRecord(record) ?? []) : []));
    return played.length > 0 && played.every((date) => date < firstDate);
  };
  const open = journal.openLines().flatMap(parseRecord);
  isEarlier(open);
  const batches = [open];
  let count = open.length;
  for (const segment of journal.shelf.newestFirst()) {
    const records = bodyLines(segment.body).flatMap(parseRecord);
    batches.push(records);
    count += records.length;
    const isEnough = isEarlier(records) && (records.some(isClaim) || isVouchedFor(segment.header));
    if (isEnough || count > MOST_RECORDS) break;
  }
  return batches
    .reverse()
    .flat()
    .filter((record) => !letGo.has(dateOfRecord(record) ?? ''));
}

/** A record that only an agent with a believable clock writes. */
const isClaim = (record: ProofRecord): boolean =>
  record.kind === 'dayclose' || (record.kind === 'play' && record.commitment !== null);

function isVouchedFor(header: string): boolean {
  const parsed = segmentHeaderSchema.safeParse(JSON.parse(header));
  return parsed.success && parsed.data.clock.source === 'server';
}

function parseRecord(line: string): ProofRecord[] {
  const record = readRecordLine(line);
  return record ? [record] : [];
}
