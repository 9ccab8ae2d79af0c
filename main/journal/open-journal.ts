/** Opening the journal at a start: what a stopped agent left is recovered, read back, and told of in a boot record. */
import type { BootRecord, ProofRecord } from '../../domain/proof/record.ts';
import { ok, type Result } from '../../domain/result.ts';
import { recordsSince } from './history.ts';
import { createJournal, type Journal, type JournalContext, type JournalDeps, type JournalFailure } from './journal.ts';

/** What an opened journal gives: itself, the records of the last days (the boot record included), and whether these were written. */
export type OpenedJournal = { journal: Journal; records: ProofRecord[]; written: Result<null, JournalFailure> };

/**
 * Opens the journal and writes this start's boot record; `sinceDate` is the first date of service to be read back. `failingSinceM`: since when this agent
 * has gone without a journal, null where it opens at once; that it recorded nothing then is declared behind the boot record.
 */
export function openJournal(
  deps: JournalDeps & { clock: { wallAt(monoMs: number): number } },
  context: JournalContext,
  sinceDate: string,
  failingSinceM: number | null,
): OpenedJournal {
  const { clock } = deps;
  const journal = createJournal(deps, context);
  const records = recordsSince(journal, sinceDate);
  const { tornBytes } = journal;
  const recovered = tornBytes > 0 || !endsOrderly(records) ? 1 : 0;
  const m1 = clock.monoMs();
  const m0 = failingSinceM ?? m1;
  const t0 = Math.max(0, clock.wallAt(m0));
  const reason: BootRecord['reason'] = recovered ? 'recovered' : 'start';
  const boot = journal.append({ kind: 'boot', reason, t0, t1: t0, m0, m1: m0, evidence: { recovered, tornBytes } });
  // What fails here is declared by the journal itself, with the next record that the disk takes.
  if (!boot.ok) return { journal, records, written: boot };
  records.push(boot.value);
  if (failingSinceM === null) return { journal, records, written: ok(null) };
  const gap = journal.append({
    kind: 'gap',
    reason: 'journal-failed',
    t0,
    t1: Math.max(t0, clock.wallAt(m1)),
    m0,
    m1,
    evidence: {},
  });
  if (gap.ok) records.push(gap.value);
  return { journal, records, written: gap.ok ? ok(null) : gap };
}

/** An agent that was told to stop says so last; one that did not may have had a play under way. */
function endsOrderly(records: readonly ProofRecord[]): boolean {
  const last = records.at(-1);
  return last === undefined || (last.kind === 'mode' && last.reason === 'stopped');
}
