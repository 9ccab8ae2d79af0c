/** When the counted plays of a closed screen-day started: what counters do not hold and some promises are judged by. */
import type { ScreenDayCounters } from '../stores/ledger-store.ts';
import { type PlaySource, readPlays } from './read-plays.ts';

/** Screen-days that are remembered; each holds the starts of the commitments that were asked for. */
const MAX_DAYS = 20_000;

/** Starts by commitment id, epoch milliseconds; without those commitments whose plays are counted and not all kept singly any more. */
export type StartsOf = ReadonlyMap<string, readonly number[]>;

/** Gives the starts of `commitments` on a closed screen-day; read anew only when its counters have changed. */
export type ProvenStarts = (counters: ScreenDayCounters, commitments: readonly string[]) => Promise<StartsOf>;

/** Makes the reader over `plays`. */
export function createProvenStarts(plays: PlaySource): ProvenStarts {
  const days = new Map<string, { stamp: string; starts: StartsOf }>();
  return async (counters, commitments) => {
    const { screen, date } = counters;
    const key = `${screen} ${date}`;
    const stamp = JSON.stringify([counters.plays, counters.closed?.short, commitments]);
    const known = days.get(key);
    if (known?.stamp === stamp) return known.starts;
    const starts = new Map<string, number[]>(commitments.map((id) => [id, []]));
    for await (const play of readPlays(plays, { from: date, to: date, screen })) {
      if (play.counted && play.commitment !== null) starts.get(play.commitment)?.push(play.startMs);
    }
    for (const [id, known] of starts) if (known.length < (counters.plays[id] ?? 0)) starts.delete(id);
    days.delete(key);
    if (days.size >= MAX_DAYS) days.delete(days.keys().next().value ?? '');
    days.set(key, { stamp, starts });
    return starts;
  };
}
