/** What a screen sends in a month: days planned by the planner, played with the jitter of real players, and sealed by the journal's rules. */
import { planDay } from '../../domain/plan/plan-day.ts';
import type { Program } from '../../domain/plan/program.ts';
import { canonicalJson } from '../../domain/proof/canonical-json.ts';
import type { Segment } from '../../domain/proof/segment.ts';
import { addDays } from '../../domain/time/zone-time.ts';
import { shaOf } from '../helpers/chain-builder.ts';
import { bootRecord, playRecord } from '../helpers/plays.ts';
import { commitmentOf, pickInt, programOf, seededRandom } from '../helpers/random-program.ts';
import { type DeviceKey, emptyJournal, nextSegment, type Unnumbered } from '../helpers/test-device.ts';

/** Films and posters of 15 s, so that ten minutes make a segment of 40 plays. */
const PLAY_MS = 15_000;
const SEGMENT_PLAYS = 40;
const FIRST_DATE = '2026-07-01';

const items = (name: string, count: number): { item: string; durationMs: number; weight: number }[] =>
  Array.from({ length: count }, (_, k) => ({ item: `${name}-${k + 1}`, durationMs: PLAY_MS, weight: 1 }));

/** A day of 17 hours with eight campaigns of one to three films and a loop of twelve items. */
function loadProgram(): Program {
  const commitments = Array.from({ length: 8 }, (_, k) =>
    commitmentOf(`campaign-${k}.daily.phase-1`, {
      campaign: `campaign-${k}`,
      minPlays: 60 + 20 * k,
      items: items(`film-${k}`, 1 + (k % 3)),
    }),
  );
  const loop = items('poster', 12).map(({ item, durationMs }) => ({ item, durationMs }));
  const all = [...loop, ...commitments.flatMap((c) => c.items)];
  const entry = (item: string) =>
    ({
      type: 'video',
      sha: shaOf(item),
      bytes: 9_000_000,
      mime: 'video/mp4',
      durationMs: PLAY_MS,
      name: item,
    }) as const;
  return programOf(commitments, { loop, manifest: Object.fromEntries(all.map(({ item }) => [item, entry(item)])) });
}

/** The program that all plays of the load belong to, its text and hash. */
export const LOAD_PROGRAM = loadProgram();
export const LOAD_PROGRAM_TEXT = canonicalJson(LOAD_PROGRAM);
export const LOAD_PROGRAM_HASH = shaOf(LOAD_PROGRAM_TEXT);
const MANIFEST_HASH = shaOf(canonicalJson(LOAD_PROGRAM.manifest));

/** Segments of `plays` plays that `screen` signs by `key` over `days` days of service from the first. */
export function* screenSegments(
  screen: string,
  key: DeviceKey,
  days: number,
  plays = SEGMENT_PLAYS,
): Generator<Segment> {
  const random = seededRandom(Number.parseInt(key.id.slice(0, 8), 16));
  const journal = emptyJournal();
  const bootMs = Date.parse(`${FIRST_DATE}T00:00:00+08:00`) - pickInt(random, 0, 600_000);
  let endMs = bootMs;
  for (let day = 0; day < days; day += 1) {
    const date = addDays(FIRST_DATE, day);
    const { slots } = planDay(LOAD_PROGRAM, date, {}, Date.parse(`${date}T00:00:00+08:00`));
    const records: Unnumbered[] = day === 0 ? [bootRecord(bootMs)] : [];
    const counts: Record<string, number> = {};
    for (const { item, commitment, startMs, durationMs, reason } of slots) {
      const t0 = Math.max(endMs, startMs + pickInt(random, 0, 25));
      const ranMs = durationMs + pickInt(random, -8, 8);
      endMs = t0 + ranMs;
      const m0 = t0 - bootMs;
      const play = playRecord(LOAD_PROGRAM, { item, commitment, date, atMs: startMs, monoMs: m0, durationMs });
      const seen = {
        expectedMs: durationMs,
        frames: 374 + pickInt(random, 0, 2),
        dropped: random() < 0.02 ? 1 : 0,
        visible: 1,
      } as const;
      records.push({ ...play, t0, t1: endMs, m0, m1: m0 + ranMs, reason, evidence: seen } as Unnumbered);
      if (commitment !== null) counts[commitment] = (counts[commitment] ?? 0) + 1;
    }
    const t = Date.parse(`${date}T23:00:00+08:00`);
    const evidence = { date, plays: counts, makeGoods: {}, short: {} };
    records.push({ kind: 'dayclose', t0: t, t1: t, m0: t - bootMs, m1: t - bootMs, reason: 'closed', evidence });
    for (let at = 0; at < records.length; at += plays) {
      const own = records.slice(at, at + plays);
      const closedAt = own.at(-1)?.t1 ?? t;
      const synced = {
        source: 'server',
        lastSyncMs: closedAt - pickInt(random, 0, 300_000),
        errorMs: pickInt(random, 2, 20),
      } as const;
      // A player looks at the log once an hour.
      const hour = Math.floor(closedAt / 3_600_000);
      const beacon = { size: 1000 + (hour % 100_000), root: shaOf(`root ${hour}`) };
      yield nextSegment(journal, key, screen, LOAD_PROGRAM_HASH, own, (header) => ({
        ...header,
        ...{ manifest: MANIFEST_HASH, build: '0.1.0', clock: synced, beacon, closedAt },
      }));
    }
  }
}
