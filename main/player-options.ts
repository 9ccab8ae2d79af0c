/** How a player is told what to do: flags before variables before defaults; all faults told together. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fail, ok, type Result } from '../domain/result.ts';
import { type Fault, faultsOf } from '../protocol/errors.ts';
import { LOG_LEVELS } from './log.ts';

/** What shows the page. */
export const SHELLS = ['auto', 'electron', 'chromium', 'none'] as const;

const optionsSchema = z.strictObject({
  server: z.string().regex(/^https?:\/\/[^/?#\s]+\/?$/, 'an address such as http://127.0.0.1:8080, without a path'),
  data: z.string().min(1, 'a folder'),
  shell: z.enum(SHELLS, { error: `one of ${SHELLS.join(', ')}` }),
  headless: z.boolean({ error: 'true or false' }),
  window: z.boolean({ error: 'true or false' }),
  logLevel: z.enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(', ')}` }),
  cacheBytes: z.union([z.literal('auto').transform(() => null), z.coerce.number().int().min(1_000_000)], {
    error: 'auto, or a whole number of bytes from 1000000 on',
  }),
  displayCommand: z.string().min(1, 'a program, auto or none').max(4000),
  backdropCommand: z.string().min(1, 'a program, auto or none').max(4000),
  enrolToken: z.string().min(20, 'a token of 20 to 200 characters').max(200).nullable(),
});

/** The options of a player. */
export type PlayerOptions = Readonly<z.infer<typeof optionsSchema>>;

/** Flags, their variables and what they mean, for `--help` and the table of settings. */
export const PLAYER_FLAGS = [
  {
    flag: 'server',
    variable: 'XUNBO_SERVER',
    value: 'URL',
    fallback: 'http://127.0.0.1:8080',
    meaning: 'address of the controller',
  },
  {
    flag: 'data',
    variable: 'XUNBO_DATA',
    value: 'DIR',
    fallback: 'player-data',
    meaning: 'folder of everything the player stores',
  },
  {
    flag: 'shell',
    variable: 'XUNBO_SHELL',
    value: 'NAME',
    fallback: 'auto',
    meaning: `what shows the page: ${SHELLS.join(', ')}`,
  },
  {
    flag: 'headless',
    variable: 'XUNBO_HEADLESS',
    value: null,
    fallback: 'false',
    meaning: 'show on no display, even where there is one',
  },
  {
    flag: 'window',
    variable: 'XUNBO_WINDOW',
    value: null,
    fallback: 'false',
    meaning: 'a window instead of the full screen',
  },
  {
    flag: 'log-level',
    variable: 'XUNBO_LOG_LEVEL',
    value: 'LEVEL',
    fallback: 'info',
    meaning: `least urgent log lines: ${LOG_LEVELS.join(', ')}`,
  },
  {
    flag: 'cache-bytes',
    variable: 'XUNBO_CACHE_BYTES',
    value: 'BYTES',
    fallback: 'auto',
    meaning: 'most that cached media take on the disk; auto: all but a tenth of it (at most 1 GiB)',
  },
  {
    flag: 'display-command',
    variable: 'XUNBO_DISPLAY_COMMAND',
    value: 'NAME',
    fallback: 'auto',
    meaning: 'switches the display, run with "on" or "off"; auto: what is found; none: nothing does',
  },
  {
    flag: 'backdrop-command',
    variable: 'XUNBO_BACKDROP_COMMAND',
    value: 'NAME',
    fallback: 'auto',
    meaning:
      'puts a picture on the desktop, run with its path; auto: feh under X11, imv under cage when installed as a service; none: nothing does',
  },
] as const;

type Words = Record<string, string | boolean | undefined>;

/** Reads flags and variables. `isStrict` false (a shell whose own switches stand among them) passes over unknown flags. */
export function readPlayerOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  isStrict = true,
): Result<PlayerOptions & { help: boolean }, Fault[]> {
  let words: Words;
  try {
    words = readFlags(argv, isStrict);
  } catch (error) {
    return fail([
      { place: 'flags', value: argv.join(' '), allowed: error instanceof Error ? error.message : String(error) },
    ]);
  }
  const text = (flag: string): string | boolean | undefined => {
    const entry = PLAYER_FLAGS.find((f) => f.flag === flag);
    return words[flag] ?? (entry ? (env[entry.variable] ?? entry.fallback) : undefined);
  };
  const given = {
    server: text('server'),
    data: text('data'),
    shell: text('shell'),
    headless: asFlag(text('headless')),
    window: asFlag(text('window')),
    logLevel: text('log-level'),
    cacheBytes: text('cache-bytes'),
    displayCommand: text('display-command'),
    backdropCommand: text('backdrop-command'),
    enrolToken: env.XUNBO_ENROL_TOKEN || null,
  };
  const parsed = optionsSchema.safeParse(given);
  if (!parsed.success) return fail(faultsOf(parsed.error, { ...given, enrolToken: '(not shown)' }));
  return ok({ ...parsed.data, data: resolve(parsed.data.data), help: words.help === true });
}

function readFlags(argv: readonly string[], isStrict: boolean): Words {
  const { values } = parseArgs({
    args: [...argv],
    strict: isStrict,
    allowPositionals: !isStrict,
    options: {
      server: { type: 'string' },
      data: { type: 'string' },
      shell: { type: 'string' },
      headless: { type: 'boolean' },
      window: { type: 'boolean' },
      'log-level': { type: 'string' },
      'cache-bytes': { type: 'string' },
      'display-command': { type: 'string' },
      'backdrop-command': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return values;
}

function asFlag(word: string | boolean | undefined): unknown {
  if (word === 'true' || word === '1' || word === true) return true;
  if (word === 'false' || word === '0' || word === '' || word === false) return false;
  return word;
}
