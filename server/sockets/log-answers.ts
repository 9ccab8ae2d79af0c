/** What players are told of the log: its last checkpoint since theirs, and where their segments stand in it. */
import { toBase64 } from '../../domain/tlog/base64.ts';
import type { LogAnswer, ReceiptsAnswer, SuccessionsAnswer } from '../../protocol/player-log.ts';
import type { LogService } from '../tlog/log-service.ts';

const silent = (service: LogService): { kind: 'none'; reason: string } => ({
  kind: 'none',
  reason: (service.fault() ?? 'the log is not there').slice(0, 500),
});

/** The last checkpoint, and that it begins with the first `size` entries. */
export async function logAnswer(service: LogService, size: number): Promise<LogAnswer> {
  const log = service.current();
  if (!log) return silent(service);
  const { checkpoint, proof } = await log.consistencyFrom(size);
  return { kind: 'log', checkpoint, keys: log.keys(), consistency: proof?.map(toBase64) ?? null };
}

/** The places of stored segments. */
export async function receiptsAnswer(service: LogService, hashes: readonly string[]): Promise<ReceiptsAnswer> {
  const log = service.current();
  if (!log) return silent(service);
  const { checkpoint, receipts } = await log.receipts(hashes);
  return {
    kind: 'receipts',
    checkpoint,
    receipts: receipts.map(({ hash, index, proof }) => ({ hash, index, proof: proof.map(toBase64) })),
  };
}

/** Which logs this one follows. */
export async function successionsAnswer(service: LogService): Promise<SuccessionsAnswer> {
  const log = service.current();
  if (!log) return silent(service);
  const { checkpoint, entries } = await log.successions();
  const proved = entries.map(({ entry, proof }) => ({ entry, proof: proof.map(toBase64) }));
  return { kind: 'successions', checkpoint, keys: log.keys(), entries: proved };
}
