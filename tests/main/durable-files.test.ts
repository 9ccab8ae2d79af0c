/** What a call has done is there after a power cut that takes everything that was not synced. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDurableFiles } from '../../main/durable-files.ts';
import { createDiskModel } from '../crash/support/disk-model.ts';
import { createRecordedDisk, Killed, type RecordedDisk } from '../crash/support/recorded-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

async function emptyDisk(): Promise<{ root: string; disk: RecordedDisk }> {
  const root = join(await tempFolder(), 'disk');
  await mkdir(root);
  return { root, disk: createRecordedDisk(root) };
}

/** Paths and contents of what was synced. */
function synced(root: string, disk: RecordedDisk): Record<string, string> {
  const model = createDiskModel(root);
  for (const event of disk.events) model.apply(event);
  const { files } = model.image({ content: () => [], names: () => [] });
  return Object.fromEntries(
    Array.from(files, ([path, bytes]) => [path.slice(root.length), Buffer.from(bytes).toString()]),
  );
}

describe('durable files', () => {
  test('[J1] the names of all folders made for a file are on the disk with it', async () => {
    const { root, disk } = await emptyDisk();
    const files = createDurableFiles(disk);
    files.append(join(root, 'data/journal/7/a.open'), 'one\n');
    files.append(join(root, 'data/journal/7/a.open'), 'two\n');
    expect(synced(root, disk)).toEqual({ '/data/journal/7/a.open': 'one\ntwo\n' });
    files.replace(join(root, 'data/key/key.pem'), 'key');
    expect(synced(root, disk)).toEqual({ '/data/journal/7/a.open': 'one\ntwo\n', '/data/key/key.pem': 'key' });
  });

  test('[J1] they are also where the process that made them was killed before it synced them', async () => {
    const { root, disk } = await emptyDisk();
    let calls = 0;
    // Opening fails, then the folders are made, and that is the last it does.
    disk.isKilled = () => {
      calls += 1;
      return calls > 2;
    };
    expect(() => createDurableFiles(disk).append(join(root, 'data/journal/7/a.open'), 'one\n')).toThrow(Killed);
    disk.isKilled = () => false;
    createDurableFiles(disk).append(join(root, 'data/journal/7/a.open'), 'two\n');
    expect(synced(root, disk)).toEqual({ '/data/journal/7/a.open': 'two\n' });
  });
});
