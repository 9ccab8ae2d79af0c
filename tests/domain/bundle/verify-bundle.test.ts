/** Whole bundles of a proved town: what good days come to, what is missing, and what the player declares. */
import { describe, expect, test } from 'vitest';
import type { BundlePart } from '../../../domain/bundle/bundle-part.ts';
import type { ReportedDate } from '../../../domain/bundle/bundle-report.ts';
import { provedTown, type TownDevice } from '../../helpers/proved-town.ts';
import { dateOf, kindsOf, reportOf } from '../../helpers/town-report.ts';

const DAY = '2026-07-01';

describe('a bundle of good days', () => {
  test('[BV1] is proved, day by day, with every promise, and when each day was signed', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (const date of ['2026-07-01', '2026-07-02', '2026-07-03']) await town.playDay(device, date);
    // The witness cosigned last when the last day was over, a minute before now.
    const loggedAtMs = Math.floor((town.clock.nowMs() - 60_000) / 1000) * 1000;
    const report = reportOf(await town.verify(await town.bundle(['a'], '2026-07-01', '2026-07-02')));
    expect(report.verdict).toBe('proved');
    expect(report.log).toMatchObject({ origin: 'town.example/xunbo', witnesses: ['w1'], loggedAtMs });
    expect(report.screens[0]?.devices).toMatchObject([{ device: device.key.id, assurance: 'C' }]);
    for (const date of report.screens[0]?.dates ?? []) {
      expect(date).toMatchObject({ proof: 'proved', findings: [], timeZone: 'Asia/Shanghai' });
      expect(
        date.promises.map(({ commitment, required, plays, verdict }) => [commitment, required, plays, verdict]),
      ).toEqual([
        ['c1', 6, 9, 'met'],
        ['c2', 2, 3, 'met'],
      ]);
    }
    // The log had been signed when the segment before was there, and holds this one as soon as it is sealed.
    const widest = dateOf(report).widestMs;
    expect(widest).toBeGreaterThan(0);
    expect(widest).toBeLessThan(25 * 3_600_000);
  });

  test('[BV1] holds only what the dates ask for, and says so of the first and the last', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (let day = 1; day <= 6; day += 1) await town.playDay(device, `2026-07-0${day}`);
    const parts = await town.bundle(['a'], '2026-07-03', '2026-07-04');
    const segments = parts.filter((part) => part.type === 'segment').length;
    expect(segments).toBeLessThan(18);
    const report = reportOf(await town.verify(parts));
    expect(report.screens[0]?.dates.map(({ date, proof }) => [date, proof])).toEqual([
      ['2026-07-03', 'proved'],
      ['2026-07-04', 'proved'],
    ]);
  });

  test('[BV1] of one campaign judges the promises of that one', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (const date of [DAY, '2026-07-02']) await town.playDay(device, date);
    const report = reportOf(await town.verify(await town.bundle(['a'], DAY, DAY, 'campaign-c2')));
    expect(dateOf(report).promises.map(({ commitment }) => commitment)).toEqual(['c2']);
  });
});

describe('what is missing', () => {
  test('[BV2] a segment that was not sent leaves the day incomplete, and nothing of it is guessed', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY, { push: (number) => number !== 1 });
    await town.playDay(device, '2026-07-02');
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect(date.proof).toBe('incomplete');
    expect(kindsOf(date)).toContain('records-missing');
    expect(date.promises.map(({ verdict }) => verdict)).not.toContain('short');
  });

  test('[BV2] a day that is not over is incomplete', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY, { records: (records) => records.slice(0, 40) });
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect([date.proof, kindsOf(date)]).toEqual(['incomplete', ['records-missing']]);
    expect(date.promises[0]).toMatchObject({ commitment: 'c1', plays: 3, verdict: 'unknown' });
  });

  test('[BV2] an entry of the log that cannot be read may be about any screen', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY);
    const { length: index } = await town.ledger.log.entries(0, 1000);
    await town.ledger.log.append(['{"kind":"of-a-later-version","v":9}']);
    await town.playDay(device, '2026-07-02');
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect([date.proof, date.findings]).toEqual(['incomplete', [{ kind: 'entry-unreadable', index }]]);
  });

  test('[BV1] a former checkpoint that too few vouched for tells no time; the last one does by itself', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (const date of [DAY, '2026-07-02']) await town.playDay(device, date);
    const parts = await town.bundle(['a'], DAY, DAY);
    const former = parts.filter((part) => part.type === 'checkpoint');
    const bare = former.map((part) => ({ ...part, note: part.note.replace(/— inspectorate.*\n/, '') }));
    const of = async (k: number, note: readonly BundlePart[]): Promise<ReportedDate> =>
      dateOf(reportOf(await town.verify(parts.flatMap((part) => (part === former[k] ? note : [part])))));
    for (const k of former.keys()) expect(await of(k, bare.slice(k, k + 1))).toEqual(await of(k, []));
    const report = reportOf(await town.verify(parts));
    expect(reportOf(await town.verify(parts.filter((part) => part.type !== 'checkpoint'))).log).toEqual(report.log);
  });

  test('[BV2] a screen without a player, and too few witnesses, prove nothing', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (const date of [DAY, '2026-07-02']) await town.playDay(device, date);
    const parts = await town.bundle(['a', 'b'], DAY, DAY);
    expect(kindsOf(dateOf(reportOf(await town.verify(parts)), DAY, 'b'))).toContain('no-device');
    const other = await provedTown();
    const demanding = `${town.policy.replace('quorum w1', '')}\n${other.policy.split('\n')[2]?.replace('w1', 'w2')}\ngroup both all w1 w2\nquorum both`;
    const date = dateOf(reportOf(await town.verify(parts, demanding)));
    expect([date.proof, kindsOf(date)]).toEqual(['incomplete', ['quorum-missing']]);
  });
});

