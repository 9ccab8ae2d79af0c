/** What stands in the transparency log: one canonical JSON an entry, of hashes and dates only, so that anybody may read it. */
import type { LocalDate } from '../time/zone-time.ts';
import { canonicalJson } from './canonical-json.ts';

/** Where a segment stands in its device's chain, and the hash of its header. */
type SegmentPlace = { device: string; epoch: number; segment: number; hash: string };

/**
 * An entry. `segment`: accepted and counted; `fork`: another one under a number that is taken; `quarantine`: refused, with the reason; `dayclose`:
 * the record (by the hash of its line, in the segment `hash`) by which a player signs a day's counts. `enrolment` and `retirement` bind a key to a screen and
 * release it. `endorsement`: the unit signed the enrolment whose text has the SHA-256 `enrolment`, by the key of the name `unit`; `signature` is as it stands in
 * a note (base64 of the key's id and the signature). `program`: a document by its hash, which its manifest of media is part of; `assignment`: from then on it is the screen's.
 * `release`: a build of the player. `missing`: of segments `from` to before `to` the device said that it has them no more. `handover`: the program was brought by a
 * device, since this server did not have it. `succession`: this log follows the one of
 * the name `origin`, of which `size` entries with that `root` (hexadecimal) are known; `next` is its own key (vkey) and `signature` the old key's (`succession.ts`). Times
 * are UTC ms by the server's clock.
 */
export type LogEntry =
  | ({ kind: 'segment'; screen: string } & SegmentPlace)
  | ({ kind: 'fork'; screen: string } & SegmentPlace)
  | ({ kind: 'quarantine'; reason: string } & SegmentPlace)
  | { kind: 'dayclose'; screen: string; date: LocalDate; device: string; record: string; hash: string }
  | {
      kind: 'enrolment';
      screen: string;
      device: string;
      publicKey: string;
      assurance: 'A' | 'B' | 'C';
      atMs: number;
    }
  | { kind: 'endorsement'; screen: string; device: string; enrolment: string; unit: string; signature: string }
  | { kind: 'retirement'; screen: string; device: string; atMs: number }
  | { kind: 'program'; hash: string }
  | { kind: 'assignment'; screen: string; program: string; atMs: number }
  | { kind: 'release'; version: string; arch: string; sha512: string }
  | { kind: 'missing'; screen: string; device: string; epoch: number; from: number; to: number }
  | { kind: 'handover'; screen: string; device: string; program: string }
  | {
      kind: 'succession';
      origin: string;
      size: number;
      root: string;
      next: string;
      atMs: number;
      signature: string;
    };

/** Version of all entries. */
const VERSION = 1;

/** An entry as it is logged. */
export const logEntryText = (entry: LogEntry): string => canonicalJson({ v: VERSION, ...entry });
