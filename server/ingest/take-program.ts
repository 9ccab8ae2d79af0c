/** Takes back a program that this server lost, from a player that recorded plays under it. */
import { validateProgram } from '../../domain/plan/validate-program.ts';
import { parseCanonicalJson } from '../../domain/proof/canonical-json.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import { hex } from '../../domain/proof/segment.ts';
import { faultsOf } from '../../protocol/errors.ts';
import { programSchema } from '../../protocol/program.ts';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import { sha256 } from '../sha256.ts';
import type { Ledger } from '../stores/ledger-store.ts';

/** Who brings it: a player that was asked for the programs `lacking`. */
export type Bringer = { deviceId: string; screenId: string; lacking: Set<string> };

/**
 * Stores the program and enters into the log who brought it, so that nobody takes it for one that was made here. Fails: `not-found` where this player was
 * not asked for it, `bad-request` where the text is not that program or means nothing.
 */
export async function takeProgram(
  hash: string,
  text: unknown,
  by: Bringer | undefined,
  { ledger, log }: { ledger: Pick<Ledger, 'documents' | 'log'>; log: Log },
): Promise<void> {
  if (!by?.lacking.has(hash)) throw new Failure('not-found', `nobody asked for the program ${hash}`);
  if (typeof text !== 'string' || hex(sha256(text)) !== hash) {
    throw new Failure('bad-request', `what came is not the program ${hash}`);
  }
  const json = parseCanonicalJson(text);
  const parsed = programSchema.safeParse(json?.value);
  if (!parsed.success) throw new Failure('bad-request', 'no program', faultsOf(parsed.error, json?.value, 'program'));
  const [fault] = validateProgram(parsed.data);
  if (fault) throw new Failure('bad-request', 'a program that means nothing', [fault]);
  // Entered first: a program that is stored is not asked for again.
  await ledger.log.append([
    logEntryText({ kind: 'handover', screen: by.screenId, device: by.deviceId, program: hash }),
  ]);
  await ledger.documents.put(hash, 'program', text);
  by.lacking.delete(hash);
  log.warn({ program: hash, screen: by.screenId }, 'a player brought a program that this server lacked');
}
