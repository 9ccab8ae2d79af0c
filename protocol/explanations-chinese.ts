/** Explanations of a plan in Chinese. */
import type { MomentExplanation } from '../domain/plan/explain-moment.ts';
import type { PromiseExplanation, ShortExplanation } from '../domain/plan/explain-promise.ts';
import type { SlotExplanation } from '../domain/plan/explain-slot.ts';
import type { PromiseOutline } from '../domain/plan/promise-outline.ts';
import type { Move } from '../domain/plan/slot-turn.ts';
import type { ExplanationNames, ExplanationWords } from './explanation-words.ts';

/** The words. */
export const CHINESE_EXPLANATIONS: ExplanationWords = {
  slot: (explanation, names) =>
    `${names.clock(explanation.startMs, 'second')} ${names.item(explanation.item)}：${slotClause(explanation, names)}。`,
  ofSlot: (explanation, names) => `${slotClause(explanation, names)}。`,
  promise: (explanation, names) => `${names.promise(explanation.outline.id)}：${promiseClause(explanation, names)}。`,
  short: (explanation, names) => `${shortClause(explanation, names)}。`,
  moment: (explanation, names) => `${momentClause(explanation, names)}。`,
};

const quoted = (name: string): string => `“${name}”`;

function slotClause(explanation: SlotExplanation, names: ExplanationNames): string {
  const { clock, promise } = names;
  switch (explanation.kind) {
    case 'count':
      return countClause(explanation, names);
    case 'exact': {
      const { exactMs, startMs, commitment, nth, of } = explanation;
      const kept = startMs === exactMs ? '' : `，实际推迟 ${span(startMs - exactMs)}`;
      const among = of > 1 ? `（${of} 个准点中的第 ${nth} 个）` : '';
      return `${quoted(promise(commitment))}承诺在 ${clock(exactMs, 'second')} 准点播出${among}${kept}`;
    }
    case 'share': {
      const { commitment, share, reached, form } = explanation;
      const got = reached === null ? '' : `（按计划可达 ${percent(reached)}）`;
      return `为兑现${quoted(promise(commitment))}占${shareOf(form)}${part(share)}的承诺${got}`;
    }
    case 'make-good': {
      const { nth, of, commitment, because, missedBeforeMs } = explanation;
      const which = nth === null ? '' : `，是承诺的 ${of} 次中的第 ${nth} 次`;
      const before = `在 ${clock(missedBeforeMs, 'minute')} 之前`;
      const what = because === 'missed' ? `${before}漏播的一次` : `${before}（屏幕尚未配对播放器）应播的一次`;
      return `补播${quoted(promise(commitment))}${what}${which}`;
    }
    case 'max-gap': {
      const { commitment, maxGapMs, beforeMs } = explanation;
      const since = beforeMs === null ? '' : `，上一次在 ${clock(beforeMs, 'second')} 开始`;
      return `${quoted(promise(commitment))}承诺两次播出相隔不超过 ${span(maxGapMs)}${since}`;
    }
    case 'bonus': {
      const { commitment, isBetween, required } = explanation;
      if (isBetween) return `${quoted(promise(commitment))}在承诺之外的加播，穿插在承诺的播出之间`;
      const done = required === 0 ? '已没有待兑现的承诺' : '承诺的次数已全部排完';
      return `${quoted(promise(commitment))}${done}，这一次是超出最低次数的加播`;
    }
    case 'filler': {
      const { nextMs, next } = explanation;
      const then =
        nextMs === null || next === null
          ? ''
          : `；下一次承诺播出或加播是 ${clock(nextMs, 'second')} 的${quoted(promise(next))}`;
      return `这段时间没有承诺给任何活动，循环列表按顺序继续${then}`;
    }
  }
}

type SlotOf<Kind extends SlotExplanation['kind']> = Extract<SlotExplanation, { kind: Kind }>;

function countClause(explanation: SlotOf<'count'>, names: ExplanationNames): string {
  const { nth, of, fits, commitment, scope, turn, everyMs, doneByMs, move } = explanation;
  const { clock, promise } = names;
  const own = scope === 'target' ? '（全体目标屏幕合计次数中本屏的份额）' : '';
  const which = `${quoted(promise(commitment))}承诺的 ${of} 次${own}中的第 ${nth} 次`;
  const room = fits === null ? '' : `（当天只排得下 ${fits} 次）`;
  if (turn === null || everyMs === null || doneByMs === null) return which + room;
  const due = `应在 ${clock(turn.startMs, 'minute')} 至 ${clock(fullMinute(turn.endMs), 'minute')} 之间播出`;
  const all = fits === null ? `全部 ${of} 次` : `排得下的 ${fits} 次`;
  const rhythm = `（每 ${span(everyMs)}一次，${all}可在 ${clock(fullMinute(doneByMs), 'minute')} 前播完）`;
  return `${which}${room}，${due}${rhythm}${move ? `；${moveClause(move, names)}` : ''}`;
}

