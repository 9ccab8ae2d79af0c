/** Plays read back from stored segments, in order of time, with the names they had when they were played. */

import { dateOfSlotId } from '../../domain/plan/day-plan.ts';
import type { Program } from '../../domain/plan/program.ts';
import { expectedOf } from '../../domain/proof/count-plays.ts';
import { countsAsPlay, type PlayRecord } from '../../domain/proof/record.ts';
import { bodyLines } from '../../domain/proof/segment.ts';
import type { Play } from '../../protocol/http/views.ts';
import { recordSchema, segmentHeaderSchema } from '../../protocol/proof.ts';
import { readRecordLine } from '../../protocol/read-record-line.ts';
import { DROPPED_BODY } from '../stores/body-store.ts';
import type { SegmentLedger, VerifiedSegmentRow } from '../stores/ledger-store.ts';

/** Dates of service lie at most this far from the UTC instants of their plays (zones of ±14 h, hours to 47:59). */
const DATE_SPREAD_MS = 3 * 86_400_000;

/** Where plays are read from. `onDropped` hears of segments of the time asked for whose plays are not kept singly any more. */
export type PlaySource = {
  segments: SegmentLedger;
  programOf: (hash: string) => Promise<Program | null>;
  onDropped?: (row: VerifiedSegmentRow) => void;
};

/** Which plays: those whose date of service lies in [from, to], of one screen or of all. */
export type PlayQuery = { from: string; to: string; screen: string | null };

/** A play, its record's line as the device signed it, and the zone of its program; null where the program is not known. */
export type RecordedPlay = { play: Play; line: string; timeZone: string | null };

/** The plays of `query`, segment by segment in order of time. */
export async function* readPlays(source: PlaySource, query: PlayQuery): AsyncGenerator<Play> {
  for await (const { play } of readRecordedPlays(source, query)) yield play;
}

/** As {@link readPlays}, each with its record. */
export async function* readRecordedPlays(source: PlaySource, query: PlayQuery): AsyncGenerator<RecordedPlay> {
  const rows = source.segments.segments({
    fromMs: Date.parse(query.from) - DATE_SPREAD_MS,
    toMs: Date.parse(query.to) + DATE_SPREAD_MS,
    screen: query.screen,
  });
  for await (const row of rows) {
    if (row.body === DROPPED_BODY) {
      source.onDropped?.(row);
      continue;
    }
    const header = segmentHeaderSchema.parse(JSON.parse(row.header));
    const program = header.program === null ? null : await source.programOf(header.program);
    for (const line of bodyLines(row.body)) {
      const record = readRecordLine(line) ?? recordSchema.parse(JSON.parse(line));
      if (record.kind !== 'play') continue;
      const play = playOf(record, row, program);
      if (play && play.date >= query.from && play.date <= query.to) {
        yield { play, line, timeZone: program?.timeZone ?? null };
      }
    }
  }
}

function playOf(record: PlayRecord, row: VerifiedSegmentRow, program: Program | null): Play | null {
  const date = dateOfSlotId(record.slot);
  if (date === null) return null;
  const due = expectedOf(record, program);
  return {
    screenId: row.screen,
    device: row.device,
    epoch: row.epoch,
    seq: record.seq,
    date,
    startMs: record.t0,
    endMs: record.t1,
    item: record.item,
    itemName: program?.manifest[record.item]?.name ?? record.item,
    sha: record.sha,
    campaign: record.campaign,
    commitment: record.commitment,
    outcome: record.outcome,
    reason: record.reason,
    counted: due !== null && countsAsPlay(record, due.durationMs),
    shot: record.evidence.shot ?? null,
  };
}
