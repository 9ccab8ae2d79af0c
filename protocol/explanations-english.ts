/** Explanations of a plan in English. */
import type { MomentExplanation } from '../domain/plan/explain-moment.ts';
import type { PromiseExplanation, ShortExplanation } from '../domain/plan/explain-promise.ts';
import type { SlotExplanation } from '../domain/plan/explain-slot.ts';
import type { PromiseOutline } from '../domain/plan/promise-outline.ts';
import type { Move } from '../domain/plan/slot-turn.ts';
import type { ExplanationNames, ExplanationWords } from './explanation-words.ts';

/** The words. */
export const ENGLISH_EXPLANATIONS: ExplanationWords = {
  slot: (explanation, names) =>
    `${names.clock(explanation.startMs, 'second')} ${names.item(explanation.item)}: ${slotClause(explanation, names)}.`,
  ofSlot: (explanation, names) => `${capital(slotClause(explanation, names))}.`,
  promise: (explanation, names) => `${names.promise(explanation.outline.id)}: ${promiseClause(explanation, names)}.`,
  short: (explanation, names) => `${shortClause(explanation, names)}.`,
  moment: (explanation, names) => `${momentClause(explanation, names)}.`,
};

function slotClause(explanation: SlotExplanation, names: ExplanationNames): string {
  const { clock, promise } = names;
  switch (explanation.kind) {
    case 'count':
      return countClause(explanation, names);
    case 'exact': {
      const { exactMs, startMs, commitment, nth, of } = explanation;
      const kept = startMs === exactMs ? '' : `, and starts ${span(startMs - exactMs)} later`;
      const among = of > 1 ? `, the ${ordinal(nth)} of ${of} exact times` : '';
      return `promised to ${promise(commitment)} for ${clock(exactMs, 'second')} exactly${among}${kept}`;
    }
    case 'share': {
      const { commitment, share, reached, form } = explanation;
      const got = reached === null ? '' : ` (the plan reaches ${percent(reached)})`;
      return `keeps ${part(share)} of all ${shareOf(form)}, as promised to ${promise(commitment)}${got}`;
    }
    case 'make-good': {
      const { nth, of, commitment, because, missedBeforeMs } = explanation;
      const which = nth === null ? '' : `; it is the ${ordinal(nth)} of ${of} plays promised`;
      const before = clock(missedBeforeMs, 'minute');
      const why =
        because === 'missed' ? `missed before ${before}` : `due before ${before}, when the screen had no player`;
      return `makes up for a play of ${promise(commitment)} ${why}${which}`;
    }
    case 'max-gap': {
      const { commitment, maxGapMs, beforeMs } = explanation;
      const since = beforeMs === null ? '' : `, and the one before starts at ${clock(beforeMs, 'second')}`;
      return `plays of ${promise(commitment)} are promised at most ${span(maxGapMs)} apart${since}`;
    }
    case 'bonus':
      return bonusClause(explanation, names);
    case 'filler': {
      const { nextMs, next } = explanation;
      const then =
        nextMs === null || next === null
          ? ''
          : `; the next promised or bonus play is ${promise(next)} at ${clock(nextMs, 'second')}`;
      return `nobody was promised this time, so the loop goes on in its order${then}`;
    }
  }
}

function bonusClause({ commitment, isBetween, required }: SlotOf<'bonus'>, { promise }: ExplanationNames): string {
  if (isBetween) return `beyond what is promised to ${promise(commitment)}, spread among its promised plays`;
  if (required === 0) return `beyond what is promised to ${promise(commitment)}`;
  return `beyond the minimum of ${promise(commitment)}: all its promised plays are done by then`;
}

type SlotOf<Kind extends SlotExplanation['kind']> = Extract<SlotExplanation, { kind: Kind }>;

function countClause(explanation: SlotOf<'count'>, names: ExplanationNames): string {
  const { nth, of, fits, commitment, scope, turn, everyMs, doneByMs, move } = explanation;
  const { clock, promise } = names;
  const plays = scope === 'target' ? `this screen's ${count(of, 'play')} of a count` : count(of, 'play');
  const which = `the ${ordinal(nth)} of ${plays} promised to ${promise(commitment)}`;
  const room = fits === null ? '' : ` (${fits} of them fit)`;
  if (turn === null || everyMs === null || doneByMs === null) return which + room;
  const all = fits === null ? `all ${of}` : `the ${fits} that fit`;
  const due = `between ${clock(turn.startMs, 'minute')} and ${clock(fullMinute(turn.endMs), 'minute')}`;
  const rhythm = `(one every ${span(everyMs)}, so that ${all} are done by ${clock(fullMinute(doneByMs), 'minute')})`;
  return `${which}${room}; its turn is due ${due} ${rhythm}${move ? `; ${moveClause(move, names)}` : ''}`;
}

