/** Settings of the controller: flags before variables before the settings file before defaults; all faults are told together. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fail, ok, type Result } from '../domain/result.ts';
import { type Fault, faultsOf } from '../protocol/errors.ts';
import { LOG_LEVELS } from '../server/log.ts';
import { PROJECT_FOLDER } from './project.ts';

/** One setting: its flag is `--name`, its variable `XUNBO_NAME`, its key in the file the camel-case name. */
type Setting = { name: string; key: string; meaning: string; fallback: string | number | boolean; schema: z.ZodType };

const flag = z.union([z.boolean(), z.enum(['true', 'false', '1', '0']).transform((t) => t === 'true' || t === '1')], {
  error: 'true or false',
});
const port = z.coerce.number().int().min(0, 'a port from 0 to 65535').max(65_535, 'a port from 0 to 65535');

const whole = (least: number, most: number) =>
  z.coerce
    .number()
    .int()
    .min(least, `a whole number from ${least} to ${most}`)
    .max(most, `a whole number from ${least} to ${most}`);

/** The one table of settings. */
export const SETTINGS = [
  {
    name: 'port',
    key: 'port',
    meaning: 'TCP port of console, API and players; 0: any free one',
    fallback: 8080,
    schema: port,
  },
  {
    name: 'host',
    key: 'host',
    meaning: 'address to listen on; 0.0.0.0 lets other machines in',
    fallback: '127.0.0.1',
    schema: z.string().min(1, 'an address or host name'),
  },
  {
    name: 'data',
    key: 'data',
    meaning: 'folder of everything that is stored',
    fallback: 'data',
    schema: z.string().min(1, 'a folder'),
  },
  {
    name: 'content',
    key: 'content',
    meaning: 'folder of content files loaded into an empty catalogue',
    fallback: join(PROJECT_FOLDER, 'playlists'),
    schema: z.string().min(1, 'a folder'),
  },
  {
    name: 'sample',
    key: 'sample',
    meaning: 'load that content at the first start (--no-sample: start empty)',
    fallback: true,
    schema: flag,
  },
  {
    name: 'player',
    key: 'player',
    meaning: 'run a player for the demo screen beside the controller (--no-player: do not)',
    fallback: true,
    schema: flag,
  },
  {
    name: 'log-level',
    key: 'logLevel',
    meaning: `least urgent log lines: ${LOG_LEVELS.join(', ')}`,
    fallback: 'info',
    schema: z.enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(', ')}` }),
  },
  {
    name: 'shot-every',
    key: 'shotEvery',
    meaning: 'a picture is taken of the first play of each promise on a day and every so many after; 0: of none',
    fallback: 100,
    schema: whole(0, 1_000_000),
  },
  {
    name: 'shot-days',
    key: 'shotDays',
    meaning: 'days for which pictures of screens are kept',
    fallback: 90,
    schema: whole(1, 3650),
  },
  {
    name: 'proof-days',
    key: 'proofDays',
    meaning: 'days for which plays are kept singly; of older ones the signed counts of each day stay',
    fallback: 731,
    schema: whole(400, 36_500),
  },
  {
    name: 'log-origin',
    key: 'logOrigin',
    meaning:
      'name of the transparency log, such as signage.town.example/log; set before the first start; empty: made of its key',
    fallback: '',
    schema: z
      .string()
      .max(200)
      .regex(/^[\x21-\x2a\x2c-\x7e]*$/, 'up to 200 ASCII characters without space and plus'),
  },
  {
    name: 'log-policy',
    key: 'logPolicy',
    meaning: 'file that names the witnesses whose cosignatures are asked for (C2SP tlog-policy); empty: none',
    fallback: '',
    schema: z.string().max(4000),
  },
] as const satisfies readonly Setting[];

const settingsSchema = z.object({
  port: SETTINGS[0].schema,
  host: SETTINGS[1].schema,
  data: SETTINGS[2].schema,
  content: SETTINGS[3].schema,
  sample: SETTINGS[4].schema,
  player: SETTINGS[5].schema,
  logLevel: SETTINGS[6].schema,
  shotEvery: SETTINGS[7].schema,
  shotDays: SETTINGS[8].schema,
  proofDays: SETTINGS[9].schema,
  logOrigin: SETTINGS[10].schema,
  logPolicy: SETTINGS[11].schema,
});

/** Settings as parsed, frozen; `data` and `content` are absolute paths. */
export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** What reading the settings can come to besides settings. */
export type SettingsFailure = { kind: 'help' } | { kind: 'faulty'; faults: Fault[] };

/** Keys of the settings file that only `xunbo player` reads. */
const PLAYER_KEYS = ['server', 'shell', 'headless', 'window', 'displayCommand', 'backdropCommand'];

/** The settings file that is read where it exists and no other is named. */
const DEFAULT_FILE = 'xunbo.json';

/** Reads the settings from the words after the command, the environment, and the settings file. */
export function readSettings(argv: string[], env: NodeJS.ProcessEnv): Result<Settings, SettingsFailure> {
  const flags = readFlags(argv);
  if (!flags.ok) return flags;
  if (flags.value.help === true) return fail({ kind: 'help' });
  const file = readSettingsFile(flags.value.settings ?? env.XUNBO_SETTINGS);
  if (!file.ok) return file;
  const given: Record<string, unknown> = {};
  for (const { name, key, fallback } of SETTINGS) {
    given[key] =
      flags.value[name] ?? env[`XUNBO_${name.toUpperCase().replaceAll('-', '_')}`] ?? file.value[key] ?? fallback;
  }
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) return fail({ kind: 'faulty', faults: faultsOf(parsed.error, given, 'settings') });
  const { data, content } = parsed.data;
  return ok(Object.freeze({ ...parsed.data, data: resolve(data), content: resolve(content) }));
}

/** The table as lines of help. */
export function settingsHelp(): string {
  const rows = SETTINGS.map(({ name, meaning, fallback }) => {
    const variable = `XUNBO_${name.toUpperCase().replaceAll('-', '_')}`;
    const shown = name === 'content' ? 'playlists of the product' : fallback;
    return `  --${name.padEnd(10)} ${variable.padEnd(16)} ${meaning} [${shown}]`;
  });
  return [
    ...rows,
    `  --${'settings'.padEnd(10)} ${'XUNBO_SETTINGS'.padEnd(16)} JSON file of settings by camel-case name [${DEFAULT_FILE} if there]`,
  ].join('\n');
}

function readFlags(argv: string[]): Result<Record<string, string | boolean | undefined>, SettingsFailure> {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
    settings: { type: 'string' },
  };
  for (const { name, fallback } of SETTINGS)
    options[name] = { type: typeof fallback === 'boolean' ? 'boolean' : 'string' };
  try {
    const { values } = parseArgs({ args: argv, options, allowNegative: true });
    return ok(Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Array.isArray(v) ? v.at(-1) : v])));
  } catch (error) {
    const allowed = [...SETTINGS.map(({ name }) => `--${name}`), '--settings', '--help'].join(', ');
    return faulty('flags', error instanceof Error ? error.message : String(error), allowed);
  }
}

/** The settings file as an object, `{}` where none is named and the default one is not there; unknown keys are faults. */
export function readSettingsFile(
  named: string | boolean | undefined,
): Result<Record<string, unknown>, SettingsFailure> {
  const path = typeof named === 'string' ? named : DEFAULT_FILE;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (named === undefined) return ok({});
    return faulty(path, error instanceof Error ? error.message : String(error), 'a file that can be read');
  }
  try {
    const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    const known = new Set<string>([...SETTINGS.map(({ key }) => key), ...PLAYER_KEYS]);
    const unknown = Object.keys(parsed).find((key) => !known.has(key) && key !== '$schema');
    return unknown === undefined
      ? ok(parsed)
      : faulty(`${path}: ${unknown}`, JSON.stringify(parsed[unknown]), [...known].join(', '));
  } catch (error) {
    return faulty(path, error instanceof Error ? error.message : String(error), 'a JSON object of settings');
  }
}

function faulty(place: string, value: string, allowed: string): Result<never, SettingsFailure> {
  return fail({ kind: 'faulty', faults: [{ place, value, allowed }] });
}

/** The faults of a failure as lines of place, value and what is allowed; none where help was asked for. */
export function settingsFaultLines(failure: SettingsFailure): string[] {
  if (failure.kind === 'help') return [];
  return failure.faults.map(({ place, value, allowed }) => `${place}: ${value}; allowed: ${allowed}`);
}
