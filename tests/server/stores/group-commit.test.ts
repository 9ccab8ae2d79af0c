/** Group commit: one transaction a turn, bad work alone. */
import { join } from 'node:path';
import { constants, DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createGroupCommit } from '../../../server/stores/group-commit.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

async function openCounted() {
  const file = join(await tempFolder(), 'group.sqlite');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT');
  const begun: string[] = [];
  db.setAuthorizer((action, what) => {
    if (action === constants.SQLITE_TRANSACTION && what) begun.push(what);
    return constants.SQLITE_OK;
  });
  const insert = db.prepare('INSERT INTO notes (text) VALUES (?)');
  const add = (text: string) => () => insert.run(text).changes;
  const notes = (): unknown[] =>
    db
      .prepare('SELECT text FROM notes ORDER BY rowid')
      .all()
      .map((row) => row.text);
  return { db, begun, add, notes, commits: createGroupCommit(db, file) };
}

test('[S20] what is asked for in one turn shares one commit', async () => {
  const { db, begun, add, notes, commits } = await openCounted();
  await Promise.all(['a', 'b', 'c'].map((text) => commits.run(add(text))));
  expect(begun).toEqual(['BEGIN', 'COMMIT']);
  expect(notes()).toEqual(['a', 'b', 'c']);
  db.close();
});

test('[S20] a long queue is committed in several transactions, all of it', async () => {
  const { db, begun, add, notes, commits } = await openCounted();
  await Promise.all(Array.from({ length: 600 }, (_, i) => commits.run(add(`${i}`))));
  expect(begun.filter((b) => b === 'COMMIT')).toHaveLength(3);
  expect(notes()).toHaveLength(600);
  db.close();
});

test('[S20] work that throws is undone by itself and rejects alone', async () => {
  const { db, add, notes, commits } = await openCounted();
  const broken = () => {
    add('half')();
    throw new RangeError('broken work');
  };
  const settled = await Promise.allSettled([add('a'), broken, add('a'), add('b')].map((work) => commits.run(work)));
  expect(settled.map((s) => s.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(settled[1]).toMatchObject({ reason: { message: 'broken work' } });
  expect(settled[2]).toMatchObject({ reason: { kind: 'conflict' } });
  expect(notes()).toEqual(['a', 'b']);
  db.close();
});

test('[S21] a commit that fails undoes everything in it and rejects every call', async () => {
  const { db, add, notes, commits } = await openCounted();
  await commits.run(add('before'));
  db.exec('PRAGMA max_page_count = 3');
  const big = 'x'.repeat(20_000);
  const settled = await Promise.allSettled([add('small'), add(big), add('other')].map((work) => commits.run(work)));
  expect(settled.map((s) => s.status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(settled[0]).toMatchObject({ reason: { kind: 'disk-full' } });
  expect(notes()).toEqual(['before']);
  db.exec('PRAGMA max_page_count = 1000');
  await commits.run(add(big));
  expect(notes()).toEqual(['before', big]);
  db.close();
});

test('[S21] so does a failure that leaves the transaction open', async () => {
  const { db, add, notes, commits } = await openCounted();
  const failing = (): void => db.exec('SELECT * FROM nowhere');
  const settled = await Promise.allSettled([commits.run(add('a')), commits.run(failing), commits.run(add('b'))]);
  expect(settled.map((s) => s.status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(notes()).toEqual([]);
  await commits.run(add('c'));
  expect(notes()).toEqual(['c']);
  db.close();
});

test('[S20] closing runs what waits and refuses what comes later', async () => {
  const { db, add, notes, commits } = await openCounted();
  const pending = commits.run(add('a'));
  await commits.close();
  await expect(pending).resolves.toBe(1);
  await expect(commits.run(add('b'))).rejects.toMatchObject({ kind: 'closed' });
  expect(notes()).toEqual(['a']);
  db.close();
});
