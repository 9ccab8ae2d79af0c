/** What the journal says about a day of service, read back at a start. */
import { dateOfSlotId } from '../../domain/plan/day-plan.ts';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { bodyLines } from '../../domain/proof/segment.ts';
import { recordSchema, segmentHeaderSchema } from '../../protocol/proof.ts';
import type { Journal } from './journal.ts';

/** More segments than this are not read back: more than three days of the fastest sealing by count. */
const MOST_SEGMENTS = 600;

/** The date of service a record belongs to by its own words, or null. */
export function dateOfRecord(record: ProofRecord): string | null {
  if (record.kind === 'play') return dateOfSlotId(record.slot);
  return record.kind === 'dayclose' ? record.evidence.date : null;
}

/**
 * The records of all days of service from `sinceDate` on, and of every earlier day that no record has closed, oldest first: a day
 * that the agent did not see the end of is known whole when it is closed. Reading back ends at a segment all of whose plays are of
 * earlier days, where the server's clock vouches for that.
 */
export function recordsSince(journal: Journal, sinceDate: string): ProofRecord[] {
  const closed = new Set<string>();
  let firstDate = sinceDate;
  /** Takes in what is read, newest first; whether all of it is earlier than what has to be known whole. */
  const isEarlier = (records: readonly ProofRecord[]): boolean => {
    for (const record of records) if (record.kind === 'dayclose') closed.add(record.evidence.date);
    const dates = records.flatMap((record) => dateOfRecord(record) ?? []);
    for (const date of dates) if (date < firstDate && !closed.has(date)) firstDate = date;
    return dates.length > 0 && dates.every((date) => date < firstDate);
  };
  const open = journal.openLines().flatMap(parseRecord);
  isEarlier(open);
  const batches = [open];
  for (const segment of journal.shelf.newestFirst()) {
    const records = bodyLines(segment.body).flatMap(parseRecord);
    batches.push(records);
    const isEnough = isEarlier(records) && isVouchedFor(segment.header);
    if (isEnough || batches.length > MOST_SEGMENTS) break;
  }
  return batches.reverse().flat();
}

function isVouchedFor(header: string): boolean {
  const parsed = segmentHeaderSchema.safeParse(JSON.parse(header));
  return parsed.success && parsed.data.clock.source === 'server';
}

function parseRecord(line: string): ProofRecord[] {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
