/** Checks a bundle's lines as they come, with the readers of this contract. */

import type { BundleReport } from '../domain/bundle/bundle-report.ts';
import { createPartReader } from '../domain/bundle/bundle-text.ts';
import { createBundleVerifier, type Rejection, type VerifierParts } from '../domain/bundle/verify-bundle.ts';
import { fail, type Result } from '../domain/result.ts';
import { MAX_BUNDLE_LINE, readPartHead, readProgram } from './bundle.ts';
import { readLogEntry } from './log-entry.ts';
import { readHeader } from './read-header.ts';
import { readRecordLine } from './read-record-line.ts';

/** The policy, and the primitives of whoever runs it. */
export type BundleChecks = Pick<VerifierParts, 'policy' | 'sha256' | 'verify'>;

/** The report on a bundle, from its text in pieces of any length; or why it is not looked into. */
export async function checkBundle(
  text: AsyncIterable<string>,
  checks: BundleChecks,
): Promise<Result<BundleReport, Rejection>> {
  const reader = createPartReader(readPartHead);
  const verifier = createBundleVerifier({
    ...checks,
    readHeader,
    readRecord: readRecordLine,
    readEntry: readLogEntry,
    readProgram,
  });
  for await (const lines of linesOf(text)) {
    if (lines === null) return fail('not-a-bundle');
    for (const line of lines) {
      const part = reader.take(line);
      if (!part.ok) return fail('not-a-bundle');
      const taken = part.value && (await verifier.take(part.value));
      if (taken && !taken.ok) return taken;
    }
  }
  return reader.isOpen() ? fail('cut-off') : verifier.report();
}

/** Whole lines, some at a time; null where one is too long or the last one is not ended. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string[] | null> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_BUNDLE_LINE) yield null;
    yield lines;
  }
  if (rest !== '') yield null;
}