describe('what the player declares', () => {
  test('[BV3] a restart, a sleep and a journal that failed are gaps, with their times', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY, {
      records: (records) =>
        records
          .flatMap((record, k) => {
            const at = { t0: record.t0, t1: record.t1, m0: record.m0, m1: record.m1 };
            if (k === 20) return [{ kind: 'gap' as const, reason: 'asleep' as const, ...at, evidence: {} }];
            if (k === 50) return [];
            if (k === 51) {
              const evidence = { recovered: 1 as const, tornBytes: 3 };
              return [{ kind: 'boot' as const, reason: 'recovered' as const, ...at, m0: 0, m1: 0, evidence }];
            }
            return [k > 51 ? { ...record, m0: record.m0 - at.m0 + k, m1: record.m1 - at.m0 + k } : record];
          })
          .map((record, k, all) => {
            const boot = all.findIndex(({ kind, reason }) => kind === 'boot' && reason === 'recovered');
            const since = all[boot]?.t0 ?? 0;
            return k > boot ? { ...record, m0: record.t0 - since, m1: record.t1 - since } : record;
          }),
    });
    await town.playDay(device, '2026-07-02', {
      records: (records) => records.map((record) => ({ ...record, m0: record.t0, m1: record.t1 })),
    });
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect(date.proof).toBe('proved-with-gaps');
    expect(kindsOf(date)).toEqual(['asleep', 'player-off', 'recovered']);
  });

  test('[BV3] a screen that got its player in the middle of the day', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY, {
      records: (records) => [
        ...records.slice(0, 1).map((record) => ({ ...record, t0: records[30]?.t0 ?? 0, t1: records[30]?.t0 ?? 0 })),
        ...records.slice(30),
      ],
    });
    await town.playDay(device, '2026-07-02');
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect(kindsOf(date)).toContain('not-enrolled');
  });

  test('[BV3] a clock that nobody had set', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    await town.playDay(device, DAY, {
      header: (header) => ({ ...header, clock: { source: 'system', lastSyncMs: null, errorMs: null } }),
    });
    await town.playDay(device, '2026-07-02');
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect([date.proof, kindsOf(date)]).toEqual(['proved-with-gaps', ['clock-unsynchronised']]);
  });
});

describe('what cannot be', () => {
  const tampered = async (
    change: Parameters<Awaited<ReturnType<typeof provedTown>>['playDay']>[2],
  ): Promise<ReportedDate> => {
    const town = await provedTown();
    const device: TownDevice = await town.enrol('a');
    await town.playDay(device, DAY, change);
    await town.playDay(device, '2026-07-02');
    return dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
  };

  test('[BV4] signed totals that the records do not hold', async () => {
    const date = await tampered({
      records: (records) =>
        records.map((record) =>
          record.kind === 'dayclose'
            ? { ...record, evidence: { ...record.evidence, plays: { c1: 99, c2: 3 } } }
            : record,
        ),
    });
    expect(date.proof).toBe('contradicted');
    expect(date.findings).toContainEqual({ kind: 'count-differs', commitment: 'c1', signed: 99, counted: 9 });
    expect(date.promises.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
  });

  test('[BV4] records from after the log held them, or from before what they name existed', async () => {
    const hour = 3_600_000;
    const late = await provedTown();
    const device = await late.enrol('a');
    const honest = late.clock.set;
    late.clock.set = (toMs) => honest(toMs - hour);
    await late.playDay(device, DAY);
    const date = dateOf(reportOf(await late.verify(await late.bundle(['a'], DAY, DAY))));
    expect(kindsOf(date)).toContain('after-logged');
    const early = await provedTown();
    const slow = await early.enrol('a');
    early.clock.advance(4 * hour);
    await early.enrol('b');
    await early.playDay(slow, DAY);
    const before = dateOf(reportOf(await early.verify(await early.bundle(['a'], DAY, DAY))));
    expect(kindsOf(before)).toContain('before-beacon');
  });

  test('[BV4] a state of the log that it never had', async () => {
    const date = await tampered({
      header: (header) =>
        header.segment === 1 ? { ...header, beacon: { size: header.beacon?.size ?? 1, root: 'f'.repeat(64) } } : header,
    });
    expect(kindsOf(date)).toContain('beacon-foreign');
  });

  test('[BV4] two devices that both were the screen', async () => {
    const town = await provedTown();
    const one = await town.enrol('a');
    const other = await town.enrol('a');
    await town.playDay(one, DAY);
    await town.playDay(other, DAY);
    await town.playDay(one, '2026-07-02');
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect(kindsOf(date)).toContain('plays-overlap');
  });
});
