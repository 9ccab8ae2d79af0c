/** Opening the journal at a start: what a stopped agent left is recovered, read back, and told of in a boot record. */
import type { BootRecord, ProofRecord } from '../../domain/proof/record.ts';
import { ok, type Result } from '../../domain/result.ts';
import { recordsSince } from './history.ts';
import { createJournal, type Journal, type JournalContext, type JournalDeps, type JournalFailure } from './journal.ts';

/** What an opened journal gives: itself, the records of the last days (the boot record included), and whether that one was written. */
export type OpenedJournal = { journal: Journal; records: ProofRecord[]; boot: Result<null, JournalFailure> };

/** Opens the journal and writes this start's boot record; `sinceDate` is the first date of service to be read back. */
export function openJournal(
  deps: JournalDeps & { clock: { wallAt(monoMs: number): number } },
  context: JournalContext,
  sinceDate: string,
): OpenedJournal {
  const journal = createJournal(deps, context);
  const records = recordsSince(journal, sinceDate);
  const { tornBytes } = journal;
  const recovered = tornBytes > 0 || !endsOrderly(records) ? 1 : 0;
  const m = deps.clock.monoMs();
  const t = Math.max(0, deps.clock.wallAt(m));
  const reason: BootRecord['reason'] = recovered ? 'recovered' : 'start';
  const boot = journal.append({ kind: 'boot', reason, t0: t, t1: t, m0: m, m1: m, evidence: { recovered, tornBytes } });
  return boot.ok ? { journal, records: [...records, boot.value], boot: ok(null) } : { journal, records, boot };
}

/** An agent that was told to stop says so last; one that did not may have had a play under way. */
function endsOrderly(records: readonly ProofRecord[]): boolean {
  const last = records.at(-1);
  return last === undefined || (last.kind === 'mode' && last.reason === 'stopped');
}
