/** A clock that is set back a little makes no two records overlap. */
import { expect, test } from 'vitest';
import type { ProofRecord } from '../../domain/proof/record.ts';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { cueOf } from '../../main/engine/cue.ts';
import { createDayBook } from '../../main/engine/day-book.ts';
import { createRecorder } from '../../main/engine/recorder.ts';
import { createIncidents } from '../../main/incidents.ts';
import { createJournal } from '../../main/journal/journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { createManualTime } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';
import { activate, sampleProgram } from './support/sample-program.ts';

const START_MS = Date.UTC(2026, 6, 1);

test('[E9] a clock set back by less than a step makes no overlap, not even for a slot that failed at once', () => {
  const time = createManualTime(START_MS);
  const clock = createDisciplinedClock(time.raw);
  const key = loadDeviceKey(createMemoryFiles(), '/data/key');
  const files = createSegmentFiles(createMemoryFiles(), '/data/journal');
  const journal = createJournal(
    { files, key, clock, boot: 'boot-1', build: 'test' },
    { screen: 'screen-1', program: null, manifest: null },
  );
  const records: ProofRecord[] = [];
  const recorder = createRecorder({
    open: () => ({ journal, screen: 'screen-1' }),
    book: createDayBook(),
    clock,
    incidents: createIncidents(() => undefined),
    onRecord: (record) => records.push(record),
  });
  const slot = {
    startMs: START_MS,
    durationMs: 15_000,
    item: 'film-a',
    commitment: 'c1',
    reason: 'scheduled' as const,
  };
  const cue = cueOf({ date: '2026-07-01', slot }, activate(sampleProgram()));
  if (!cue) throw new Error('the sample program has no film-a');
  const seen = { shownMs: 15_000, dropped: 0, visible: true };
  time.advance(15_000);
  recorder.play({ cue, m0: 0, m1: 15_000, seen, frames: 375, hasFailed: false });
  clock.offer({ serverMs: START_MS + 15_000 - 40, monoMs: 15_000, errorMs: 5 });
  expect(clock.settle()).toBeNull();
  recorder.play({ cue, m0: 15_000, m1: 15_000, seen: null, frames: 0, hasFailed: true });
  time.advance(15_000);
  recorder.play({ cue, m0: 15_000, m1: 30_000, seen, frames: 375, hasFailed: false });
  expect(records.map(({ t0, t1 }) => [t0 - START_MS, t1 - START_MS])).toEqual([
    [0, 15_000],
    [15_000, 15_000],
    [15_000, 29_960],
  ]);
});
