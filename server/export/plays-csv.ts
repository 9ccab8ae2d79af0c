/** Plays as CSV that spreadsheets open right: UTF-8 with BOM, times with offset, nothing read as a formula. */
import { CSV_START, type CsvValue, csvLine } from '../../protocol/csv.ts';
import type { ExportedPlay } from './exported-plays.ts';

/** The columns, in order. */
const COLUMNS: Readonly<Record<string, (play: ExportedPlay) => CsvValue>> = {
  date: (play) => play.date,
  screen_id: (play) => play.screenId,
  screen_name: (play) => play.screenName,
  start_local: (play) => play.startLocal,
  end_local: (play) => play.endLocal,
  start_utc_ms: (play) => play.startMs,
  end_utc_ms: (play) => play.endMs,
  item_id: (play) => play.item,
  item_name: (play) => play.itemName,
  item_sha256: (play) => play.sha,
  campaign: (play) => play.campaign ?? '',
  commitment: (play) => play.commitment ?? '',
  outcome: (play) => play.outcome,
  reason: (play) => play.reason,
  counted: (play) => (play.counted ? 'yes' : 'no'),
  device: (play) => play.device,
  epoch: (play) => play.epoch,
  seq: (play) => play.seq,
  record_sha256: (play) => play.recordSha,
};

/** Lines of the file, one by one. */
export async function* playsCsv(plays: AsyncIterable<ExportedPlay>): AsyncGenerator<string> {
  yield CSV_START + csvLine(Object.keys(COLUMNS));
  const cellsOf = Object.values(COLUMNS);
  for await (const play of plays) yield csvLine(cellsOf.map((cellOf) => cellOf(play)));
}
