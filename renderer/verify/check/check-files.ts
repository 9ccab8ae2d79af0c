/** Checks a bundle's file against a policy's, with what a browser has. */
import type { BundleReport } from '../../../domain/bundle/bundle-report.ts';
import type { Rejection } from '../../../domain/bundle/verify-bundle.ts';
import { type InspectionPolicy, parseInspectionPolicy } from '../../../domain/proof/inspection-policy.ts';
import { hex } from '../../../domain/proof/segment.ts';
import { fail, type Result } from '../../../domain/result.ts';
import { type BundleChecks, checkBundle } from '../../../protocol/check-bundle.ts';
import { type BundleBlob, openBundleBlob } from './bundle-blob.ts';
import type { CheckOutcome, Unchecked } from './check-outcome.ts';
import { checkablePolicy } from './checkable-policy.ts';
import { pureSha256 } from './pure-sha256.ts';
import { canVerify, createWebVerifier } from './web-signatures.ts';

/** The two files. */
export type CheckedFiles = { bundle: Blob; policy: Blob };

/** Largest bundle that is looked into, bytes: the page says 2 GB. */
export const MAX_BUNDLE_BYTES = 2_000_000_000;
/** Largest policy: more than its most lines of the longest keys. */
export const MAX_POLICY_BYTES = 4_000_000;

/** What is found; `onShare` hears how much was read, from 0 to 1. Rejects only where an invariant is broken. */
export async function checkFiles(
  { bundle, policy }: CheckedFiles,
  subtle: SubtleCrypto | undefined,
  onShare: (share: number) => void,
): Promise<CheckOutcome> {
  if (bundle.size > MAX_BUNDLE_BYTES) return { kind: 'bundle-too-large' };
  if (policy.size > MAX_POLICY_BYTES) return { kind: 'policy-too-large' };
  if (!subtle || !(await canVerify(subtle))) return { kind: 'no-ed25519' };
  const trusted = await readPolicy(policy);
  if ('kind' in trusted) return trusted;
  const checks = { policy: trusted.policy, sha256: pureSha256, verify: createWebVerifier(subtle) };
  const file = await openBundleBlob(bundle, (bytes) => onShare(bytes / bundle.size)).catch(unreadable);
  if ('kind' in file) return file;
  const looked = await lookInto(file, checks);
  if ('kind' in looked) return looked;
  const { policySha, leftOut } = trusted;
  return { kind: 'checked', ...looked, policySha, leftOut };
}

async function readPolicy(
  file: Blob,
): Promise<{ policy: InspectionPolicy; policySha: string; leftOut: string[] } | Unchecked> {
  const bytes = await file.arrayBuffer().catch(unreadable);
  if ('kind' in bytes) return bytes;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const parsed = parseInspectionPolicy(text, pureSha256);
  if (!parsed.ok) {
    const { line, what } = parsed.error;
    return { kind: 'policy-wrong', line, what, text: text.split('\n')[line - 1] ?? '' };
  }
  const { policy, leftOut } = checkablePolicy(parsed.value);
  if (policy.log.logs.length === 0 && leftOut.length > 0) return { kind: 'no-checkable-log' };
  return { policy, leftOut, policySha: hex(pureSha256(new Uint8Array(bytes))) };
}

type Looked = { result: Result<BundleReport, Rejection>; bundleSha: string };

/** What is damaged is said to be that, wherever the damage shows first. */
async function lookInto(file: BundleBlob, checks: BundleChecks): Promise<Looked | Unchecked> {
  const found = file.hasHead ? await checkBundle(file.text(), checks) : fail('not-a-bundle' as const);
  const end = await file.finish().catch(unreadable);
  if ('kind' in end) return end;
  return { result: end.isWhole ? found : fail('not-a-bundle'), bundleSha: end.sha256 };
}

const unreadable = (error: unknown): Unchecked => ({
  kind: 'unreadable',
  message: error instanceof Error ? error.message : String(error),
});
