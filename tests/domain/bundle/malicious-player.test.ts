/** What a player could try whose owner holds its key; what the server refuses at once: `ingest.test.ts`. */
import { describe, expect, test } from 'vitest';
import type { BundleReport, ReportedDate } from '../../../domain/bundle/bundle-report.ts';
import type { Result } from '../../../domain/result.ts';
import { type DayChange, provedTown } from '../../helpers/proved-town.ts';
import type { Unnumbered } from '../../helpers/test-device.ts';

const [DAY, NEXT] = ['2026-07-01', '2026-07-02'];

function dateOf(result: Result<BundleReport, string>): ReportedDate {
  const found = result.ok ? result.value.screens[0]?.dates[0] : undefined;
  if (!found) throw new Error('a date');
  return found;
}

async function afterDay(change: DayChange): Promise<ReportedDate> {
  const town = await provedTown();
  const device = await town.enrol('a');
  await town.playDay(device, DAY, change);
  await town.playDay(device, NEXT);
  return dateOf(await town.verify(await town.bundle(['a'], DAY, DAY)));
}

type Play = Extract<Unnumbered, { kind: 'play' }>;

/** Changes the plays of a day, its signed totals made to fit or not. */
const plays = (change: (play: Play) => Play): DayChange => ({
  records: (records) => records.map((record) => (record.kind === 'play' ? change(record) : record)),
});

const counts = ({ promises }: ReportedDate): number[] => promises.map((promise) => promise.plays);

describe('not counted, and the signed totals contradicted', () => {
  test('[I3] plays cut short that claim to be complete', async () => {
    const date = await afterDay(plays((play) => ({ ...play, m1: play.m1 - 2000 })));
    expect([date.proof, counts(date)]).toEqual(['contradicted', [0, 0]]);
  });

  test('[I3] plays that claim a shorter film than the program has', async () => {
    const short = (play: Play): Play => ({
      ...play,
      m1: play.m0 + 5000,
      evidence: { ...play.evidence, expectedMs: 5000 },
    });
    expect(counts(await afterDay(plays(short)))).toEqual([0, 0]);
  });

  test('[I3] plays of other bytes, of other items, unseen or without a frame', async () => {
    const others: ((play: Play) => Play)[] = [
      (play) => ({ ...play, sha: 'f'.repeat(64) }),
      (play) => ({ ...play, item: 'loop-a' }),
      (play) => ({ ...play, evidence: { ...play.evidence, visible: 0 } }),
      (play) => ({ ...play, evidence: { ...play.evidence, frames: 0 } }),
      (play) => ({ ...play, outcome: 'failed' }),
    ];
    for (const change of others) {
      const date = await afterDay(plays((play) => (play.commitment === null ? play : change(play))));
      expect([date.proof, counts(date)]).toEqual(['contradicted', [0, 0]]);
    }
  });

  test('[I2] a play recorded twice within its time is refused, so that nothing of its segment counts', async () => {
    const date = await afterDay({
      records: (records) => records.flatMap((record, k) => (k === 8 ? [record, record] : [record])),
    });
    expect([date.proof, date.findings.map(({ kind }) => kind)]).toEqual([
      'incomplete',
      expect.arrayContaining(['records-missing', 'segment-refused']),
    ]);
  });
});

test('[BV4] a day that lies in the future when it is sent contradicts itself', async () => {
  const town = await provedTown();
  const device = await town.enrol('a');
  const stand = town.clock.nowMs();
  const { set } = town.clock;
  town.clock.set = () => set(stand);
  await town.playDay(device, DAY);
  const date = dateOf(await town.verify(await town.bundle(['a'], DAY, DAY)));
  expect([date.proof, date.findings.some(({ kind }) => kind === 'after-logged')]).toEqual(['contradicted', true]);
});
