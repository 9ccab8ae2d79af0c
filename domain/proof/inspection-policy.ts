/** Whom an inspector trusts: logs and witnesses as C2SP tlog-policy has them, and the keys that units sign enrolments with. */
import { fail, ok, type Result } from '../result.ts';
import { type Policy, type PolicyFault, parsePolicy } from '../tlog/policy.ts';
import { KEY_TYPES, type NoteKey, parseVkey } from '../tlog/signed-note.ts';
import type { Sha256 } from './merkle.ts';
import { hex } from './segment.ts';

/** A key that vouches for every enrolment it signed. `unit`: whose it is, in one word for the report. */
export type TrustedUnit = { unit: string; key: NoteKey };

/** The policy: that of the log, and the units. */
export type InspectionPolicy = { log: Policy; units: TrustedUnit[] };

type Line = { line: number; words: string[] };

const WORDS = ['log', 'witness', 'group', 'quorum', 'unit'];

/**
 * The policy of such text, or the first thing that is wrong with it. Beside the lines of tlog-policy there may be lines `unit NAME VKEY`; one unit may have
 * several keys, and no key stands there twice or is a log's, since whoever runs the log could then vouch for screens of their own.
 */
export function parseInspectionPolicy(text: string, sha256: Sha256): Result<InspectionPolicy, PolicyFault> {
  const lines = text
    .split(/\r?\n/)
    .map((one, k) => ({ line: k + 1, words: one.split(/[ \t]/).filter((w) => w !== '') }));
  // Lines of units become empty ones, so that every fault has its own line.
  const log = parsePolicy(lines.map(({ words }) => (words[0] === 'unit' ? '' : words.join(' '))).join('\n'), sha256);
  const units = readUnits(lines, new Set(log.ok ? log.value.logs.map(publicHex) : []), sha256);
  if (log.ok && units.ok) return ok({ log: log.value, units: units.value });
  const faults = [units, log].flatMap((read) => (read.ok ? [] : [read.error]));
  return fail(faults.reduce((first, fault) => (fault.line < first.line ? fault : first)));
}

function readUnits(lines: readonly Line[], known: Set<string>, sha256: Sha256): Result<TrustedUnit[], PolicyFault> {
  const units: TrustedUnit[] = [];
  for (const { line, words } of lines) {
    const [word, unit = '', vkey = '', ...more] = words;
    if (word === undefined || word.startsWith('#')) continue;
    if (!WORDS.includes(word)) return fail({ line, what: `one of ${WORDS.join(', ')}, or # before a remark` });
    if (word !== 'unit') continue;
    const key = parseVkey(vkey, sha256);
    if (key?.type !== KEY_TYPES.ed25519 || more.length > 0) {
      return fail({ line, what: '`unit NAME VKEY` with the key that xunbo unit-key prints' });
    }
    if (known.has(publicHex(key))) return fail({ line, what: 'each key once, and none that is a log’s' });
    known.add(publicHex(key));
    units.push({ unit, key });
  }
  return ok(units);
}

const publicHex = ({ publicKey }: NoteKey): string => hex(publicKey);
