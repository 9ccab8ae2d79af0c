/** The parts of a bundle: everything an inspector needs for some screens and dates, in one file and in the order given here. */
import type { LocalDate } from '../time/zone-time.ts';

/** Format of a bundle. */
export const BUNDLE_FORMAT = 1;

/**
 * - `bundle`: first. What it is about (`campaign` and `unit` null: all of them), and the signed checkpoint that all of it hangs on.
 * - `entry`: an entry of the log from before the range, with its inclusion proof (base64, the hash beside the leaf first).
 * - `range`: the log's entries from `from` to the checkpoint's end follow, all of them; `roots` (base64) are those of the whole subtrees before, the largest
 *   first. Nothing after `from` can be left out or put in.
 * - `checkpoint`: one of former times, with its cosigners, in order of size: it says when what came before it was there.
 * - `entries`: texts of entries, in order. `heads`: sizes of the tree within them that segments name in their beacons.
 * - `program`: a program's canonical text.
 * - `segment`: of a screen of the bundle, its records a line each; those of a device in order of epoch and number.
 * - `end`: last; without it the file was cut off.
 */
export type BundlePart =
  | ({ type: 'bundle'; format: typeof BUNDLE_FORMAT; checkpoint: string } & BundleSubject)
  | { type: 'entry'; index: number; proof: string[]; entry: string }
  | { type: 'range'; from: number; roots: string[] }
  | { type: 'checkpoint'; note: string }
  | { type: 'entries'; heads: number[]; entries: string[] }
  | { type: 'program'; body: string }
  | { type: 'segment'; signature: string; header: string; records: string[] }
  | { type: 'end' };

/** What a bundle is about; dates of service, both included. */
export type BundleSubject = {
  from: LocalDate;
  to: LocalDate;
  campaign: string | null;
  unit: string | null;
  screens: string[];
};
