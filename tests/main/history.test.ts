/** What a start reads back of the journal. */
import { expect, test } from 'vitest';
import { loadDeviceKey } from '../../main/device-key.ts';
import { createDisciplinedClock } from '../../main/disciplined-clock.ts';
import { recordsSince } from '../../main/journal/history.ts';
import { createJournal, type Journal } from '../../main/journal/journal.ts';
import { createSegmentFiles } from '../../main/journal/segment-files.ts';
import { numberedPlay } from './support/journal-check.ts';
import { createManualTime } from './support/manual-time.ts';
import { createMemoryFiles } from './support/memory-files.ts';

const START_MS = Date.UTC(2026, 6, 1);

type Rig = { journal: Journal; fill(date: string, count: number): void };

/** A journal under a clock that the server has set. */
function rig(): Rig {
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
  return {
    journal,
    fill(date, count) {
      for (let n = 0; n < count; n += 1) {
        const play = numberedPlay(n);
        if (play.kind === 'play') journal.append({ ...play, slot: `${date}/${1000 * n}` });
      }
    },
  };
}

function close(journal: Journal, date: string): void {
  const at = { t0: START_MS, t1: START_MS, m0: 0, m1: 0 };
  journal.append({
    kind: 'dayclose',
    reason: 'closed',
    ...at,
    evidence: { date, plays: {}, makeGoods: {}, short: {} },
  });
}

/** Plays of `date` that a start reads back two days after. */
const playsOn = (journal: Journal, date: string): number =>
  recordsSince(journal, '2026-07-03').filter((record) => record.kind === 'play' && record.slot.startsWith(date)).length;

test('[J11] a day that was closed late, in a segment of its own between the plays of the next, hides none of these', () => {
  const { journal, fill } = rig();
  fill('2026-06-30', 10);
  fill('2026-07-01', 10);
  journal.seal();
  close(journal, '2026-06-30');
  journal.seal();
  fill('2026-07-01', 10);
  expect(playsOn(journal, '2026-07-01')).toBe(20);
});

test('[E14] a day that was never closed is read back whole, however long ago it was', () => {
  const { journal, fill } = rig();
  fill('2026-06-29', 300);
  close(journal, '2026-06-29');
  fill('2026-06-30', 300);
  expect(playsOn(journal, '2026-06-30')).toBe(300);
  expect(recordsSince(journal, '2026-07-03').length).toBeLessThan(300 + 2 * 64);
});
