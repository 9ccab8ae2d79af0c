/** What comes of a check in the browser. */
import type { BundleReport } from '../../../domain/bundle/bundle-report.ts';
import type { Rejection } from '../../../domain/bundle/verify-bundle.ts';
import type { Result } from '../../../domain/result.ts';

/** What was checked, and what was found. Hashes are SHA-256 of the files, hexadecimal; `leftOut`: whose ML-DSA-44 keys were not asked. */
export type Checked = {
  kind: 'checked';
  result: Result<BundleReport, Rejection>;
  bundleSha: string;
  policySha: string;
  leftOut: string[];
};

/** Why nothing could be checked. `line` counts from 1, `text` is what stands there, `what` is allowed; `message` is the browser's own. */
export type Unchecked =
  | { kind: 'bundle-too-large' | 'policy-too-large' | 'no-ed25519' | 'no-checkable-log' }
  | { kind: 'policy-wrong'; line: number; text: string; what: string }
  | { kind: 'unreadable' | 'broken'; message: string };

/** Either. */
export type CheckOutcome = Checked | Unchecked;
