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
 * The records from the first of the last days of service with plays on or after `sinceDate`, oldest first. Reading back ends at a
 * segment all of whose plays are of earlier days, where the server's clock vouches for that.
 */
export function recordsSince(journal: Journal, sinceDate: string): ProofRecord[] {
  const batches: ProofRecord[][] = [journal.openLines().flatMap(parseRecord)];
  let read = 0;
  for (const segment of journal.shelf.newestFirst()) {
    const records = bodyLines(segment.body).flatMap(parseRecord);
    batches.push(records);
    read += 1;
    const dates = records.flatMap((record) => dateOfRecord(record) ?? []);
    const isEarlier = dates.length > 0 && dates.every((date) => date < sinceDate);
    if (read >= MOST_SEGMENTS || (isEarlier && isVouchedFor(segment.header))) break;
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
