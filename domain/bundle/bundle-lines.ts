/** The lines of a bundle: everything an inspector needs for some screens and dates, in one file (JSON a line, in the order given here). */
import type { LogEntry } from '../proof/log-entry.ts';
import type { Segment } from '../proof/segment.ts';
import type { LocalDate } from '../time/zone-time.ts';

/** Format of a bundle. */
export const BUNDLE_FORMAT = 1;

/**
 * - `bundle`: first. What it is about (`campaign` and `unit` null: all), and the signed checkpoint all of it hangs on.
 * - `range`: the log's entries from here to the checkpoint's end follow; `roots` (base64) are those of the whole subtrees before them, largest first, so that
 *   nothing after `from` can be left out or put in.
 * - `entries`: texts of entries, in order.
 * - `entry`: one from before the range, with its inclusion proof (base64).
 * - `program`: a program's canonical text.
 * - `segment`: of a screen of the bundle, in order of device, epoch and number.
 * - `end`: last; without it the file was cut off.
 */
export type BundleLine =
  | {
      type: 'bundle';
      format: typeof BUNDLE_FORMAT;
      from: LocalDate;
      to: LocalDate;
      campaign: string | null;
      unit: string | null;
      screens: string[];
      checkpoint: string;
    }
  | { type: 'range'; from: number; roots: string[] }
  | { type: 'entries'; entries: string[] }
  | { type: 'entry'; index: number; entry: string; proof: string[] }
  | { type: 'program'; body: string }
  | ({ type: 'segment' } & Segment)
  | { type: 'end'; lines: number };

/** An entry of the log as a bundle's reader has it. */
export type ReadEntry = LogEntry & { v: 1 };
