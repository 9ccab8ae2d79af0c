/** A verifier's report of a proved town, and what of it tests look at. */
import type { BundleReport, ReportedDate } from '../../domain/bundle/bundle-report.ts';
import type { Result } from '../../domain/result.ts';

/** The first date of most tests. */
export const FIRST_DATE = '2026-07-01';

/** The report; throws the rejection. */
export function reportOf(result: Result<BundleReport, string>): BundleReport {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** A screen's date in a report. */
export function dateOf(report: BundleReport, date = FIRST_DATE, screen = 'a'): ReportedDate {
  const found = report.screens.find((one) => one.screen === screen)?.dates.find((one) => one.date === date);
  if (!found) throw new RangeError(date);
  return found;
}

/** Kinds of what was found, in order of their letters. */
export const kindsOf = ({ findings }: ReportedDate): string[] => findings.map(({ kind }) => kind).sort();
