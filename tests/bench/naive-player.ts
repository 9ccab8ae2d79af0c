/** A straightforward player as reference of the bench: at the end of every item it looks at everything anew to decide what comes next. */
import type { Program } from '../../domain/plan/program.ts';

/** One item shown. */
export type Shown = { startMs: number; durationMs: number; item: string; commitment: string | null };

type Span = { startMs: number; endMs: number };

/**
 * Plays `program` from `openMs` to `closeMs` (epoch milliseconds): the commitment furthest behind an even pace goes next if it is behind at
 * all, else the loop item shown least. Every decision counts the whole log again and resolves every day part again, as players of this kind do.
 */
export function playNaively(program: Program, date: string, openMs: number, closeMs: number): Shown[] {
  const log: Shown[] = [];
  for (let nowMs = openMs; nowMs < closeMs; ) {
    const next = nextCommitment(program, date, log, nowMs, closeMs) ?? nextLoopItem(program, log, closeMs - nowMs);
    if (!next) break;
    log.push({ startMs: nowMs, ...next });
    nowMs += next.durationMs;
  }
  return log;
}

function nextCommitment(
  program: Program,
  date: string,
  log: readonly Shown[],
  nowMs: number,
  closeMs: number,
): Omit<Shown, 'startMs'> | null {
  let best: Omit<Shown, 'startMs'> | null = null;
  let mostBehind = 0;
  for (const commitment of program.commitments) {
    const spans: Span[] = commitment.dayParts.map((part) => ({
      startMs: instant(date, part.from),
      endMs: instant(date, part.to),
    }));
    const span =
      commitment.dayParts.length === 0
        ? { startMs: closeMs - 18 * 3_600_000, endMs: closeMs }
        : spans.find((s) => s.startMs <= nowMs && nowMs < s.endMs);
    const film = commitment.items[0];
    if (!span || !film || nowMs + film.durationMs > span.endMs) continue;
    const played = log.filter((shown) => shown.commitment === commitment.id).length;
    const behind = (commitment.minPlays * (nowMs - span.startMs)) / (span.endMs - span.startMs) - played;
    if (behind > mostBehind) {
      mostBehind = behind;
      best = { durationMs: film.durationMs, item: film.item, commitment: commitment.id };
    }
  }
  return best;
}

function nextLoopItem(program: Program, log: readonly Shown[], roomMs: number): Omit<Shown, 'startMs'> | null {
  const counted = program.loop
    .filter((item) => item.durationMs <= roomMs)
    .map((item) => ({ ...item, times: log.filter((shown) => shown.item === item.item).length }))
    .sort((a, b) => a.times - b.times);
  const [first] = counted;
  return first ? { durationMs: first.durationMs, item: first.item, commitment: null } : null;
}

/** Bench days are in Shanghai, which has no daylight saving. */
const instant = (date: string, time: string): number => Date.parse(`${date}T${time}:00+08:00`);
