/** Lets every command take the one table of settings: words and file become variables, which every command reads. */
import { fail, ok, type Result } from '../domain/result.ts';
import { PLAYER_FLAGS } from '../main/player-options.ts';
import { readSettingsFile, SETTINGS, type SettingsFailure } from './settings.ts';

/** Flags that a command reads by itself stay in its words. */
const OWN_FLAGS: Record<string, readonly string[]> = { player: PLAYER_FLAGS.map(({ flag }) => flag) };

const variableOf = (name: string): string => `XUNBO_${name.toUpperCase().replaceAll('-', '_')}`;
const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Takes settings out of the words of `command` (all but `serve`, which reads them itself) and puts them into `env`: flags replace
 * variables, the settings file fills those that are missing. Gives the words that are left.
 */
export function shareSettings(
  command: string,
  argv: string[],
  env: NodeJS.ProcessEnv,
): Result<string[], SettingsFailure> {
  const own = OWN_FLAGS[command] ?? [];
  const taken = SETTINGS.filter(({ name }) => !own.includes(name));
  const left: string[] = [];
  let file: string | undefined;
  for (let at = 0; at < argv.length; at += 1) {
    const [flag = '', inline] = (argv[at] ?? '').split(/=(.*)/s);
    const name = flag.replace(/^--(no-)?/, '');
    const setting = flag.startsWith('--') ? taken.find((s) => s.name === name) : undefined;
    const isSwitch = typeof setting?.fallback === 'boolean';
    if (flag === '--settings') file = inline ?? argv[++at];
    else if (!setting) left.push(argv[at] ?? '');
    else if (isSwitch) env[variableOf(name)] = String(!flag.startsWith('--no-'));
    else env[variableOf(name)] = inline ?? argv[++at];
  }
  const read = readSettingsFile(file ?? env.XUNBO_SETTINGS);
  if (!read.ok) return fail(read.error);
  for (const name of new Set([...SETTINGS.map((s) => s.name), ...own])) {
    const value = read.value[camelCase(name)];
    if (value !== undefined) env[variableOf(name)] ??= String(value);
  }
  return ok(left);
}
