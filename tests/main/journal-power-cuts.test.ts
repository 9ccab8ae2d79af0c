/** Power cuts of the journal, rebuilt from the calls it made: states that a real disk can be left in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seedOf } from '../crash/support/amounts.ts';
import { cutJournals, traceJournal } from '../crash/support/cut-journals.ts';
import { replayed } from '../crash/support/power-cuts.ts';
import { stateFolder } from '../crash/support/state-folder.ts';

const seed = seedOf('power cuts of the journal');

describe('power cuts of the journal', () => {
  test('[CR3] all calls replayed give the folder as it is, byte for byte', async () => {
    const { root, events } = traceJournal(seed, 0, await stateFolder());
    const { files } = replayed(root, events);
    const there = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect([...files.keys()].sort()).toEqual(there.map(({ parentPath, name }) => join(parentPath, name)).sort());
    for (const [path, bytes] of files) expect(Buffer.compare(bytes, readFileSync(path)), path).toBe(0);
  });

  test('[CR3] [I1] [I4] [I5] [I6] what was claimed is there after 100 power cuts, whatever was not synced', async () => {
    expect(await cutJournals(seed, 100, await stateFolder())).toEqual([]);
  });

  test('[CR3] a journal that synced nothing would be found out', async () => {
    expect((await cutJournals(seed, 20, await stateFolder(), true)).length).toBeGreaterThan(0);
  });
});
