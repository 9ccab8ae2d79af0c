/** A journal on a disk in memory, opened again and again by one device, and what is on that disk. */
import { expect } from 'vitest';
import { loadDeviceKey } from '../../../main/device-key.ts';
import { createDisciplinedClock } from '../../../main/disciplined-clock.ts';
import { createJournal, type Journal } from '../../../main/journal/journal.ts';
import { createSegmentFiles } from '../../../main/journal/segment-files.ts';
import { checkJournal, type EpochRecord, numberedPlay } from './journal-check.ts';
import { createManualTime } from './manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';

export const FOLDER = '/data/journal';
export const time = createManualTime(Date.UTC(2026, 6, 1));
export const context = { screen: 'screen-1', program: 'b'.repeat(64), manifest: 'c'.repeat(64) };
const clock = createDisciplinedClock(time.raw);
const key = loadDeviceKey(createMemoryFiles(), '/data/key');
let boots = 0;

/** Opens the journal on this disk as the next start of the agent does. */
export function openJournal(files: MemoryFiles): Journal {
  boots += 1;
  return createJournal(
    { files: createSegmentFiles(files, FOLDER), key, clock, boot: `boot-${boots}`, build: 'test' },
    context,
  );
}

/** Records the plays numbered from `from` on. */
export function fill(journal: Journal, from: number, count: number): void {
  for (let n = from; n < from + count; n += 1) expect(journal.append(numberedPlay(n)).ok).toBe(true);
}

/** All records on the disk, after everything there was verified. */
export const recordsOf = (files: MemoryFiles): EpochRecord[] => checkJournal(files, FOLDER, key);

/** The items of the plays among them. */
export const itemsOf = (files: MemoryFiles): string[] =>
  recordsOf(files).flatMap((record) => (record.kind === 'play' ? [record.item] : []));

/** The names of the files on the disk. */
export const namesOf = (files: MemoryFiles): string[] =>
  [...files.content.keys()].map((path) => path.split('/').at(-1) ?? '').sort();
