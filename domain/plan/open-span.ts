/** Open time between reserved plays, with the separation tags on both sides of it. */
import type { Interval } from '../time/interval.ts';
import type { ExactPlay } from './exact-plays.ts';
import { UNTAGGED } from './separation.ts';

/** A span that plays may be put into; `tagBefore` and `tagAfter` are the tags of the plays that it touches, 0 where none. */
export type OpenSpan = Interval & { readonly tagBefore: number; readonly tagAfter: number };

/** `spans` without `plays` (both in order of time); `lastTag` is that of the play before the first span. */
export function openSpans(spans: readonly Interval[], plays: readonly ExactPlay[], lastTag: number): OpenSpan[] {
  const cut: OpenSpan[] = [];
  let tagBefore = lastTag;
  for (const span of spans) {
    let startMs = span.startMs;
    for (const play of plays) {
      if (play.endMs <= startMs || play.startMs >= span.endMs) continue;
      if (play.startMs > startMs) cut.push({ startMs, endMs: play.startMs, tagBefore, tagAfter: play.tag });
      startMs = play.endMs;
      tagBefore = play.tag;
    }
    if (startMs < span.endMs) cut.push({ startMs, endMs: span.endMs, tagBefore, tagAfter: UNTAGGED });
    tagBefore = UNTAGGED;
  }
  return cut;
}
