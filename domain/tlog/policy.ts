/** Whom an inspector trusts: the logs, the witnesses and how many of them (C2SP tlog-policy). */
import type { Sha256 } from '../proof/merkle.ts';
import { fail, ok, type Result } from '../result.ts';
import { KEY_TYPES, type NoteKey, parseVkey } from './signed-note.ts';

/** A name that a quorum is counted from: a witness, or so many of other names. */
type Member = { kind: 'witness'; key: NoteKey } | { kind: 'group'; least: number; members: string[] };

/** A policy. `quorum` null: no witness is asked for. */
export type Policy = {
  logs: NoteKey[];
  witnesses: { name: string; key: NoteKey; url: string | null }[];
  quorum: string | null;
  members: ReadonlyMap<string, Member>;
};

/** What is wrong with a policy file, and in which line (1 is the first). */
export type PolicyFault = { line: number; what: string };

const MOST_LINES = 1000;

type Draft = {
  logs: NoteKey[];
  witnesses: Policy['witnesses'];
  members: Map<string, Member>;
  used: Set<string>;
  quorum: string | null | undefined;
};

/** The policy of such text, or the first thing that is wrong with it. Lines of words it does not know are faults: none may be passed over. */
export function parsePolicy(text: string, sha256: Sha256): Result<Policy, PolicyFault> {
  const draft: Draft = { logs: [], witnesses: [], members: new Map(), used: new Set(), quorum: undefined };
  const lines = text.split(/\r?\n/);
  if (lines.length > MOST_LINES) return fail({ line: MOST_LINES, what: `at most ${MOST_LINES} lines` });
  for (const [k, line] of lines.entries()) {
    const words = line.split(/[ \t]/).filter((word) => word !== '');
    if (words.length === 0 || words[0]?.startsWith('#')) continue;
    const what = readLine(draft, words, sha256);
    if (what !== null) return fail({ line: k + 1, what });
  }
  if (draft.quorum === undefined) return fail({ line: lines.length, what: 'a line `quorum NAME` or `quorum none`' });
  const { logs, witnesses, members, quorum } = draft;
  return ok({ logs, witnesses, members, quorum });
}

function readLine(draft: Draft, words: readonly string[], sha256: Sha256): string | null {
  const [word, ...rest] = words;
  if (word === 'log') return readLog(draft, rest, sha256);
  if (word === 'witness') return readWitness(draft, rest, sha256);
  if (word === 'group') return readGroup(draft, rest);
  if (word === 'quorum') return readQuorum(draft, rest);
  return 'one of log, witness, group, quorum, or # before a remark';
}

function readLog(draft: Draft, [vkey = '', , ...more]: readonly string[], sha256: Sha256): string | null {
  const key = parseVkey(vkey, sha256);
  if (!key || more.length > 0) return '`log VKEY [URL]` with the key of a log';
  if (draft.logs.some((log) => isSameKey(log, key))) return 'each log once';
  draft.logs.push(key);
  return null;
}

function readWitness(draft: Draft, words: readonly string[], sha256: Sha256): string | null {
  const [name = '', vkey = '', url = null, ...more] = words;
  const key = parseVkey(vkey, sha256);
  const isCosigner = key !== null && key.type !== KEY_TYPES.ed25519;
  if (!isCosigner || more.length > 0) return '`witness NAME VKEY [URL]` with the key of a cosigner';
  if (draft.witnesses.some((one) => isSameKey(one.key, key))) return 'each witness once';
  if (isTaken(draft, name)) return `another name than ${name}`;
  draft.witnesses.push({ name, key, url });
  draft.members.set(name, { kind: 'witness', key });
  return null;
}

function readGroup(draft: Draft, [name = '', rule = '', ...members]: readonly string[]): string | null {
  const least = rule === 'all' ? members.length : rule === 'any' ? 1 : /^[1-9]\d{0,3}$/.test(rule) ? Number(rule) : 0;
  if (least < 1 || least > members.length) {
    return '`group NAME all|any|K MEMBER...` with 1 ≤ K ≤ the number of members';
  }
  if (isTaken(draft, name)) return `another name than ${name}`;
  for (const member of members) {
    if (!draft.members.has(member)) return `members that stand above: ${member} does not`;
    // Whoever counted twice would be two witnesses.
    if (draft.used.has(member)) return `each member in one group: ${member} is in two`;
    draft.used.add(member);
  }
  draft.members.set(name, { kind: 'group', least, members });
  return null;
}

function readQuorum(draft: Draft, [name = '', ...more]: readonly string[]): string | null {
  if (draft.quorum !== undefined || more.length > 0) return 'one line `quorum NAME`';
  if (name !== 'none' && !draft.members.has(name)) return '`quorum none`, or a name that stands above';
  draft.quorum = name === 'none' ? null : name;
  return null;
}

const isTaken = ({ members }: Draft, name: string): boolean => name === 'none' || members.has(name);

const isSameKey = (one: NoteKey, other: NoteKey): boolean =>
  one.publicKey.length === other.publicKey.length && one.publicKey.every((byte, k) => byte === other.publicKey[k]);

/** Whether those who cosigned (names of witnesses) are enough. */
export function isQuorum({ quorum, members }: Policy, cosigned: ReadonlySet<string>): boolean {
  const counts = (name: string): boolean => {
    const member = members.get(name);
    if (!member) return false;
    if (member.kind === 'witness') return cosigned.has(name);
    return member.members.filter(counts).length >= member.least;
  };
  return quorum === null || counts(quorum);
}