function moveClause({ direction, byMs, because }: Move, { clock, item, promise }: ExplanationNames): string {
  const moved = `it starts ${span(byMs)} ${direction === 'early' ? 'before' : 'after'} that`;
  switch (because.kind) {
    case 'film': {
      const { durationMs, commitment } = because;
      return `${moved} because ${item(because.item)} of ${promise(commitment)} (${span(durationMs)}) has its turn there`;
    }
    case 'loop-item':
      return `${moved} because ${item(because.item)} of the loop (${span(because.durationMs)}) has to end first`;
    case 'hour-limit':
      return `${moved} because at most ${because.limit} may start in any hour`;
    case 'min-gap':
      return `${moved} because plays of this promise start at least ${span(because.minGapMs)} apart`;
    case 'max-gap':
      return `${moved} because plays of this promise start at most ${span(because.maxGapMs)} apart`;
    case 'opens':
      return `${moved} because its hours begin at ${clock(because.atMs, 'minute')}`;
    case 'closes':
      return `${moved} because its hours end at ${clock(because.atMs, 'minute')}`;
    case 'uneven':
      return `${moved} because all the promises of the day together leave no nearer place`;
  }
}

function promiseClause(explanation: PromiseExplanation, names: ExplanationNames): string {
  const { outline, state, why, left } = explanation;
  const { clock } = names;
  const claim = `${claims(outline, names)} promised`;
  const made = outline.tally > 0 ? `, ${outline.tally} made` : '';
  const bonus = bonusTail(outline, names);
  if (state === 'short') {
    const planned = `${left} planned${outline.shortBy > 0 ? `, ${outline.shortBy} short` : ''}`;
    const reasons = why.map((one) => shortClause(one, names)).join('; ');
    return `${claim}${made}, ${planned}${reasons === '' ? '' : `: ${reasons}`}`;
  }
  if (state === 'done') return `${claim}${outline.required > 0 ? ' and made' : ''}${bonus}`;
  const { everyMs, doneByMs, firstMs } = outline;
  if (doneByMs === null || firstMs === null) return `${claim}${made}${bonus === '' ? ', none planned' : bonus}`;
  const planned = left === 1 ? `one planned for ${clock(firstMs, 'minute')}` : `${left} planned`;
  const rhythm = everyMs === null ? '' : `, one every ${span(everyMs)}`;
  return `${claim}${made}, ${planned}${rhythm}, done by ${clock(fullMinute(doneByMs), 'minute')}${bonus}`;
}

function bonusTail({ bonus, bonusUntilMs, doneByMs, maxGapMs }: PromiseOutline, { clock }: ExplanationNames): string {
  if (bonus === 0 || bonusUntilMs === null) return '';
  const what = maxGapMs === null ? 'bonus ' : '';
  const more = doneByMs === null ? 'with' : bonusUntilMs > doneByMs ? 'then' : 'among them';
  return `; ${more} ${bonus} ${what}${bonus === 1 ? 'play' : 'plays'} until ${clock(fullMinute(bonusUntilMs), 'minute')}`;
}

function claims(outline: PromiseOutline, { clock }: ExplanationNames): string {
  const { required, scope, exactMs, minShare, minAirtimeShare, maxGapMs } = outline;
  const plays = scope === 'target' ? `${count(required, 'play')} as this screen's part` : count(required, 'play');
  const parts = [
    ...(exactMs.length > 0 ? [`plays at ${list(exactMs.map((ms) => clock(ms, 'minute')))}`] : []),
    ...(required > 0 && exactMs.length === 0 ? [plays] : []),
    ...(minShare === null ? [] : [`${part(minShare)} of all plays`]),
    ...(minAirtimeShare === null ? [] : [`${part(minAirtimeShare)} of all time shown`]),
    ...(maxGapMs === null ? [] : [`at most ${span(maxGapMs)} between plays`]),
  ];
  return parts.length === 0 ? 'nothing' : list(parts);
}

