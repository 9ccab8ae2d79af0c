/** Runs of plays of one screen, each in an element of its own, as play logs in XML have them. */
import type { ExportedPlay } from './exported-plays.ts';

/** How a run and the plays in it are written. */
export type RunWriter = { open(screenId: string): string; play(play: ExportedPlay): string; close: string };

/**
 * Writes plays as they come, so that nothing is held in memory: each time another screen has its turn its element begins anew. A `screen`
 * that was asked for alone has one element, also where it has no plays.
 */
export async function* screenRuns(
  plays: AsyncIterable<ExportedPlay>,
  screen: string | null,
  write: RunWriter,
): AsyncGenerator<string> {
  let current = screen;
  if (current !== null) yield write.open(current);
  for await (const play of plays) {
    if (play.screenId !== current) {
      if (current !== null) yield write.close;
      yield write.open(play.screenId);
      current = play.screenId;
    }
    yield write.play(play);
  }
  if (current !== null) yield write.close;
}
