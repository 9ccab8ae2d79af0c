/** `xunbo export --bundle`: everything an inspector needs for some screens and dates, in one file. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isTargeted, unitChain } from '../domain/catalogue/campaign.ts';
import type { Screen } from '../domain/catalogue/organisation.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { isLocalDate } from '../domain/time/zone-time.ts';
import { bundleParts } from '../server/export/bundle-parts.ts';
import { writeBundle } from '../server/export/write-bundle.ts';
import { silentLog } from '../server/log.ts';
import type { CatalogueSnapshot } from '../server/stores/catalogue-store.ts';
import { dataPaths } from '../server/stores/data-folder.ts';
import { openLowdbCatalogue } from '../server/stores/lowdb-catalogue.ts';
import { openSqliteLedger } from '../server/stores/sqlite-ledger.ts';
import { type CommandStreams, EXIT } from './command.ts';

const HELP = `Usage: xunbo export --bundle OUT --from DATE --to DATE [--campaign ID] [--unit ID] [--screen ID] [--data DIR]

Writes one file with everything an inspector needs to check these dates of service without trusting anybody (see xunbo verify). Its
server may go on running; the file holds what the newest checkpoint of the log holds.

  --bundle OUT   file to write
  --from, --to   dates YYYY-MM-DD, both included
  --campaign     the screens that this campaign means, and its promises only
  --unit         screens of this unit and those below it
  --screen       this screen only
  --data         data folder (XUNBO_DATA) [data]

Exit codes: 0 done, 1 bad input, 3 failed
`;

const FLAGS = {
  bundle: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  campaign: { type: 'string' },
  unit: { type: 'string' },
  screen: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Dates of service, both included; null: whatever. */
type BundleQuery = { from: string; to: string; campaign: string | null; unit: string | null; screen: string | null };

/** Whether the words after `export` ask for a bundle. */
export const asksForBundle = (argv: readonly string[]): boolean =>
  argv.some((word) => word === '--bundle' || word.startsWith('--bundle='));

/** Runs the command; gives the exit code. */
export async function runExportBundle(argv: string[], io: CommandStreams): Promise<number> {
  const words = readWords(argv);
  if (!words.ok) return complain(io, words.error, EXIT.badInput);
  if (words.value === null) {
    io.stdout.write(HELP);
    return EXIT.ok;
  }
  const { query, data, out } = words.value;
  try {
    const bytes = await exportBundle(query, data, out);
    if (!bytes.ok) return complain(io, bytes.error, EXIT.badInput);
    io.stderr.write(`${bytes.value} bytes in ${out}\n`);
    return EXIT.ok;
  } catch (error) {
    return complain(io, error instanceof Error ? error.message : String(error), EXIT.failed);
  }
}

type Words = { query: BundleQuery; data: string; out: string };

function readWords(argv: string[]): Result<Words | null, string> {
  try {
    const { values } = parseArgs({ args: argv, options: FLAGS });
    if (values.help) return ok(null);
    const { from = '', to = '', bundle: out = '', campaign = null, unit = null, screen = null } = values;
    if (!isLocalDate(from) || !isLocalDate(to) || from > to) {
      return fail(`--from ${from || 'missing'} --to ${to || 'missing'}: two dates YYYY-MM-DD, from not after to`);
    }
    const data = resolve(values.data ?? process.env.XUNBO_DATA ?? 'data');
    return ok({ query: { from, to, campaign, unit, screen }, data, out });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** Writes the bundle; gives its bytes, or what of the query names nothing. */
async function exportBundle(query: BundleQuery, data: string, out: string): Promise<Result<number, string>> {
  const paths = dataPaths(data);
  const catalogue = await openLowdbCatalogue({ folder: paths.folder, log: silentLog });
  const ledger = await openSqliteLedger({ file: paths.ledger, log: silentLog });
  try {
    const chosen = screensOf(catalogue.snapshot(), query);
    if (!chosen.ok) return chosen;
    const { from, to, campaign, unit } = query;
    const subject = { from, to, campaign, unit, screens: chosen.value.map(({ id }) => id).sort() };
    return ok(await writeBundle(bundleParts(ledger, subject, chosen.value), out));
  } finally {
    await ledger.close();
    await catalogue.close();
  }
}

function screensOf({ screens, campaigns, units }: CatalogueSnapshot, query: BundleQuery): Result<Screen[], string> {
  const campaign = query.campaign === null ? null : campaigns.get(query.campaign);
  // Proofs outlive a campaign that was taken out of the catalogue; which screens it meant does not.
  if (campaign === undefined && query.unit === null && query.screen === null) {
    return fail(`--campaign ${query.campaign}: there is none of that id; name its screens by --unit or --screen`);
  }
  if (query.unit !== null && !units.has(query.unit)) return fail(`--unit ${query.unit}: there is none of that id`);
  if (query.screen !== null && !screens.has(query.screen))
    return fail(`--screen ${query.screen}: there is none of that id`);
  const chosen = [...screens.values()].filter(
    (screen) =>
      screen.kind === 'player' &&
      (query.screen === null || screen.id === query.screen) &&
      (!campaign || isTargeted(campaign, screen, units)) &&
      (query.unit === null || unitChain(screen.unitId, units).includes(query.unit)),
  );
  return chosen.length > 0 ? ok(chosen) : fail('no screen with a player is meant by these words');
}

function complain(io: CommandStreams, message: string, code: number): number {
  io.stderr.write(`xunbo export: ${message}\n`);
  return code;
}
