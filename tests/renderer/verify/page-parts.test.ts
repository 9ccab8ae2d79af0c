/** Parts of the verifier's page: files that are dropped, times as written, and the report as CSV. */
import { openAsBlob } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BundleReport } from '../../../domain/bundle/bundle-report.ts';
import { checkFiles } from '../../../renderer/verify/check/check-files.ts';
import { reportCsv } from '../../../renderer/verify/page/report-csv.ts';
import { sortFiles } from '../../../renderer/verify/page/sort-files.ts';
import { dayClock, instantText } from '../../../renderer/verify/text/clock-text.ts';
import { CHINESE_PAGE_WORDS } from '../../../renderer/verify/text/page-words-chinese.ts';
import { ENGLISH_PAGE_WORDS } from '../../../renderer/verify/text/page-words-english.ts';
import { slept, townFiles } from '../../helpers/bundle-files.ts';

describe('files dropped together', () => {
  test('[VP7] are told apart by what is in them, a damaged bundle too', async () => {
    const files = await townFiles();
    const [bundle, policy] = await Promise.all([openAsBlob(files.bundle), openAsBlob(files.policy)]);
    const [one, other] = [new File([policy], 'a'), new File([bundle], 'b')];
    expect(await sortFiles([other, one])).toEqual({ bundle: other, policy: one });
    const torn = new File([`Xunbo${await bundle.slice(5, 88).text()}`, bundle.slice(88)], 'c');
    expect(await sortFiles([one, torn])).toEqual({ bundle: torn, policy: one });
    const chinese = new File(['# 我们信任的日志\r\nquorum none\r\n'], 'd');
    expect(await sortFiles([chinese])).toEqual({ bundle: null, policy: chinese });
  });
});

describe('times', () => {
  const at = Date.UTC(2026, 6, 1, 0, 5, 30, 250);

  test('[VP3] bear neither date nor offset where the row says the one and the zone keeps the other', () => {
    const clock = dayClock('2026-07-01', 'Asia/Shanghai');
    expect(clock(at)).toBe('08:05:30');
    expect(clock(at + 86_400_000)).toBe('2026-07-02 08:05:30');
    // An hour that comes twice.
    const berlin = dayClock('2026-10-25', 'Europe/Berlin');
    expect([0, 1].map((hour) => berlin(Date.UTC(2026, 9, 25, hour, 30)))).toEqual([
      '02:30:00 +02:00',
      '02:30:00 +01:00',
    ]);
  });

  test('[VP3] that no calendar has are written as the number they are', () => {
    expect(instantText(at, 'Asia/Shanghai')).toBe('2026-07-01 08:05:30 +08:00');
    expect(instantText(Number.MAX_SAFE_INTEGER, 'UTC')).toBe('9007199254740991 ms');
    expect(dayClock('2026-07-01', 'UTC')(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991 ms');
  });
});

describe('the report as CSV', () => {
  const reportOf = async (): Promise<BundleReport> => {
    const files = await townFiles(slept);
    const [bundle, policy] = await Promise.all([openAsBlob(files.bundle), openAsBlob(files.policy)]);
    const outcome = await checkFiles({ bundle, policy }, globalThis.crypto.subtle, () => {});
    if (outcome.kind !== 'checked' || !outcome.result.ok) throw new Error(outcome.kind);
    return outcome.result.value;
  };

  test('[VP8] has a line for each promise of each date, with remarks in the language of the page', async () => {
    const lines = reportCsv(await reportOf(), 'zh').split('\r\n');
    expect(lines).toHaveLength(1 + 4 + 1);
    expect(lines[1]).toBe(
      'a,2026-07-01,Asia/Shanghai,proved-with-gaps,86415,campaign-c1,c1,6,9,0,9,met,2026-07-01 08:05:15 +08:00 至 2026-07-01 08:05:30 +08:00 设备休眠',
    );
    expect(lines[0]?.split(',')).toHaveLength(lines[1]?.split(',').length ?? 0);
  });

  test('[VP8] has a line for a date on which nothing was promised', async () => {
    const report = await reportOf();
    const bare = report.screens.map((screen) => ({
      ...screen,
      dates: screen.dates.slice(1).map((date) => ({ ...date, promises: [], widestMs: 'open' as const })),
    }));
    expect(reportCsv({ ...report, screens: bare }, 'en').split('\r\n')[1]).toBe(
      'a,2026-07-02,Asia/Shanghai,proved,open,,,,,,,,',
    );
  });
});

test('[VP3] the page says everything in both languages, each in its own', () => {
  const chinese = Object.entries(CHINESE_PAGE_WORDS);
  expect(chinese.map(([key]) => key).sort()).toEqual(Object.keys(ENGLISH_PAGE_WORDS).sort());
  for (const [key, words] of chinese)
    if (typeof words === 'string') expect([key, words]).toEqual([key, expect.stringMatching(/[一-鿿]/)]);
  for (const [key, words] of Object.entries(ENGLISH_PAGE_WORDS)) {
    if (typeof words === 'string') expect([key, words]).toEqual([key, expect.not.stringMatching(/[一-鿿]/)]);
  }
});
