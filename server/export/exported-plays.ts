/** Plays as every export has them: with the names and the zone of their program, and the hash that proves each. */
import { hex } from '../../domain/proof/segment.ts';
import { localTimestamp } from '../../domain/time/zone-time.ts';
import type { Play } from '../../protocol/http/views.ts';
import type { IngestService } from '../ingest/ingest-service.ts';
import { createPace } from '../pace.ts';
import { sha256 } from '../sha256.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { Ledger } from '../stores/ledger-store.ts';
import { type PlayQuery, readRecordedPlays } from '../views/read-plays.ts';

/**
 * A play with its start and end on the clocks of its screen (offset included), the screen's name as it is now (empty once the screen is
 * removed), and SHA-256 of the record's line, hexadecimal.
 */
export type ExportedPlay = Play & { startLocal: string; endLocal: string; screenName: string; recordSha: string };

/** What a file says of itself: the one screen that was asked for or null, and when it was made (UTC ms). */
export type ExportScope = { screen: string | null; atMs: number };

/** Where plays are read from. `onDropped` hears of segments of that time whose plays are not kept singly any more. */
export type ExportSource = {
  ledger: Ledger;
  catalogue: CatalogueStore;
  ingest: Pick<IngestService, 'programOf'>;
  onDropped?: () => void;
};

/** Plays in order of time, one by one, of the screens that `mayShow` lets through. However many there are, everything else goes on meanwhile. */
export async function* exportedPlays(
  query: PlayQuery,
  { ledger, catalogue, ingest, onDropped = () => undefined }: ExportSource,
  mayShow: (screenId: string) => boolean = () => true,
): AsyncGenerator<ExportedPlay> {
  const { screens } = catalogue.snapshot();
  const pace = createPace();
  const source = { segments: ledger.segments, programOf: ingest.programOf, onDropped };
  for await (const { play, line, timeZone } of readRecordedPlays(source, query)) {
    await pace.breathe();
    if (!mayShow(play.screenId)) continue;
    const screen = screens.get(play.screenId);
    const zone = timeZone ?? screen?.timeZone ?? 'UTC';
    yield {
      ...play,
      startLocal: localTimestamp(play.startMs, zone),
      endLocal: localTimestamp(play.endMs, zone),
      screenName: screen?.name ?? '',
      recordSha: hex(sha256(line)),
    };
  }
}
