/** A report as CSV: a line for each promise of each screen and date, or for a date without promises. */
import type { BundleReport, ReportedDate } from '../../../domain/bundle/bundle-report.ts';
import { type BundleWords, bundleWords } from '../../../protocol/bundle-words.ts';
import { CSV_START, type CsvValue, csvLine } from '../../../protocol/csv.ts';
import { instantText } from '../text/clock-text.ts';

const COLUMNS = [
  'screen',
  'date',
  'time_zone',
  'evidence',
  'signed_within_s',
  'campaign',
  'commitment',
  'required',
  'plays',
  'make_goods',
  'signed_plays',
  'verdict',
  'remarks',
];

/** The file's text; codes as in the JSON, remarks in the words of `language`. */
export function reportCsv({ screens }: BundleReport, language: 'zh' | 'en'): string {
  const words = bundleWords(language);
  const lines = screens.flatMap(({ screen, dates }) =>
    dates.flatMap((date) => dateLines(screen, date, words).map(csvLine)),
  );
  return CSV_START + csvLine(COLUMNS) + lines.join('');
}

function dateLines(screen: string, date: ReportedDate, words: BundleWords): CsvValue[][] {
  const clock = (ms: number): string => instantText(ms, date.timeZone ?? 'UTC');
  const remarks = date.findings.map((finding) => words.finding(finding, clock)).join(' | ');
  const { widestMs } = date;
  const within = typeof widestMs === 'number' ? Math.ceil(widestMs / 1000) : (widestMs ?? '');
  const head = [screen, date.date, date.timeZone ?? '', date.proof, within];
  if (date.promises.length === 0) return [[...head, '', '', '', '', '', '', '', remarks]];
  return date.promises.map(({ campaign, commitment, required, plays, makeGoods, signed, verdict }) => [
    ...head,
    campaign,
    commitment,
    required,
    plays,
    makeGoods,
    signed ?? '',
    verdict,
    remarks,
  ]);
}
