/** Rows of the ledger's tables as they are read, checked before anything uses them. */
import { z } from 'zod';
import type { ChainLink } from '../../domain/proof/chain.ts';
import { countSchema } from '../../protocol/common.ts';
import { INCIDENT_KINDS } from '../../protocol/player-link.ts';
import type { IncidentRow, VerifiedSegmentRow } from './ledger-store.ts';

const numberRow = z.object({ number: countSchema });

/** The column `number` of a row. */
export const readNumber = (row: unknown): number => numberRow.parse(row).number;

const linkRow = z.object({
  epoch: countSchema,
  segment: countSchema,
  first_seq: countSchema,
  count: countSchema,
  hash: z.string(),
  prev: z.string().nullable(),
});

/** A chain link, or null where there is no row. */
export function readLink(row: unknown): ChainLink | null {
  if (row === undefined) return null;
  const { first_seq: firstSeq, ...link } = linkRow.parse(row);
  return { ...link, firstSeq };
}

const segmentRow = linkRow.extend({
  device: z.string(),
  screen: z.string(),
  header: z.string(),
  signature: z.string(),
  body: z.string(),
  first_at: z.int(),
  last_at: z.int(),
  received_at: z.int(),
});

/** What is told of a segment in quarantine. */
export const readBadSegment = (
  row: unknown,
): { device: string; epoch: number; segment: number; hash: string; reason: string } => badRow.parse(row);

/** A stored segment. */
export function readSegment(row: unknown): VerifiedSegmentRow {
  const { first_seq, first_at, last_at, received_at, ...rest } = segmentRow.parse(row);
  return { ...rest, firstSeq: first_seq, firstAtMs: first_at, lastAtMs: last_at, receivedAtMs: received_at };
}

const badRow = z.object({ device: z.string(), epoch: z.int(), segment: z.int(), hash: z.string(), reason: z.string() });

const screenDayRow = z.object({
  screen: z.string(),
  date: z.string(),
  counts: z.string(),
  end_of_day: z.string().nullable(),
});

/** The texts of a screen-day. */
export function readScreenDayRow(row: unknown): { screen: string; date: string; counts: string; end: string | null } {
  const { end_of_day: end, ...rest } = screenDayRow.parse(row);
  return { ...rest, end };
}

const incidentRow = z.object({
  id: z.string(),
  screen: z.string(),
  kind: z.enum(INCIDENT_KINDS),
  detail: z.string(),
  opened_at: z.int(),
  closed_at: z.int().nullable(),
});

/** An incident. */
export function readIncident(row: unknown): IncidentRow {
  const { screen, opened_at, closed_at, ...rest } = incidentRow.parse(row);
  return { ...rest, screenId: screen, openedAtMs: opened_at, closedAtMs: closed_at };
}
