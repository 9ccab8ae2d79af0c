/** `xunbo export`: plays of a span of dates as CSV, from a data folder, also while the server runs. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { daysBetween, isLocalDate } from '../domain/time/zone-time.ts';
import { systemClock } from '../server/clock.ts';
import { playsCsv } from '../server/export/plays-csv.ts';
import { createIngestService } from '../server/ingest/ingest-service.ts';
import { silentLog } from '../server/log.ts';
import { dataPaths } from '../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../server/stores/lowdb-catalogue.ts';
import { openSqliteLedger } from '../server/stores/sqlite-ledger.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { asksForBundle, runExportBundle } from './export-bundle.ts';

const HELP = `Usage: xunbo export --from DATE --to DATE [--screen ID] [--out FILE] [--data DIR]

Writes the plays of these dates of service as CSV (UTF-8 with BOM), oldest first.

  --from, --to   dates YYYY-MM-DD, both included
  --screen       of this screen only
  --out          file to write; standard output where left out
  --data         data folder (XUNBO_DATA) [data]

With --bundle OUT everything that proves them: see xunbo export --bundle --help.

Exit codes: 0 done, 1 bad input, 3 failed
`;

/** Runs the command; gives the exit code. */
export async function runExport(argv: string[], io: CommandStreams): Promise<number> {
  if (asksForBundle(argv)) return runExportBundle(argv, io);
  const options = {
    from: { type: 'string' },
    to: { type: 'string' },
    screen: { type: 'string' },
    out: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    ({ values } = parseArgs({ args: argv, options }));
  } catch (error) {
    io.stderr.write(`xunbo export: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.badInput;
  }
  if (values.help) {
    io.stdout.write(HELP);
    return EXIT.ok;
  }
  const { from = '', to = '', screen = null, out } = values;
  if (!isLocalDate(from) || !isLocalDate(to) || from > to) {
    io.stderr.write(
      `xunbo export: --from ${from || 'missing'} --to ${to || 'missing'}: two dates YYYY-MM-DD, from not after to\n`,
    );
    return EXIT.badInput;
  }
  try {
    await writeCsv({ from, to, screen }, resolve(values.data ?? process.env.XUNBO_DATA ?? 'data'), out, io);
    return EXIT.ok;
  } catch (error) {
    io.stderr.write(`xunbo export: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failed;
  }
}

async function writeCsv(
  query: { from: string; to: string; screen: string | null },
  data: string,
  out: string | undefined,
  io: CommandStreams,
): Promise<void> {
  const paths = dataPaths(data);
  const catalogue = await openLowdbCatalogue({ folder: paths.folder, log: silentLog });
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  try {
    const ingest = createIngestService({ ledger, clock: systemClock, log: silentLog });
    const lines = playsCsv(query, { ledger, catalogue, ingest });
    if (out === undefined) {
      for await (const line of lines) if (!io.stdout.write(line)) await once(io.stdout, 'drain');
      return;
    }
    const days = daysBetween(query.from, query.to) + 1;
    await pipeline(Readable.from(withProgress(lines, io.stderr, `${days} days`)), createWriteStream(out));
  } finally {
    await ledger.close();
    await catalogue.close();
  }
}

/** Passes lines through and tells how many there were, now and then and at the end. */
async function* withProgress(
  lines: AsyncIterable<string>,
  stderr: NodeJS.WritableStream,
  of: string,
): AsyncGenerator<string> {
  let plays = -1;
  for await (const line of lines) {
    plays += 1;
    if (plays % 1000 === 0) stderr.write(`\r${plays} plays of ${of}`);
    yield line;
  }
  stderr.write(`\r${plays} plays of ${of}\n`);
}
