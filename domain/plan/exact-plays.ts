/** Plays at exact times: reserved before anything else is planned, so that the rest of the day is planned around them. */
import type { Interval } from '../time/interval.ts';
import type { DayClock } from './day-clock.ts';
import { type ItemRotation, itemRotation } from './item-rotation.ts';
import type { ProgramCommitment } from './program.ts';
import { isClash } from './separation.ts';

/** A play that starts this much after its exact time is still on time, milliseconds. */
export const EXACT_TOLERANCE_MS = 1000;

/** A reserved play: index of its task among those of the day, index of its item, tag, and its span. */
export type ExactPlay = Interval & { readonly task: number; readonly item: number; readonly tag: number };

/** An exact time that cannot be had, [startMs, endMs) as asked: `rivals` are the tasks whose exact plays are in its way; none: it is outside opening hours or day parts. */
export type MissedExact = Interval & {
  readonly task: number;
  readonly rivals: readonly number[];
  readonly overlapMs: number;
};

/** What one commitment asks of the rest of the day at exact times. */
export type ExactWish = {
  readonly task: number;
  readonly priority: number;
  readonly tag: number;
  readonly windows: readonly Interval[];
  readonly rotation: ItemRotation;
  readonly startsMs: readonly number[];
};

/** The exact times of `commitment` that are still to come at `nowMs`; one that is just past and was not shown starts now. */
export function exactStarts(
  commitment: ProgramCommitment,
  clock: DayClock,
  nowMs: number,
  pastStarts: readonly number[],
): number[] {
  return commitment.exactTimes
    .map(clock)
    .sort((a, b) => a - b)
    .filter((atMs) => atMs + EXACT_TOLERANCE_MS >= nowMs && !pastStarts.some((start) => isOnTime(start, atMs)))
    .map((atMs) => Math.max(atMs, nowMs));
}

/** Whether a play that started at `startMs` is the one of the exact time `atMs`. */
export const isOnTime = (startMs: number, atMs: number): boolean => Math.abs(startMs - atMs) <= EXACT_TOLERANCE_MS;

/** Reserves the wishes in order of priority, among equals in the program's order; what overlaps a reserved play is missed. In order of time. */
export function reserveExact(wishes: readonly ExactWish[]): { plays: ExactPlay[]; missed: MissedExact[] } {
  const plays: ExactPlay[] = [];
  const missed: MissedExact[] = [];
  const inOrder = [...wishes].sort((a, b) => b.priority - a.priority || a.task - b.task);
  for (const { task, tag, windows, rotation, startsMs } of inOrder) {
    let nth = 0;
    for (const startMs of startsMs) {
      const item = rotation.next(nth);
      const endMs = startMs + (rotation.items[item]?.durationMs ?? 0);
      const inTheWay = plays.filter((other) => isInTheWay(other, startMs, endMs, tag));
      const isOpen = windows.some((span) => span.startMs <= startMs && endMs <= span.endMs);
      if (isOpen && inTheWay.length === 0) {
        plays.push({ task, item, tag, startMs, endMs });
        nth += 1;
        continue;
      }
      const overlapMs = inTheWay.reduce(
        (sum, other) => sum + Math.max(0, Math.min(endMs, other.endMs) - Math.max(startMs, other.startMs)),
        0,
      );
      const rivals = [...new Set(inTheWay.map((other) => other.task))].filter((other) => other !== task);
      missed.push({ task, startMs, endMs, rivals, overlapMs: isOpen ? overlapMs : endMs - startMs });
    }
  }
  return { plays: plays.sort((a, b) => a.startMs - b.startMs), missed };
}

const isInTheWay = (other: ExactPlay, startMs: number, endMs: number, tag: number): boolean =>
  (other.startMs < endMs && startMs < other.endMs) ||
  (isClash(other.tag, tag) && (other.endMs === startMs || endMs === other.startMs));

/** The rotation of what is left of a commitment after its reserved plays took their items. */
export function rotationAfter(
  rotation: ItemRotation,
  playsByItem: readonly number[],
  own: readonly ExactPlay[],
): ItemRotation {
  if (own.length === 0) return rotation;
  const plays = rotation.items.map((_, index) => playsByItem[index] ?? 0);
  for (const { item } of own) plays[item] = (plays[item] ?? 0) + 1;
  return itemRotation(rotation.items, plays);
}
