/** Promises in words, in both languages: the whole sentence of lists and forms, and the short label. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Commitment } from '../../../domain/catalogue/campaign.ts';
import { campaign } from './campaign-samples.ts';

// What a browser has and the texts of the interface ask for when they are read in.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
vi.stubGlobal('document', { documentElement: { lang: '' } });
const { chooseLanguage, say } = await import('../../../renderer/console/i18n/i18n.ts');
const { promiseText } = await import('../../../renderer/console/pages/campaigns/promise-text.ts');
const { texts } = await import('../../../renderer/console/pages/campaigns/texts.ts');
const { promiseClauses, promiseTexts } = await import('../../../renderer/console/widgets/promise-label.ts');

afterAll(() => vi.unstubAllGlobals());

const [plain] = campaign({}).commitments;
if (!plain) throw new Error('the sample has a commitment');
const of = (more: Partial<Commitment>): Commitment => ({ ...plain, ...more });

function sentence(more: Partial<Commitment>): [zh: string, en: string] {
  const inLanguage = (language: 'zh-CN' | 'en'): string => {
    chooseLanguage(language);
    return promiseText((key, values) => say(texts, key, values), of(more)).replaceAll('\u00a0', ' ');
  };
  return [inLanguage('zh-CN'), inLanguage('en')];
}

function label(more: Partial<Commitment>): [zh: string, en: string] {
  const inLanguage = (language: 'zh-CN' | 'en'): string => {
    chooseLanguage(language);
    return promiseClauses(of(more), (key, values) => say(promiseTexts, key, values)).join(' · ');
  };
  return [inLanguage('zh-CN'), inLanguage('en')];
}

describe('sentences', () => {
  it.each([
    [{}, '每屏每天不少于 3 次', 'at least 3 a day per screen'],
    [
      { scope: 'target', minPlays: 120 },
      '所有目标屏幕合计每天不少于 120 次',
      'at least 120 a day on all target screens together',
    ],
    [{ minPlays: 0, minShare: 1 / 3 }, '不少于总播出次数的 33.33%', 'at least 33.33% of plays'],
    [{ minPlays: 0, minAirtimeShare: 0.03 }, '不少于总播放时长的 3%', 'at least 3% of airtime'],
    [{ minPlays: 0, maxGapMin: 30 }, '两次相邻播出间隔不超过 30 分钟', 'at most 30 min between plays'],
    [{ exactTimes: ['08:00'] }, '每天 08:00 准点播出', 'at 08:00 sharp, every day'],
    [
      { exactTimes: ['08:00', '12:00', '18:30'], minConsecutiveDays: 30 },
      '每天 08:00、12:00、18:30 准点播出 · 连续不少于 30 天',
      'at 08:00, 12:00 and 18:30 sharp, every day · at least 30 consecutive days',
    ],
    [
      { minPlays: 60, minAirtimeShare: 0.03, maxPlaysPerHour: 6, minGapMin: 5 },
      '每屏每天不少于 60 次 · 不少于总播放时长的 3% · 每小时不超过 6 次 · 两次播出至少相隔 5 分钟',
      'at least 60 a day per screen · at least 3% of airtime · at most 6 an hour · at least 5 min apart',
    ],
    [{ minPlays: 0 }, '尚未写明', 'nothing promised yet'],
  ] satisfies [Partial<Commitment>, string, string][])('[CC3] %j', (more, zh, en) => {
    expect(sentence(more)).toEqual([zh, en]);
  });

  it('[CC3] of many exact times the first are listed and all are counted', () => {
    const exactTimes = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
    expect(sentence({ exactTimes })).toEqual([
      '每天 00:00、01:00、02:00、03:00 等 24 个时刻准点播出',
      'at 00:00, 01:00, 02:00, 03:00 and on, 24 times a day to the second',
    ]);
  });
});

describe('labels', () => {
  it.each([
    [{}, '每日 ≥ 3 次', '≥ 3 a day'],
    [{ scope: 'target' }, '合计每日 ≥ 3 次', '≥ 3 a day in all'],
    [{ exactTimes: ['08:00', '12:00'] }, '08:00 12:00 准点', '08:00 12:00 sharp'],
    [{ exactTimes: ['08:00', '12:00', '16:00', '20:00'] }, '08:00 等 4 个时刻准点', '4 exact times from 08:00'],
    [
      { minPlays: 0, minShare: 0.3, minAirtimeShare: 0.035 },
      '次数占比 ≥ 30% · 时长占比 ≥ 3.5%',
      '≥ 30% of plays · ≥ 3.5% of airtime',
    ],
  ] satisfies [Partial<Commitment>, string, string][])('[CC3] %j', (more, zh, en) => {
    expect(label(more)).toEqual([zh, en]);
  });
});
