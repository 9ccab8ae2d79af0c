/** What a verifier says of promises, of days whose plays are gone, and of logs that follow others. */
import { describe, expect, test } from 'vitest';
import { logEntryText } from '../../../domain/proof/log-entry.ts';
import { dropOldBodies } from '../../../server/retention/drop-bodies.ts';
import { provedTown, townProgram } from '../../helpers/proved-town.ts';
import { dateOf, kindsOf, reportOf } from '../../helpers/town-report.ts';

const DAY = '2026-07-01';

describe('a promise', () => {
  test('[BV5] is judged by the most that any program in force asked for: lowered in the middle of a day it still stands', async () => {
    const town = await provedTown();
    const device = await town.enrol('a', townProgram(30));
    await town.playDay(device, DAY, { program: townProgram(30), records: (records) => records.slice(0, 40) });
    await town.assign('a', townProgram(6));
    await town.sign();
    const low = townProgram(6);
    await town.playDay(device, DAY, { program: low, records: (records) => records.slice(39) });
    await town.playDay(device, '2026-07-02', { program: low });
    const report = reportOf(await town.verify(await town.bundle(['a'], DAY, '2026-07-02')));
    expect(dateOf(report).promises[0]).toMatchObject({ commitment: 'c1', required: 30, plays: 9, verdict: 'short' });
    expect(dateOf(report, '2026-07-02').promises[0]).toMatchObject({ required: 6, verdict: 'met' });
  });

  test('[BV5] a program that the log does not have, or never gave the screen, proves nothing', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    const foreign = townProgram(1);
    await town.playDay(device, DAY, { program: foreign });
    await town.playDay(device, '2026-07-02');
    const date = dateOf(reportOf(await town.verify(await town.bundle(['a'], DAY, DAY))));
    expect(date.proof).toBe('incomplete');
    expect(kindsOf(date)).toContain('program-missing');
  });
});

describe('a day whose plays are not kept singly any more', () => {
  test('[BV10] is incomplete; what the player signed at its end is proved still', async () => {
    const town = await provedTown();
    const device = await town.enrol('a');
    for (const date of ['2026-07-01', '2026-07-02', '2026-07-03']) await town.playDay(device, date);
    await town.sign();
    const before = dateOf(reportOf(await town.verify(await town.bundle(['a'], '2026-07-01', '2026-07-01'))));
    const [promise] = before.promises;
    expect(promise).toMatchObject({ plays: 9, signed: 9, verdict: 'met' });
    await dropOldBodies({
      ledger: town.ledger,
      programOf: async () => townProgram(),
      signedSize: () => Number.MAX_SAFE_INTEGER,
      keepDays: 731,
      clock: { nowMs: () => town.clock.nowMs() + 732 * 86_400_000 },
    });
    const after = dateOf(reportOf(await town.verify(await town.bundle(['a'], '2026-07-01', '2026-07-01'))));
    expect(after.proof).toBe('incomplete');
    expect(kindsOf(after)).toContain('records-missing');
    expect(after.promises[0]).toMatchObject({ signed: 9, verdict: 'unknown' });
    expect(after.promises[0]?.plays).toBeLessThan(9);
  });
});

describe('a log that follows another', () => {
  async function followed(entries: readonly string[]) {
    const before = await provedTown();
    const device = await before.enrol('a');
    for (const date of ['2026-07-01', '2026-07-02', '2026-07-03']) await before.playDay(device, date);
    await before.ledger.log.beginAnew(entries, 0);
    const after = await provedTown(before.ledger, 'town.example/xunbo/2');
    after.clock.set(before.clock.nowMs());
    await after.sign();
    return { after, parts: await after.bundle(['a'], '2026-07-01', '2026-07-02') };
  }
  const succession = logEntryText({
    kind: 'succession',
    ...{ origin: 'town.example/xunbo', size: 9, root: 'a'.repeat(64), next: 'key', atMs: 1 },
    signature: Buffer.alloc(64).toString('base64'),
  });

  test('[BV9] says so on every date; what players saw of the log before contradicts nothing, and bounds nothing', async () => {
    const { after, parts } = await followed([succession]);
    const report = reportOf(await after.verify(parts));
    expect(report.verdict).toBe('proved-with-gaps');
    for (const date of report.screens[0]?.dates ?? []) {
      expect(date).toMatchObject({
        proof: 'proved-with-gaps',
        findings: [{ kind: 'log-anew', origin: 'town.example/xunbo', size: 9 }],
        widestMs: 'open',
      });
    }
  });

  test('[BV9] that does not say so contradicts what players saw, and so does one that says so later', async () => {
    for (const entries of [['another entry'], [succession.replace('"size":9', '"size":x')]]) {
      const { after, parts } = await followed(entries);
      expect(reportOf(await after.verify(parts)).verdict).toBe('contradicted');
    }
    const { after, parts } = await followed(['{"v":1}', succession]);
    expect(kindsOf(dateOf(reportOf(await after.verify(parts))))).toContain('beacon-foreign');
  });
});
