/** A policy says which witnesses are enough; one that is faulty is refused by the line. */
import { describe, expect, test } from 'vitest';
import { isQuorum, parsePolicy } from '../../../domain/tlog/policy.ts';
import { formatVkey, KEY_TYPES, noteKey } from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';
import { pair } from './support/note-keys.ts';

describe('a policy', () => {
  const log = formatVkey(pair('town.example/xunbo', KEY_TYPES.ed25519).key);
  const keys = ['a', 'b', 'c'].map((name) => formatVkey(pair(`${name}.example`, KEY_TYPES.cosignEd25519).key));
  const text = `# whom the inspectorate trusts
#and how
log ${log}
witness A ${keys[0]} https://a.example
witness B ${keys[1]}
  witness\tC ${keys[2]}
group towns any B C

group all all A towns
quorum all
`;

  test('[TL6] asks for the witnesses that it names, and as many', () => {
    const policy = parsePolicy(text, sha256);
    if (!policy.ok) throw new Error(policy.error.what);
    expect(policy.value.logs).toHaveLength(1);
    expect(policy.value.witnesses.map(({ name, url }) => [name, url])).toEqual([
      ['A', 'https://a.example'],
      ['B', null],
      ['C', null],
    ]);
    const isEnough = (...names: string[]): boolean => isQuorum(policy.value, new Set(names));
    expect([isEnough('A', 'B'), isEnough('A', 'C'), isEnough('A', 'B', 'C')]).toEqual([true, true, true]);
    expect([isEnough(), isEnough('A'), isEnough('B', 'C'), isEnough('towns', 'A')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    const none = parsePolicy(`log ${log}\nquorum none\n`, sha256);
    expect(none.ok && isQuorum(none.value, new Set())).toBe(true);
  });

  test.each([
    ['no quorum', text.replace('quorum all', ''), /quorum/],
    ['two quorums', `${text}quorum none\n`, /one line/],
    ['a quorum of nobody', text.replace('quorum all', 'quorum nobody'), /stands above/],
    ['a member that stands below', text.replace('any B C', 'any B D'), /D does not/],
    ['a member that counts twice', text.replace('all A towns', 'all A B towns'), /in two/],
    ['more than all', text.replace('any B C', '3 B C'), /1 ≤ K/],
    ['none as a name', text.replace('group towns', 'group none'), /another name/],
    ['a witness with the key of a log', text.replace(keys[0] ?? '', log), /cosigner/],
    ['a witness twice', text.replace(keys[1] ?? '', keys[0] ?? ''), /each witness once/],
    ['a word nobody knows', `${text}trust everybody\n`, /one of log/],
    ['a broken key', text.replace('+A', '+B'), /VKEY/],
    ['a log twice', text.replace('witness A', `log ${log}\nwitness A`), /each log once/],
    ['a log with two addresses', text.replace(log, `${log} https://a https://b`), /log VKEY \[URL\]/],
    ['a witness with two addresses', text.replace('https://a.example', 'https://a https://b'), /witness NAME VKEY/],
    ['a witness without a key', text.replace(keys[0] ?? '', ''), /witness NAME VKEY/],
    ['two witnesses of one name', text.replace('witness B', 'witness A'), /another name than A/],
    ['a group of the name of a witness', text.replace('group towns', 'group A'), /another name than A/],
    ['a group of nobody', text.replace('any B C', 'all'), /1 ≤ K/],
    ['none of a group', text.replace('any B C', '0 B C'), /1 ≤ K/],
    ['a number with more behind it', text.replace('any B C', '1x B C'), /1 ≤ K/],
    ['a number with more before it', text.replace('any B C', 'x1 B C'), /1 ≤ K/],
    ['a group without a rule', text.replace('group towns any B C', 'group towns'), /1 ≤ K/],
    ['a quorum with more behind it', text.replace('quorum all', 'quorum all A'), /one line `quorum NAME`/],
    ['a quorum without a name', text.replace('quorum all', 'quorum'), /`quorum none`, or a name/],
    ['more lines than anybody reads', '\n'.repeat(1000), /at most 1000 lines/],
  ])('[TL6] refuses %s, and says which line', (_, wrong, what) => {
    const policy = parsePolicy(wrong, sha256);
    expect(policy.ok).toBe(false);
    if (!policy.ok) expect(policy.error.what).toMatch(what);
    if (!policy.ok) expect(policy.error.line).toBeGreaterThan(0);
  });

  test('[TL6] may have a thousand lines, the ends of lines of Windows, logs with addresses and one key a witness of many', () => {
    expect(parsePolicy('\n'.repeat(999), sha256)).toMatchObject({
      ...{ ok: false, error: { line: 1000, what: expect.stringContaining('quorum') } },
    });
    const logs = `log ${log} https://log.example\nlog ${formatVkey(pair('other', KEY_TYPES.ed25519).key)}`;
    const policy = parsePolicy(text.replace(`log ${log}`, logs).replaceAll('\n', '\r\n'), sha256);
    expect(policy.ok && policy.value.logs.map(({ name }) => name)).toEqual(['town.example/xunbo', 'other']);
  });

  test('[TL6] takes two keys for one only where all of them is the same', () => {
    const short = noteKey('w', KEY_TYPES.cosignEd25519, new Uint8Array(32).fill(7), sha256);
    const long = noteKey('w', KEY_TYPES.cosignMlDsa44, new Uint8Array(1312).fill(7), sha256);
    const near = noteKey('w', KEY_TYPES.cosignEd25519, new Uint8Array(32).fill(7).fill(8, 31), sha256);
    const all = [short, long, near].map((key, k) => `witness W${k} ${formatVkey(key)}\n`);
    for (const lines of [all, all.toReversed()])
      expect(parsePolicy(`${lines.join('')}quorum none\n`, sha256).ok).toBe(true);
  });

  test('[TL6] counts as many of a group as it says', () => {
    for (const [rule, enough] of [
      ['any', 1],
      ['2', 2],
      ['all', 3],
    ] as const) {
      const policy = parsePolicy(text.replace('any B C', `${rule} A B C`).replace('all A towns', 'all towns'), sha256);
      if (!policy.ok) throw new Error(policy.error.what);
      const counts = [[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map((names) => isQuorum(policy.value, new Set(names)));
      expect(counts.map((isEnough, count) => isEnough === count >= enough)).toEqual([true, true, true, true]);
    }
  });
});
