/** Checks explanations of a plan against the plan alone, from first principles. */
import type { DayPlan, PlayedSlot, Slot } from '../../domain/plan/day-plan.ts';
import type { SlotExplanation } from '../../domain/plan/explain-slot.ts';
import type { Program } from '../../domain/plan/program.ts';
import type { MoveCause } from '../../domain/plan/slot-turn.ts';

/** What an explained plan was made from. */
export type ExplainedDay = { program: Program; plan: DayPlan; fromMs: number; played: readonly PlayedSlot[] };

/** Everything that is wrong with the explanation of the slot at `index`, one sentence each; empty where it is true. */
export function explanationFaults(day: ExplainedDay, index: number, said: SlotExplanation): string[] {
  const slot = day.plan.slots[index];
  if (!slot) return [`there is no slot ${index}`];
  const faults: string[] = [];
  const claim = (isTrue: boolean, what: string): void => {
    if (!isTrue) faults.push(`slot ${index} (${slot.commitment} ${slot.reason}): ${what}`);
  };
  claim(said.item === slot.item && said.startMs === slot.startMs, 'another slot');
  claim((said.kind === 'filler') === (slot.commitment === null), `called ${said.kind}`);
  const own = day.plan.slots.filter((other) => other.commitment === slot.commitment);
  const counted = day.played.filter((play) => play.counted && play.commitment === slot.commitment).length;
  const nth = counted + own.filter((other) => other.startMs < slot.startMs && other.reason !== 'bonus').length + 1;
  const commitment = day.program.commitments.find(({ id }) => id === slot.commitment);
  switch (said.kind) {
    case 'count':
      claim(slot.reason === 'scheduled', 'called promised');
      claim(said.nth === nth && said.of === commitment?.minPlays, `called ${said.nth} of ${said.of}, is ${nth}`);
      claim(nth <= said.of, 'more promised plays than promised');
      faults.push(...turnFaults(day, slot, own, said));
      break;
    case 'make-good':
      claim(slot.reason === 'make-good' && said.missedBeforeMs === day.fromMs, 'made up for something else');
      claim(said.nth === null || said.nth === nth, `called make-good ${said.nth}, is ${nth}`);
      break;
    case 'share':
      claim(
        slot.reason === 'scheduled' && said.share === (commitment?.minShare ?? commitment?.minAirtimeShare),
        'share',
      );
      break;
    case 'max-gap':
      claim(said.maxGapMs === commitment?.maxGapMs, 'another gap');
      claim(said.beforeMs === (own.findLast((o) => o.startMs < slot.startMs)?.startMs ?? null), 'another play before');
      break;
    case 'bonus':
      claim(slot.reason === 'bonus', 'called bonus');
      claim(said.isBetween === own.some((o) => o.startMs > slot.startMs && o.reason !== 'bonus'), 'wrongly between');
      break;
    case 'exact':
      claim(said.exactMs <= slot.startMs, 'before its exact time');
      break;
    case 'filler': {
      const next = day.plan.slots.find((other) => other.startMs > slot.startMs && other.commitment !== null);
      claim(said.nextMs === (next?.startMs ?? null), 'another next play');
    }
  }
  return faults;
}

function turnFaults(
  day: ExplainedDay,
  slot: Slot,
  own: readonly Slot[],
  { turn, move, doneByMs, everyMs }: Extract<SlotExplanation, { kind: 'count' }>,
): string[] {
  const promised = own.filter((other) => other.reason !== 'bonus');
  const last = promised.at(-1);
  const faults: string[] = [];
  if (doneByMs !== (last ? last.startMs + last.durationMs : null)) faults.push('done by another time');
  if (everyMs === null || turn === null) return promised.length > 1 ? [...faults, 'no rhythm'] : faults;
  const isInside = turn.startMs <= slot.startMs && slot.startMs < turn.endMs;
  if (isInside !== (move === null)) faults.push(`slot at ${slot.startMs}: inside its turn, or moved, not both`);
  if (!move) return faults;
  const byMs = move.direction === 'early' ? turn.startMs - slot.startMs : slot.startMs - turn.endMs;
  if (byMs !== move.byMs || byMs < 0) faults.push(`moved by ${byMs}, not by ${move.byMs}`);
  return [...faults, ...causeFaults(day, slot, own, move.because)];
}

/** A named cause has to exist: the film stands in the plan, the limit is the promise's own and binds. */
function causeFaults({ plan, program }: ExplainedDay, slot: Slot, own: readonly Slot[], cause: MoveCause): string[] {
  const commitment = program.commitments.find(({ id }) => id === slot.commitment);
  const isThere = (item: string, by: string | null, durationMs: number): boolean =>
    plan.slots.some((o) => o.item === item && o.commitment === by && o.durationMs === durationMs);
  switch (cause.kind) {
    case 'film': {
      const isOther = cause.commitment !== slot.commitment || own.length > 1;
      return isOther && isThere(cause.item, cause.commitment, cause.durationMs) ? [] : ['a film that is not there'];
    }
    case 'loop-item': {
      const before = plan.slots.findLast((other) => other.startMs < slot.startMs);
      return before?.item === cause.item && before.commitment === null ? [] : ['a loop item that is not there'];
    }
    case 'hour-limit':
      return commitment?.maxPlaysPerHour === cause.limit ? [] : ['a limit that is not there'];
    case 'min-gap':
      return commitment?.minGapMs === cause.minGapMs ? [] : ['a least gap that is not there'];
    case 'max-gap':
      return commitment?.maxGapMs === cause.maxGapMs ? [] : ['a largest gap that is not there'];
    case 'opens':
      return cause.atMs <= slot.startMs ? [] : ['hours that begin later'];
    case 'closes':
      return slot.startMs + slot.durationMs <= cause.atMs ? [] : ['hours that end before'];
    case 'uneven':
      return [];
  }
}
