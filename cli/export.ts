/** `xunbo export`: plays of a span of dates as a file, from a data folder, also while the server runs. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { daysBetween, isLocalDate } from '../domain/time/zone-time.ts';
import { PLAYS_FORMATS, type PlaysFormat } from '../protocol/http/plays-export.ts';
import { systemClock } from '../server/clock.ts';
import { type ExportedPlay, exportedPlays } from '../server/export/exported-plays.ts';
import { PLAYS_FILES } from '../server/export/plays-files.ts';
import { createIngestService } from '../server/ingest/ingest-service.ts';
import { silentLog } from '../server/log.ts';
import { dataPaths } from '../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../server/stores/lowdb-catalogue.ts';
import { openSqliteLedger } from '../server/stores/sqlite-ledger.ts';
import type { PlayQuery } from '../server/views/read-plays.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { asksForBundle, runExportBundle } from './export-bundle.ts';

const HELP = `Usage: xunbo export --from DATE --to DATE [--format FORMAT] [--screen ID] [--out FILE] [--data DIR]

Writes the plays of these dates of service, oldest first.

  --from, --to   dates YYYY-MM-DD, both included
  --format       csv: every play with names and hashes, UTF-8 with BOM [csv]
                 asmil: the plays that count, as a play log of A-SMIL (POPAI), XML
                 h782: every play with its proof, as play logs of ITU-T H.782, XML
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
    format: { type: 'string', default: 'csv' },
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
  const format = PLAYS_FORMATS.find((one) => one === values.format);
  if (!isLocalDate(from) || !isLocalDate(to) || from > to) {
    io.stderr.write(
      `xunbo export: --from ${from || 'missing'} --to ${to || 'missing'}: two dates YYYY-MM-DD, from not after to\n`,
    );
    return EXIT.badInput;
  }
  if (format === undefined) {
    io.stderr.write(`xunbo export: --format ${values.format}: ${PLAYS_FORMATS.join(', ')}\n`);
    return EXIT.badInput;
  }
  try {
    const data = resolve(values.data ?? process.env.XUNBO_DATA ?? 'data');
    await writePlays(format, { from, to, screen }, data, out, io);
    return EXIT.ok;
  } catch (error) {
    io.stderr.write(`xunbo export: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failed;
  }
}

async function writePlays(
  format: PlaysFormat,
  query: PlayQuery,
  data: string,
  out: string | undefined,
  io: CommandStreams,
): Promise<void> {
  const paths = dataPaths(data);
  const catalogue = await openLowdbCatalogue({ folder: paths.folder, log: silentLog });
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  try {
    const ingest = createIngestService({ ledger, clock: systemClock, log: silentLog });
    let dropped = 0;
    const onDropped = (): void => {
      dropped += 1;
    };
    const plays = exportedPlays(query, { ledger, catalogue, ingest, onDropped });
    const { write } = PLAYS_FILES[format];
    const scope = { screen: query.screen, atMs: systemClock.nowMs() };
    if (out === undefined) {
      for await (const piece of write(plays, scope)) if (!io.stdout.write(piece)) await once(io.stdout, 'drain');
    } else {
      const days = daysBetween(query.from, query.to) + 1;
      const shown = withProgress(plays, io.stderr, days === 1 ? '1 day' : `${days} days`);
      await pipeline(Readable.from(write(shown, scope)), createWriteStream(out));
    }
    if (dropped > 0) io.stderr.write(`the plays of ${dropped} segments are not kept singly any more: left out\n`);
  } finally {
    await ledger.close();
    await catalogue.close();
  }
}

/** Passes plays through and tells how many there were, now and then and at the end. */
async function* withProgress(
  plays: AsyncIterable<ExportedPlay>,
  stderr: NodeJS.WritableStream,
  of: string,
): AsyncGenerator<ExportedPlay> {
  let count = 0;
  for await (const play of plays) {
    count += 1;
    if (count % 1000 === 0) stderr.write(`\r${count} plays of ${of}`);
    yield play;
  }
  stderr.write(`\r${count} plays of ${of}\n`);
}