function shortClause(why: ShortExplanation, names: ExplanationNames): string {
  const { clock, promise } = names;
  const who = promise(why.commitment);
  const between = `between ${clock(why.startMs, 'minute')} and ${clock(why.endMs, 'minute')}`;
  const room = why.fits === 0 ? 'none fits' : `${why.fits} of ${why.required} would fit`;
  const others = 'rivals' in why && why.rivals.length > 0 ? list(why.rivals.map(promise)) : null;
  switch (why.kind) {
    case 'overbooked': {
      const needs = others === null ? `needs` : `competes with ${others}, and together they need`;
      return `${who} ${needs} ${span(why.overflowMs)} more than there is ${between}; ${room}`;
    }
    case 'no-window':
      return why.isPast
        ? `${who} cannot be played any more: its hours are over for today`
        : `${who} has no hours on this day: the screen is closed then, or the clocks skip them`;
    case 'item-too-long':
      return `${who} takes ${span(why.longestMs)} a play, and its hours have no more than ${span(why.roomMs)} in one piece`;
    case 'limits':
      return `${who} may play ${limits(why.maxPlaysPerHour, why.minGapMs)}; ${room} on this day`;
    case 'max-gap': {
      const because = others === null ? '' : ` beside ${others}`;
      return `${who} cannot be played every ${span(why.maxGapMs)}${because}: ${between} the gap is ${span(why.gapMs)}`;
    }
    case 'exact': {
      const because = others === null ? 'that is outside its hours' : `${others} has that time`;
      return `${who} cannot be played at ${clock(why.startMs, 'minute')} exactly: ${because}`;
    }
    case 'separation': {
      const near = others === null ? 'plays that must not follow each other' : `${others}, which it must not follow`;
      return `${who} has no room beside ${near}, ${between}; ${room}`;
    }
    case 'share': {
      const got = why.reached === null ? 'stays below' : `reaches ${percent(why.reached)} instead of`;
      const because = others === null ? '' : ` beside ${others}`;
      return `${who} ${got} ${part(why.share)} of all ${shareOf(why.form)}${because}`;
    }
    case 'work-bound': {
      const beside = others === null ? '' : ` beside ${others}`;
      return `${who} was too intricate to place${beside} within the bound on planning work; ${room}`;
    }
    case 'other':
      return `${who} cannot be kept${others === null ? '' : ` beside ${others}`} ${between}`;
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
        ? `${at}: the screen is closed, and does not open within two weeks`
        : `${at}: the screen is closed; it opens at ${clock(moment.opensMs, 'minute')}`;
    case 'past':
      return `${at} is past: the plan begins at ${clock(moment.fromMs, 'second')}`;
    case 'idle':
      return `${at}: nothing is planned from ${clock(moment.fromMs, 'second')} to ${clock(moment.toMs, 'second')}, because nothing of the loop fits there`;
    case 'none-left':
      return `${promise(moment.commitment)} has no play at ${at} or after`;
  }
}

function limits(maxPlaysPerHour: number | null, minGapMs: number | null): string {
  return [
    ...(maxPlaysPerHour === null ? [] : [`at most ${maxPlaysPerHour} times in any hour`]),
    ...(minGapMs === null ? [] : [`no closer than ${span(minGapMs)}`]),
  ].join(' and ');
}

const shareOf = (form: 'plays' | 'airtime'): string => (form === 'plays' ? 'plays' : 'time shown');

const count = (n: number, noun: string): string => `${n} ${n === 1 ? noun : `${noun}s`}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function ordinal(n: number): string {
  const isTeen = n % 100 >= 11 && n % 100 <= 13;
  const ending = isTeen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th');
  return `${n}${ending}`;
}

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;

/** The full minute at or after an instant, for ends that are said without seconds. */
const fullMinute = (epochMs: number): number => Math.ceil(epochMs / 60_000) * 60_000;

/** Simple parts by their names, others in percent. */
function part(share: number): string {
  if (Math.abs(share - 1 / 3) < 0.004) return 'a third';
  if (share === 0.5) return 'half';
  return share === 0.25 ? 'a quarter' : percent(share);
}

/** A length of time: seconds below two minutes, minutes below two hours where that is exact enough. */
function span(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 1) return `${Math.max(1, Math.round(durationMs))} ms`;
  if (seconds < 120) return count(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return count(minutes, 'minute');
  const rest = minutes % 60;
  return `${count(Math.floor(minutes / 60), 'hour')}${rest === 0 ? '' : ` ${count(rest, 'minute')}`}`;
}
