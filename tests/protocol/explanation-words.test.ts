/** Every explanation of a slot or a promise is a sentence in both languages. */
import { describe, expect, test } from 'vitest';
import type { PromiseExplanation, ShortExplanation } from '../../domain/plan/explain-promise.ts';
import type { SlotExplanation } from '../../domain/plan/explain-slot.ts';
import type { PromiseOutline } from '../../domain/plan/promise-outline.ts';
import type { MoveCause } from '../../domain/plan/slot-turn.ts';
import { type ExplanationNames, explanationWords } from '../../protocol/explanation-words.ts';
import { NO_LIMITS } from '../helpers/no-limits.ts';

const at = (time: string): number => Date.parse(`2026-07-01T${time.length === 5 ? `${time}:00` : time}Z`);
const names: ExplanationNames = {
  item: (id) => `film ${id}`,
  promise: (id) => `campaign ${id}`,
  clock: (ms, form) => new Date(ms).toISOString().slice(11, form === 'minute' ? 16 : 19),
};
const zh = explanationWords('zh');
const en = explanationWords('en');
const base = { item: 'f', commitment: 'X', startMs: at('08:14:30') };
const count: SlotExplanation = {
  kind: 'count',
  ...base,
  nth: 3,
  of: 12,
  fits: null,
  scope: 'screen',
  everyMs: 900_000,
  turn: { startMs: at('08:10'), endMs: at('08:25') },
  doneByMs: at('18:44:30'),
  move: null,
};

