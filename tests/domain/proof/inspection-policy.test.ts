/** A policy names the keys of units beside logs and witnesses; a fault in it is told by its line. */
import { describe, expect, test } from 'vitest';
import { parseInspectionPolicy } from '../../../domain/proof/inspection-policy.ts';
import { parsePolicy } from '../../../domain/tlog/policy.ts';
import { formatVkey, KEY_TYPES, noteKey } from '../../../domain/tlog/signed-note.ts';
import { sha256 } from '../../../server/sha256.ts';
import { unitSigner } from '../../helpers/unit-signer.ts';

const log = formatVkey(unitSigner('town.example/log').note);
const [hall, bus, older] = ['hall.example/unit', 'bus.example/unit', 'bus.example/unit'].map((name) =>
  formatVkey(unitSigner(name).note),
);
const witness = formatVkey(noteKey('w.example', KEY_TYPES.cosignEd25519, Buffer.alloc(32, 1), sha256));
const TEXT = `#whom the inspectorate trusts
log ${log}
  unit\t大厅 ${hall}
witness W ${witness}
unit bus ${bus}
unit bus ${older}
quorum W
`;

describe('a policy with units', () => {
  test('[UE3] names the keys of units, several for one too, beside what tlog-policy has', () => {
    const policy = parseInspectionPolicy(TEXT, sha256);
    if (!policy.ok) throw new Error(policy.error.what);
    expect(policy.value.units.map(({ unit, key }) => [unit, formatVkey(key)])).toEqual([
      ['大厅', hall],
      ['bus', bus],
      ['bus', older],
    ]);
    const plain = TEXT.split('\n').filter((line) => !line.trim().startsWith('unit'));
    expect(policy.value.log).toEqual((parsePolicy(plain.join('\n'), sha256) as { value?: unknown }).value);
  });

  test('[UE3] may be saved with the line ends of Windows', () => {
    expect(parseInspectionPolicy(TEXT.replaceAll('\n', '\r\n'), sha256)).toEqual(parseInspectionPolicy(TEXT, sha256));
  });

  test('[UE3] without units is one too: then nobody vouches for any screen', () => {
    const policy = parseInspectionPolicy(`log ${log}\nquorum none\n`, sha256);
    expect(policy.ok && policy.value.units).toEqual([]);
  });

  test.each([
    ['a key that was altered', TEXT.replace('hall.example/unit+', 'hall.example/unit2+'), 3, /unit NAME VKEY/],
    ['a unit without a key', TEXT.replace(` ${bus}`, ''), 5, /unit NAME VKEY/],
    ['more words than two', TEXT.replace(`${bus}`, `${bus} x`), 5, /unit NAME VKEY/],
    ['the key of a cosigner', TEXT.replace(`unit bus ${bus}`, `unit bus ${witness}`), 5, /unit NAME VKEY/],
    ['the same key twice', TEXT.replace(`unit bus ${older}`, `unit other ${bus}`), 6, /each key once/],
    ['the key of the log', TEXT.replace(`unit bus ${older}`, `unit bus ${log}`), 6, /none that is a log/],
    ['a word nobody knows', TEXT.replace('witness W', 'trust W'), 4, /one of log, witness, group, quorum, unit/],
    ['no quorum', TEXT.replace('quorum W\n', ''), 7, /quorum/],
    ['a faulty witness after sound units', TEXT.replace('quorum W', 'quorum V'), 7, /stands above/],
    ['two faults, that of the log first', TEXT.replace(witness, 'x').replace(` ${older}`, ''), 4, /witness NAME VKEY/],
    ['two faults: the first', TEXT.replace('quorum W', 'quorum V').replace(` ${older}`, ''), 6, /unit NAME VKEY/],
  ])('[UE3] refuses %s, and says in which line', (_, text, line, what) => {
    const policy = parseInspectionPolicy(text, sha256);
    if (policy.ok) throw new Error('taken');
    expect(policy.error.line).toBe(line);
    expect(policy.error.what).toMatch(what);
  });
});
