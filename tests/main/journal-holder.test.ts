/** A journal that cannot be opened at the start: the show goes on, and what was not recorded is declared. */
import { describe, expect, test } from 'vitest';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { createIncidents, type Incidents } from '../../main/incidents.ts';
import { createJournalHolder, type JournalHolder } from '../../main/journal/journal-holder.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { checkJournal, numberedPlay } from './support/journal-check.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';
import { createMemoryFiles, type MemoryFiles } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);
const FOLDER = '/data/journal';
const key = loadDeviceKey(createMemoryFiles(), '/data/key');

type Rig = { files: MemoryFiles; time: ManualTime; holder: JournalHolder; incidents: Incidents; open(): void };

function rig(): Rig {
  const files = createMemoryFiles();
  const time = createManualTime(START_MS);
  const silent = (): void => undefined;
  const incidents = createIncidents(silent);
  const clock = createDisciplinedClock(time.raw);
  const holder = createJournalHolder({
    journal: { files: createSegmentFiles(files, FOLDER), key, clock, boot: 'boot-1', build: 'test' },
    ...{ incidents, log: silent, onOpened: silent },
  });
  return { files, time, holder, incidents, open: () => holder.open('screen-1', null) };
}

const told = (files: MemoryFiles): string[] =>
  checkJournal(files, FOLDER, key).map(
    ({ kind, reason, t0, t1 }) => `${kind} ${reason} ${t0 - START_MS} ${t1 - START_MS}`,
  );
const last = (records: readonly ProofRecord[]): ProofRecord['kind'] | undefined => records.at(-1)?.kind;

describe('a journal that cannot be opened at the start', () => {
  test('[J7] [I4] is tried again each minute; the time without it is declared behind the boot record', () => {
    const { files, time, holder, open } = rig();
    const list = files.list;
    files.list = () => {
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
    };
    open();
    time.advance(30_000);
    files.list = list;
    open();
    expect(holder.get()).toBeNull();
    time.advance(30_000);
    open();
    holder.get()?.append(numberedPlay(0));
    expect(told(files).slice(0, 2)).toEqual(['boot start 0 0', 'gap journal-failed 0 60000']);
    expect(last(checkJournal(files, FOLDER, key))).toBe('play');
  });

  test('[J7] [I4] whose first records the disk does not take either declares all of that time with the next one', () => {
    for (const taken of [0, 1]) {
      const { files, time, holder, incidents, open } = rig();
      const list = files.list;
      files.list = () => {
        throw Object.assign(new Error('EIO'), { code: 'EIO' });
      };
      open();
      time.advance(60_000);
      files.list = list;
      let writes = 0;
      files.faultOf = () => {
        writes += 1;
        return writes > taken ? { how: 'not-applied', as: 'EIO' } : null;
      };
      open();
      expect(incidents.list().map(({ kind }) => kind)).toEqual(['disk-full']);
      time.advance(10_000);
      files.faultOf = () => null;
      holder.get()?.append({ ...numberedPlay(0), t0: START_MS + 70_000, t1: START_MS + 80_000 });
      const boot = taken === 0 ? [] : ['boot start 0 0'];
      expect(told(files).slice(0, -1)).toEqual([...boot, 'gap journal-failed 0 70000']);
    }
  });
});