describe('slots', () => {
  test('[EX5] a promised play is worded as a planner would', () => {
    expect(en.slot(count, names)).toBe(
      '08:14:30 film f: the 3rd of 12 plays promised to campaign X; its turn is due between 08:10 and 08:25 (one every 15 minutes, so that all 12 are done by 18:45).',
    );
    expect(zh.slot(count, names)).toBe(
      '08:14:30 film f：“campaign X”承诺的 12 次中的第 3 次，应在 08:10 至 08:25 之间播出（每 15 分钟一次，全部 12 次可在 18:45 前播完）。',
    );
    expect(en.ofSlot(count, names)).toMatch(/^The 3rd of 12 plays/);
  });

  test('[EX5] a count of which not all fits, and one of all screens together', () => {
    expect(en.slot({ ...count, fits: 9 }, names)).toContain('(9 of them fit)');
    expect(en.slot({ ...count, fits: 9 }, names)).toContain('the 9 that fit are done by');
    expect(zh.slot({ ...count, fits: 9 }, names)).toContain('（当天只排得下 9 次）');
    expect(en.slot({ ...count, scope: 'target' }, names)).toContain("this screen's 12 plays of a count");
    expect(zh.slot({ ...count, scope: 'target' }, names)).toContain('本屏的份额');
  });

  test.each<[MoveCause, string, string]>([
    [
      { kind: 'film', item: 'g', commitment: 'Y', durationMs: 90_000 },
      'because film g of campaign Y (90 seconds) has its turn there',
      '因为“campaign Y”的 film g（90 秒）要在那时播出',
    ],
    [
      { kind: 'loop-item', item: 'l', durationMs: 8000 },
      'film l of the loop (8 seconds)',
      '循环列表中的 film l（8 秒）',
    ],
    [{ kind: 'hour-limit', limit: 4 }, 'at most 4 may start in any hour', '任意一小时内最多播 4 次'],
    [{ kind: 'min-gap', minGapMs: 1_200_000 }, 'at least 20 minutes apart', '至少相隔 20 分钟'],
    [{ kind: 'max-gap', maxGapMs: 1_800_000 }, 'at most 30 minutes apart', '相隔不超过 30 分钟'],
    [{ kind: 'opens', atMs: at('14:00') }, 'its hours begin at 14:00', '14:00 才开始'],
    [{ kind: 'closes', atMs: at('12:00') }, 'its hours end at 12:00', '到 12:00 为止'],
    [{ kind: 'uneven' }, 'leave no nearer place', '没有更近的空位'],
  ])('[EX5] what moved a play is named: %j', (because, english, chinese) => {
    const late: SlotExplanation = { ...count, move: { direction: 'late', byMs: 61_000, because } };
    expect(en.slot(late, names)).toContain(`it starts 61 seconds after that because`);
    expect(en.slot(late, names)).toContain(english);
    expect(zh.slot(late, names)).toContain(chinese);
    expect(zh.slot(late, names)).toContain('推迟了 61 秒');
    const early: SlotExplanation = { ...count, move: { direction: 'early', byMs: 61_000, because } };
    expect(en.slot(early, names)).toContain('before that');
    expect(zh.slot(early, names)).toContain('提前了 61 秒');
  });

  test.each<[SlotExplanation, string, string]>([
    [
      { kind: 'make-good', ...base, nth: 5, of: 12, because: 'missed', missedBeforeMs: at('10:20') },
      'Makes up for a play of campaign X missed before 10:20; it is the 5th of 12 plays promised.',
      '补播“campaign X”在 10:20 之前漏播的一次，是承诺的 12 次中的第 5 次。',
    ],
    [
      { kind: 'make-good', ...base, nth: null, of: 12, because: 'not-enrolled', missedBeforeMs: at('13:05') },
      'Makes up for a play of campaign X due before 13:05, when the screen had no player.',
      '补播“campaign X”在 13:05 之前（屏幕尚未配对播放器）应播的一次。',
    ],
    [
      { kind: 'bonus', ...base, required: 12, isBetween: false },
      'Beyond the minimum of campaign X: all its promised plays are done by then.',
      '“campaign X”承诺的次数已全部排完，这一次是超出最低次数的加播。',
    ],
    [
      { kind: 'exact', ...base, exactMs: at('08:14:30'), nth: 1, of: 1 },
      'Promised to campaign X for 08:14:30 exactly.',
      '“campaign X”承诺在 08:14:30 准点播出。',
    ],
    [
      { kind: 'share', ...base, form: 'plays', share: 0.3333, reached: 0.336 },
      'Keeps a third of all plays, as promised to campaign X (the plan reaches 33.6%).',
      '为兑现“campaign X”占全部播次三分之一的承诺（按计划可达 33.6%）。',
    ],
    [
      { kind: 'share', ...base, form: 'airtime', share: 0.03, reached: null },
      'Keeps 3% of all time shown, as promised to campaign X.',
      '为兑现“campaign X”占全部播放时长 3% 的承诺。',
    ],
    [
      { kind: 'max-gap', ...base, maxGapMs: 1_800_000, beforeMs: at('07:50') },
      'Plays of campaign X are promised at most 30 minutes apart, and the one before starts at 07:50:00.',
      '“campaign X”承诺两次播出相隔不超过 30 分钟，上一次在 07:50:00 开始。',
    ],
    [
      { kind: 'filler', item: 'l', startMs: at('09:00'), nextMs: null, next: null },
      'Nobody was promised this time, so the loop goes on in its order.',
      '这段时间没有承诺给任何活动，循环列表按顺序继续。',
    ],
  ])('[EX5] other slots: %j', (said, english, chinese) => {
    expect(en.ofSlot(said, names)).toBe(english);
    expect(zh.ofSlot(said, names)).toBe(chinese);
  });
});

