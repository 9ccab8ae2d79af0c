/** Whatever somebody changed in what is stored, the audit names it. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { DataPaths } from '../../server/stores/data-folder.ts';
import { auditedTown, auditOf, changeCatalogue, edit, repack, SIGNATURE_OF_NOBODY } from '../helpers/audited-town.ts';

const copyOfWhole = auditedTown();

/** What is done to the folder, what of the findings names it, and the kinds of all that is found. */
type Damage = { what: string; hand: (paths: DataPaths) => void | Promise<void>; named: RegExp[]; kinds: string[] };

const damages: Damage[] = [
  {
    what: 'a counter that was raised',
    hand: (paths) =>
      edit(paths, 'UPDATE screen_days SET counts = replace(counts, \'"visits.min.f1",3\', \'"visits.min.f1",5\')'),
    named: [/^counters of screen-1 on 2026-07-01: visits.min.f1 has 5 plays where the segments say 3$/],
    kinds: ['counters'],
  },
  {
    what: 'counters of a day that nobody played',
    hand: (paths) =>
      edit(paths, "INSERT INTO screen_days VALUES ('screen-9', '2026-07-02', '[[\"c\",9,0,90000]]', NULL)"),
    named: [/^counters of screen-9 on 2026-07-02: c has 9 plays where the segments say 0/],
    kinds: ['counters'],
  },
  {
    what: 'an end of day that was taken away',
    hand: (paths) => edit(paths, 'UPDATE screen_days SET end_of_day = NULL'),
    named: [/^counters of screen-1 on 2026-07-01: its end of day is not the one that was signed$/],
    kinds: ['counters'],
  },
  {
    what: 'a changed record',
    hand: (paths) => repack(paths, 1, (body) => body.replace('"outcome":"complete"', '"outcome":"cut"')),
    named: [/^segment 1 of epoch 0 of device \w{16}: its records are not those that its header signs$/, /^counters/],
    kinds: ['counters', 'segment'],
  },
  {
    what: 'a body of other bytes',
    hand: (paths) => edit(paths, "UPDATE segments SET packed = X'00' WHERE segment = 1"),
    named: [/^segment 1 of epoch 0 of device \w{16}: what is stored of it cannot be unpacked$/],
    kinds: ['counters', 'segment'],
  },
  {
    what: 'a changed signature',
    hand: (paths) => edit(paths, 'UPDATE segments SET signature = ? WHERE segment = 0', SIGNATURE_OF_NOBODY),
    named: [/^segment 0 of epoch 0 .*: its signature is not by the key of its device$/],
    kinds: ['counters', 'segment'],
  },
  {
    what: 'a segment put at another time',
    hand: (paths) => edit(paths, 'UPDATE segments SET first_at = first_at - 1 WHERE segment = 0'),
    named: [/^segment 0 of epoch 0 .*: its firstAtMs in the ledger is not what it says itself$/],
    kinds: ['segment'],
  },
  {
    what: 'a segment that is gone',
    hand: (paths) => edit(paths, 'DELETE FROM segments WHERE segment = 1'),
    named: [
      /^entry 4 of the log: it is of a stored segment, and there is none$/,
      /^tile 0\/0: its entry 4 is not that of the stored entries$/,
      /^segment 3 of epoch 0 .*: 1 of the segments between it and number 0 are neither stored nor in quarantine$/,
    ],
    kinds: ['chain', 'checkpoint', 'counters', 'entry', 'tile'],
  },
  {
    what: 'a changed entry of the log',
    hand: (paths) =>
      edit(paths, "UPDATE log_entries SET entry = replace(entry, '1.0.300', '1.0.999') WHERE entry LIKE '%1.0.300\"%'"),
    named: [
      /^tile 0\/1: its entry \d+ is not that of the stored entries$/,
      /^the checkpoint of 530 entries: these entries have another root than was signed$/,
    ],
    kinds: ['checkpoint', 'tile'],
  },
  {
    what: 'an entry that is gone',
    hand: (paths) => edit(paths, "DELETE FROM log_entries WHERE entry LIKE '%1.0.300\"%'"),
    named: [/^entry \d+ of the log: it is missing$/],
    kinds: ['checkpoint', 'entry', 'tile'],
  },
  {
    what: 'an entry behind the others that nothing is stored of',
    hand: (paths) =>
      edit(paths, 'INSERT INTO log_entries (entry) VALUES (?)', `{"hash":"${'b'.repeat(64)}","kind":"program","v":1}`),
    named: [
      /^entry 530 of the log: it is of a program that is not stored$/,
      /^entries of kind program: the log has 2 where 1 are stored$/,
    ],
    kinds: ['entry'],
  },
  {
    what: 'an entry that is none',
    hand: (paths) => edit(paths, "INSERT INTO log_entries (entry) VALUES ('hello')"),
    named: [/^entry 530 of the log: it is no entry of the contract$/],
    kinds: ['entry'],
  },
  {
    what: 'a log that was cut off',
    hand: (paths) => edit(paths, 'DELETE FROM log_entries WHERE position > 500'),
    named: [/^the checkpoint of 530 entries: the log has 500 entries only$/, /^the tiles: 1 of them/],
    kinds: ['checkpoint', 'tile'],
  },
  {
    what: 'a changed tile',
    hand: (paths) => edit(paths, 'UPDATE log_tiles SET hashes = zeroblob(8192) WHERE tile = 1'),
    named: [/^tile 0\/1: its entry 256 is not that of the stored entries$/],
    kinds: ['tile'],
  },
  {
    what: 'a tile that is gone',
    hand: (paths) => edit(paths, 'DELETE FROM log_tiles WHERE tile = 1'),
    named: [/^tile 0\/1: it is not kept$/],
    kinds: ['tile'],
  },
  {
    what: 'a tile too many',
    hand: (paths) => edit(paths, 'INSERT INTO log_tiles VALUES (0, 7, zeroblob(8192))'),
    named: [/^the tiles: 1 of them hold more entries than there are$/],
    kinds: ['tile'],
  },
  {
    what: 'a changed program',
    hand: (paths) => edit(paths, 'UPDATE documents SET body = replace(body, \'"minPlays":3\', \'"minPlays":1\')'),
    named: [/^document \w{16}: its bytes have another hash$/],
    kinds: ['document'],
  },
  {
    what: 'a changed fork',
    hand: (paths) => edit(paths, "UPDATE forks SET body = replace(body, 'complete', 'cut')"),
    named: [/^the fork \w{16} of segment 1 of epoch 0 of device \w{16}: it was changed \(root-wrong\)$/],
    kinds: ['fork'],
  },
  {
    what: 'a fork that is gone',
    hand: (paths) => edit(paths, 'DELETE FROM forks'),
    named: [/^entry 5 of the log: it is of a fork that is not stored$/],
    kinds: ['entry'],
  },
  {
    what: 'another reason for a refusal',
    hand: (paths) => edit(paths, "UPDATE quarantine SET reason = 'root-wrong'"),
    named: [/^the refused segment 2 of epoch 0 of device \w{16}: it is not in the log$/],
    kinds: ['entry'],
  },
  {
    what: 'a changed refused segment',
    hand: (paths) => edit(paths, "UPDATE quarantine SET header = header || ' '"),
    named: [/^the refused segment 2 of epoch 0 .*: its header has another hash$/],
    kinds: ['quarantine'],
  },
  {
    what: 'another key of a device',
    hand: (paths) =>
      changeCatalogue(paths, (text) => text.replace(/"publicKey": ?"[^"]{10}/, '"publicKey":"AAAAAAAAAA')),
    named: [/^device \w{16} of screen-1: its key is another one’s$/, /its signature is not by the key of its device$/],
    kinds: ['counters', 'device', 'entry', 'fork', 'segment'],
  },
  {
    what: 'another screen of a device',
    hand: (paths) => changeCatalogue(paths, (text) => text.replace(/"screenId": ?"screen-1"/, '"screenId":"screen-2"')),
    named: [/^device \w{16} of screen-2: its binding or its release is not in the log$/],
    kinds: ['entry'],
  },
  {
    what: 'a last checkpoint that is gone',
    hand: (paths) => rm(paths.logHead),
    named: [/^the last signed checkpoint: it is missing, so that nothing says how far the log was signed$/],
    kinds: ['checkpoint'],
  },
  {
    what: 'a changed last checkpoint',
    hand: async (paths) =>
      writeFile(paths.logHead, (await readFile(paths.logHead, 'utf8')).replace('\n530\n', '\n529\n')),
    named: [/^the last signed checkpoint: a signature of the log does not verify$/],
    kinds: ['checkpoint'],
  },
  {
    what: 'a changed kept checkpoint',
    hand: (paths) =>
      edit(
        paths,
        'UPDATE log_checkpoints SET note = ? WHERE size = (SELECT max(size) FROM log_checkpoints)',
        'no note',
      ),
    named: [/^the kept checkpoint of 530 entries: it is not of the contract$/],
    kinds: ['checkpoint'],
  },
];

for (const { what, hand, named, kinds } of damages) {
  test(`[AU2] ${what} is named`, async () => {
    const paths = await copyOfWhole();
    await hand(paths);
    const { found, kinds: foundKinds } = await auditOf(paths);
    for (const name of named) expect(found).toContainEqual(expect.stringMatching(name));
    expect({ kinds: foundKinds, found }).toMatchObject({ kinds });
  });
}