function moveClause({ direction, byMs, because }: Move, { clock, item, promise }: ExplanationNames): string {
  const moved = `${direction === 'early' ? '提前' : '推迟'}了 ${span(byMs)}`;
  switch (because.kind) {
    case 'film': {
      const { durationMs, commitment } = because;
      return `因为${quoted(promise(commitment))}的 ${item(because.item)}（${span(durationMs)}）要在那时播出，${moved}`;
    }
    case 'loop-item':
      return `因为要等循环列表中的 ${item(because.item)}（${span(because.durationMs)}）播完，${moved}`;
    case 'hour-limit':
      return `因为任意一小时内最多播 ${because.limit} 次，${moved}`;
    case 'min-gap':
      return `因为两次播出至少相隔 ${span(because.minGapMs)}，${moved}`;
    case 'max-gap':
      return `因为两次播出相隔不超过 ${span(because.maxGapMs)}，${moved}`;
    case 'opens':
      return `因为承诺的时段 ${clock(because.atMs, 'minute')} 才开始，${moved}`;
    case 'closes':
      return `因为承诺的时段到 ${clock(because.atMs, 'minute')} 为止，${moved}`;
    case 'uneven':
      return `因为当天各项承诺合在一起没有更近的空位，${moved}`;
  }
}

function promiseClause(explanation: PromiseExplanation, names: ExplanationNames): string {
  const { outline, state, why, left } = explanation;
  const { clock } = names;
  const claim = claims(outline, names);
  const made = outline.tally > 0 ? `，已播 ${outline.tally} 次` : '';
  const bonus = bonusTail(outline, names);
  if (state === 'short') {
    const planned = `，还能排 ${left} 次${outline.shortBy > 0 ? `，缺 ${outline.shortBy} 次` : ''}`;
    const reasons = why.map((one) => shortClause(one, names)).join('；');
    return `${claim}${made}${planned}${reasons === '' ? '' : `：${reasons}`}`;
  }
  if (state === 'done') return `${claim}${outline.required > 0 ? '，已全部播完' : ''}${bonus}`;
  const { everyMs, doneByMs, firstMs } = outline;
  if (doneByMs === null || firstMs === null) return `${claim}${made}${bonus === '' ? '，没有排入' : bonus}`;
  const planned = left === 1 ? `，排在 ${clock(firstMs, 'minute')}` : `，已排 ${left} 次`;
  const rhythm = everyMs === null ? '' : `，每 ${span(everyMs)}一次`;
  return `${claim}${made}${planned}${rhythm}，${clock(fullMinute(doneByMs), 'minute')} 前播完${bonus}`;
}

function bonusTail({ bonus, bonusUntilMs, doneByMs, maxGapMs }: PromiseOutline, { clock }: ExplanationNames): string {
  if (bonus === 0 || bonusUntilMs === null) return '';
  const until = clock(fullMinute(bonusUntilMs), 'minute');
  if (maxGapMs !== null) return `；${doneByMs === null ? '已' : '另'}排 ${bonus} 次，直到 ${until}`;
  if (doneByMs !== null && bonusUntilMs <= doneByMs) return `；其间穿插加播 ${bonus} 次`;
  return `；之后加播 ${bonus} 次，直到 ${until}`;
}

function claims(outline: PromiseOutline, { clock }: ExplanationNames): string {
  const { required, scope, exactMs, minShare, minAirtimeShare, maxGapMs } = outline;
  const parts = [
    ...(exactMs.length > 0 ? [`在 ${exactMs.map((ms) => clock(ms, 'minute')).join('、')} 准点播出`] : []),
    ...(required > 0 && exactMs.length === 0 ? [`${scope === 'target' ? '本屏分担 ' : ''}${required} 次`] : []),
    ...(minShare === null ? [] : [`占全部播次的${part(minShare).trimEnd()}`]),
    ...(minAirtimeShare === null ? [] : [`占全部播放时长的${part(minAirtimeShare).trimEnd()}`]),
    ...(maxGapMs === null ? [] : [`间隔不超过 ${span(maxGapMs)}`]),
  ];
  return parts.length === 0 ? '没有承诺次数' : `承诺${spaced(parts.join('，'))}`;
}

