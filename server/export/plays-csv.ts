/** Plays as CSV that spreadsheets open right: UTF-8 with BOM, times with offset, nothing read as a formula. */
import { localTimestamp } from '../../domain/time/zone-time.ts';
import type { Play } from '../../protocol/http/views.ts';
import type { IngestService } from '../ingest/ingest-service.ts';
import type { CatalogueStore } from '../stores/catalogue-store.ts';
import type { Ledger } from '../stores/ledger-store.ts';
import { readPlays } from '../views/read-plays.ts';

/** Column names, in order. */
export const PLAYS_CSV_COLUMNS = [
  'date',
  'screen_id',
  'screen_name',
  'start_local',
  'end_local',
  'start_utc_ms',
  'end_utc_ms',
  'item_id',
  'item_name',
  'item_sha256',
  'campaign',
  'commitment',
  'outcome',
  'reason',
  'counted',
  'device',
  'epoch',
  'seq',
] as const;

const BOM = '\uFEFF';

/** Lines of the file, one by one, of plays whose screen `mayShow` lets through. */
export async function* playsCsv(
  query: { from: string; to: string; screen: string | null },
  deps: { ledger: Ledger; catalogue: CatalogueStore; ingest: Pick<IngestService, 'programOf'> },
  mayShow: (screenId: string) => boolean = () => true,
): AsyncGenerator<string> {
  const { screens } = deps.catalogue.snapshot();
  yield `${BOM}${PLAYS_CSV_COLUMNS.join(',')}\r\n`;
  const source = { segments: deps.ledger.segments, programOf: deps.ingest.programOf };
  for await (const play of readPlays(source, query)) {
    if (!mayShow(play.screenId)) continue;
    const screen = screens.get(play.screenId);
    yield `${cellsOf(play, screen?.name ?? '', screen?.timeZone ?? 'UTC')
      .map(csvCell)
      .join(',')}\r\n`;
  }
}

function cellsOf(play: Play, screenName: string, timeZone: string): (string | number)[] {
  return [
    play.date,
    play.screenId,
    screenName,
    localTimestamp(play.startMs, timeZone),
    localTimestamp(play.endMs, timeZone),
    play.startMs,
    play.endMs,
    play.item,
    play.itemName,
    play.sha,
    play.campaign ?? '',
    play.commitment ?? '',
    play.outcome,
    play.reason,
    play.counted ? 'yes' : 'no',
    play.device,
    play.epoch,
    play.seq,
  ];
}

/** One cell (RFC 4180); text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
