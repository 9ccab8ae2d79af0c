import { expect, test } from 'vitest';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { recordsSince } from '../../main/journal/history.ts';
import { createJournal } from '../../main/journal/journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { numberedPlay } from './support/journal-check.ts';
import { createManualTime } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);

test('[E14] a day that was never closed is read back whole, however long ago it was', () => {
  const time = createManualTime(START_MS);
  const clock = createDisciplinedClock(time.raw);
  clock.offer({ serverMs: START_MS, monoMs: 0, errorMs: 1 });
  clock.settle();
  const journal = createJournal(
    {
      files: createSegmentFiles(createMemoryFiles(), '/data/journal'),
      key: loadDeviceKey(createMemoryFiles(), '/data/key'),
      clock,
      boot: 'boot-1',
      build: 'test',
    },
    { screen: 'screen-1', program: null, manifest: null },
  );
  const fill = (date: string, count: number): void => {
    for (let n = 0; n < count; n += 1) {
      const play = numberedPlay(n);
      if (play.kind === 'play') journal.append({ ...play, slot: `${date}/${1000 * n}` });
    }
  };
  fill('2026-06-29', 300);
  const t = { t0: START_MS, t1: START_MS, m0: 0, m1: 0 };
  const evidence = { date: '2026-06-29', plays: {}, makeGoods: {}, short: {} };
  journal.append({ kind: 'dayclose', reason: 'closed', ...t, evidence });
  fill('2026-06-30', 300);
  const plays = recordsSince(journal, '2026-07-03').filter(
    (record) => record.kind === 'play' && record.slot.startsWith('2026-06-30'),
  );
  expect(plays.length).toBe(300);
  expect(recordsSince(journal, '2026-07-03').length).toBeLessThan(300 + 2 * 64);
});