function shortClause(why: ShortExplanation, names: ExplanationNames): string {
  const { clock, promise } = names;
  const who = quoted(promise(why.commitment));
  const between = `${clock(why.startMs, 'minute')} 至 ${clock(why.endMs, 'minute')} 之间`;
  const room = why.fits === 0 ? '一次也排不下' : `承诺 ${why.required} 次最多排得下 ${why.fits} 次`;
  const others = 'rivals' in why && why.rivals.length > 0 ? why.rivals.map((id) => quoted(promise(id))).join('') : null;
  switch (why.kind) {
    case 'overbooked': {
      const against = others === null ? `${who}的播出` : `${who}与${others}争用时间，合计`;
      return `${between}，${against}超出可用时间 ${span(why.overflowMs)}；${who}${room}`;
    }
    case 'no-window':
      return why.isPast
        ? `${who}承诺的时段今天已经结束`
        : `${who}承诺的时段在这一天不存在：屏幕不开放，或被时钟调整跳过`;
    case 'item-too-long':
      return `${who}单次播出要 ${span(why.longestMs)}，而它的时段里最长只有连续 ${span(why.roomMs)}`;
    case 'limits':
      return `${who}${limits(why.maxPlaysPerHour, why.minGapMs)}，当天${room}`;
    case 'max-gap': {
      const because = others === null ? '' : `因${others}占用时间，`;
      return `${because}${who}在${between}做不到每 ${span(why.maxGapMs)}一次，实际相隔 ${span(why.gapMs)}`;
    }
    case 'exact': {
      const because = others === null ? '不在承诺的时段内' : `已由${others}占用`;
      return `${who}无法在 ${clock(why.startMs, 'minute')} 准点播出：该时刻${because}`;
    }
    case 'separation': {
      const near = others === null ? '同类内容' : others;
      return `${who}不得与${near}前后相接，${between}因此没有空位；${room}`;
    }
    case 'share': {
      const because = others === null ? '' : `因${others}占用时间，`;
      const got = why.reached === null ? '' : `只能达到 ${percent(why.reached)}，`;
      return `${because}${who}${got}达不到${shareOf(why.form)}的${part(why.share).trimEnd()}`;
    }
    case 'work-bound':
      return `条件过于复杂，限定时间内没能为${who}${others === null ? '' : `与${others}`}找到全部空位；${room}`;
    case 'other':
      return `${between}，${who}${others === null ? '' : `与${others}`}无法同时兑现`;
  }
}

function momentClause(
  moment: Exclude<MomentExplanation, { kind: 'slot' }>,
  { clock, promise }: ExplanationNames,
): string {
  const at = clock(moment.atMs, 'second');
  switch (moment.kind) {
    case 'closed':
      return moment.opensMs === null
        ? `${at} 屏幕不开放，两周内也没有开放时间`
        : `${at} 屏幕不开放，${clock(moment.opensMs, 'minute')} 开放`;
    case 'past':
      return `${at} 已经过去，计划从 ${clock(moment.fromMs, 'second')} 开始`;
    case 'idle':
      return `${at} 没有安排：${clock(moment.fromMs, 'second')} 至 ${clock(moment.toMs, 'second')} 之间放不下循环列表中的任何内容`;
    case 'none-left':
      return `${quoted(promise(moment.commitment))}在 ${at} 及之后没有播出`;
  }
}

function limits(maxPlaysPerHour: number | null, minGapMs: number | null): string {
  return [
    ...(maxPlaysPerHour === null ? [] : [`任意一小时内最多播 ${maxPlaysPerHour} 次`]),
    ...(minGapMs === null ? [] : [`两次至少相隔 ${span(minGapMs)}`]),
  ].join('，');
}

const shareOf = (form: 'plays' | 'airtime'): string => (form === 'plays' ? '全部播次' : '全部播放时长');

/** A space between a Chinese word and a figure that follows it. */
const spaced = (text: string): string => (/^\d/.test(text) ? ` ${text}` : text);

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;

/** The full minute at or after an instant, for ends that are said without seconds. */
const fullMinute = (epochMs: number): number => Math.ceil(epochMs / 60_000) * 60_000;

/** Simple parts by their names, others in percent. */
function part(share: number): string {
  if (Math.abs(share - 1 / 3) < 0.004) return '三分之一';
  if (share === 0.5) return '一半';
  return share === 0.25 ? '四分之一' : ` ${percent(share)} `;
}

/** A length of time: seconds below two minutes, minutes below two hours where that is exact enough. */
function span(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 1) return `${Math.max(1, Math.round(durationMs))} 毫秒`;
  if (seconds < 120) return `${seconds} 秒`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} 分钟`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} 小时${rest === 0 ? '' : ` ${rest} 分钟`}`;
}
