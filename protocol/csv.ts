/** Cells of CSV that spreadsheets open right and never run as a formula. */

/** What one cell may hold. */
export type CsvValue = string | number;

/** Stands before the first line, so that spreadsheets read UTF-8. */
export const CSV_START = '\uFEFF';

/**
 * Where a spreadsheet would begin a formula (OWASP, CSV Injection): at a sign that opens one, plain or full-width, or at a control character that
 * is passed over; at the start of the cell, and after whatever a spreadsheet may take for the end of a cell though it is none here.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?= *[=+\-@＝＋－＠\t\r\n\0])/g;

/** One cell (RFC 4180); where text would be run as a formula an apostrophe stands before it. */
export function csvCell(value: CsvValue): string {
  if (typeof value === 'number') return String(value);
  const safe = value.replace(FORMULA, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line (RFC 4180). */
export const csvLine = (values: readonly CsvValue[]): string => `${values.map(csvCell).join(',')}\r\n`;
