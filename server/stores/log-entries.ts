/** The entries of what the server stores, and how those of devices are found again. */
import type { Device } from '../../domain/catalogue/organisation.ts';
import { logEntryText } from '../../domain/proof/log-entry.ts';
import type { BadSegment, VerifiedSegment } from './ledger-store.ts';
import type { Assignment } from './log-store.ts';

type Placed = Pick<VerifiedSegment, 'screen' | 'device' | 'epoch' | 'segment' | 'hash'>;

/** Of a segment that was stored, or is a fork of one. */
export const segmentEntry = (kind: 'segment' | 'fork', { screen, device, epoch, segment, hash }: Placed): string =>
  logEntryText({ kind, screen, device, epoch, segment, hash });

/** Of each end of day that a stored segment signs. */
export const dayCloseEntries = ({
  screen,
  device,
  hash,
  dayCloses,
}: Pick<VerifiedSegment, 'screen' | 'device' | 'hash' | 'dayCloses'>): string[] =>
  dayCloses.map(({ date, record }) => logEntryText({ kind: 'dayclose', screen, device, date, record, hash }));

/** Of a segment that was refused. */
export const quarantineEntry = ({
  device,
  epoch,
  segment,
  hash,
  reason,
}: Pick<BadSegment, 'device' | 'epoch' | 'segment' | 'hash' | 'reason'>): string =>
  logEntryText({ kind: 'quarantine', device, epoch, segment, hash, reason });

/** Of segments that the device of this one has no more: those from `from` up to it. */
export const missingEntry = ({ screen, device, epoch, segment }: Placed, from: number): string =>
  logEntryText({ kind: 'missing', screen, device, epoch, from, to: segment });

/** Of a program. */
export const programEntry = (hash: string): string => logEntryText({ kind: 'program', hash });

/** Of a screen that got a program. */
export const assignmentEntry = ({ screen, program, atMs }: Assignment): string =>
  logEntryText({ kind: 'assignment', screen, program, atMs });

/** Of a key that was bound to a screen. */
export const enrolmentEntry = ({ id: device, publicKey, screenId: screen, assurance, enrolledAtMs }: Device): string =>
  logEntryText({ kind: 'enrolment', screen, device, publicKey, assurance, atMs: enrolledAtMs });

/** How every enrolment begins, and nothing else: canonical JSON has its keys in order. */
export const ENROLMENT_PREFIX = '{"assurance":"';

/** How every signature of a unit under that enrolment (SHA-256 of its entry) begins. */
export const endorsementPrefix = (device: string, enrolment: string): string =>
  `{"device":"${device}","enrolment":"${enrolment}",`;

/** Of a device: that it was bound to a screen, and that it was released. */
export function deviceEntries(device: Device): string[] {
  const enrolled = enrolmentEntry(device);
  const { id, screenId: screen, retiredAtMs } = device;
  if (retiredAtMs === null) return [enrolled];
  return [enrolled, logEntryText({ kind: 'retirement', screen, device: id, atMs: retiredAtMs })];
}
