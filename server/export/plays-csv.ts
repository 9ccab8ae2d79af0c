/** Plays as CSV that spreadsheets open right: UTF-8 with BOM, times with offset, nothing read as a formula. */
import type { ExportedPlay } from './exported-plays.ts';

type Cell = string | number;

/** The columns, in order. */
const COLUMNS: Readonly<Record<string, (play: ExportedPlay) => Cell>> = {
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

const BOM = '\uFEFF';

/**
 * Where a spreadsheet would begin a formula (OWASP, CSV Injection): at a sign that opens one, plain or full-width, or at a control character that
 * is passed over; at the start of the cell, and after whatever a spreadsheet may take for the end of a cell though it is none here.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?= *[=+\-@＝＋－＠\t\r\n\0])/g;

/** Lines of the file, one by one. */
export async function* playsCsv(plays: AsyncIterable<ExportedPlay>): AsyncGenerator<string> {
  yield `${BOM}${Object.keys(COLUMNS).join(',')}\r\n`;
  const cellsOf = Object.values(COLUMNS);
  for await (const play of plays) yield `${cellsOf.map((cellOf) => csvCell(cellOf(play))).join(',')}\r\n`;
}

/** One cell (RFC 4180); where text would be run as a formula an apostrophe stands before it. */
export function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const safe = value.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
