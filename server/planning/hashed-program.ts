/** A program under its content address. */
import type { Program } from '../../domain/plan/program.ts';
import { withParts } from '../../domain/plan/with-parts.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import { hex } from '../../domain/proof/segment.ts';
import { sha256 } from '../sha256.ts';
import type { Parts } from './shared-counts.ts';

/** A program with its hash. */
export type HashedProgram = { hash: string; program: Program };

/** `program` with a screen's parts of counts for whole targets, and its hash. */
export function hashedProgram(program: Program, parts: Parts): HashedProgram {
  const own = withParts(program, parts);
  return { program: own, hash: hex(sha256(canonicalJson(own))) };
}