describe('promises', () => {
  const outline: PromiseOutline = {
    id: 'X',
    scope: 'screen',
    required: 12,
    tally: 1,
    shortBy: 0,
    windows: [],
    promised: 11,
    makeGoods: 0,
    bonus: 4,
    firstMs: at('08:15'),
    lastMs: at('18:44'),
    doneByMs: at('18:44:30'),
    bonusUntilMs: at('22:50'),
    everyMs: 900_000,
    exactMs: [],
    ...NO_LIMITS,
    reached: { plays: 0.1, airtime: null },
    longestMs: 30_000,
  };
  const kept: PromiseExplanation = { outline, state: 'kept', left: 11, why: [] };
  const span = { commitment: 'X', required: 12, fits: 9, startMs: at('08:00'), endMs: at('10:00') };

  test('[EX5] how many, in which rhythm, done by when, and what comes after', () => {
    expect(en.promise(kept, names)).toBe(
      'campaign X: 12 plays promised, 1 made, 11 planned, one every 15 minutes, done by 18:45; then 4 bonus plays until 22:50.',
    );
    expect(zh.promise(kept, names)).toBe(
      'campaign X：承诺 12 次，已播 1 次，已排 11 次，每 15 分钟一次，18:45 前播完；之后加播 4 次，直到 22:50。',
    );
  });

  test('[EX4][EX5] a short promise says who competes, when, by how much and what fits', () => {
    const why: ShortExplanation = { kind: 'overbooked', ...span, rivals: ['Y', 'Z'], overflowMs: 720_000 };
    const short: PromiseExplanation = { outline: { ...outline, shortBy: 3 }, state: 'short', left: 8, why: [why] };
    expect(en.promise(short, names)).toBe(
      'campaign X: 12 plays promised, 1 made, 8 planned, 3 short: campaign X competes with campaign Y and campaign Z, and together they need 12 minutes more than there is between 08:00 and 10:00; 9 of 12 would fit.',
    );
    expect(zh.promise(short, names)).toBe(
      'campaign X：承诺 12 次，已播 1 次，还能排 8 次，缺 3 次：08:00 至 10:00 之间，“campaign X”与“campaign Y”“campaign Z”争用时间，合计超出可用时间 12 分钟；“campaign X”承诺 12 次最多排得下 9 次。',
    );
  });

  test.each<[ShortExplanation, string, string]>([
    [{ kind: 'no-window', ...span, isPast: true }, 'its hours are over for today', '承诺的时段今天已经结束'],
    [{ kind: 'no-window', ...span, isPast: false }, 'has no hours on this day', '在这一天不存在'],
    [
      { kind: 'item-too-long', ...span, longestMs: 300_000, roomMs: 180_000 },
      'takes 5 minutes a play',
      '单次播出要 5 分钟',
    ],
    [{ kind: 'limits', ...span, maxPlaysPerHour: 4, minGapMs: null }, 'at most 4 times in any hour', '最多播 4 次'],
    [
      { kind: 'limits', ...span, maxPlaysPerHour: null, minGapMs: 600_000 },
      'no closer than 10 minutes',
      '至少相隔 10 分钟',
    ],
    [
      { kind: 'max-gap', ...span, rivals: [], maxGapMs: 1_800_000, gapMs: 3_000_000 },
      'the gap is 50 minutes',
      '实际相隔 50 分钟',
    ],
    [{ kind: 'exact', ...span, rivals: ['Y'] }, 'at 08:00 exactly: campaign Y has that time', '已由“campaign Y”占用'],
    [{ kind: 'exact', ...span, rivals: [] }, 'outside its hours', '不在承诺的时段内'],
    [{ kind: 'separation', ...span, rivals: [] }, 'must not follow each other', '不得与同类内容前后相接'],
    [
      { kind: 'share', ...span, rivals: ['Y'], form: 'airtime', share: 0.03, reached: 0.021 },
      'reaches 2.1% instead of 3% of all time shown beside campaign Y',
      '只能达到 2.1%，达不到全部播放时长的 3%',
    ],
    [{ kind: 'work-bound', ...span, rivals: [] }, 'within the bound on planning work', '过于复杂'],
    [{ kind: 'other', ...span, fits: 0, rivals: ['Y'] }, 'cannot be kept beside campaign Y', '无法同时兑现'],
  ])('[EX4][EX5] each kind of shortage has its own words: %j', (why, english, chinese) => {
    expect(en.short(why, names)).toContain(english);
    expect(zh.short(why, names)).toContain(chinese);
  });

  test('[EX5] a moment without a slot says why', () => {
    const closed = { kind: 'closed' as const, atMs: at('05:00'), opensMs: at('06:00') };
    expect(en.moment(closed, names)).toBe('05:00:00: the screen is closed; it opens at 06:00.');
    expect(zh.moment(closed, names)).toBe('05:00:00 屏幕不开放，06:00 开放。');
  });
});
