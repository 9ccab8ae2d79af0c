/** The words of `xunbo unit-key`. */
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../domain/result.ts';
import { messageOf } from './stop.ts';

/** Its help. */
export const UNIT_KEY_HELP = `Usage: xunbo unit-key new --name NAME --out FILE
       xunbo unit-key sign --key FILE --server URL --login NAME [--unit ID] [--screen ID…] [--yes]
       xunbo unit-key list --server URL --login NAME [--unit ID] --out LIST
       xunbo unit-key sign --key FILE --in LIST --out SIGNED [--screen ID…] [--yes]
       xunbo unit-key send --server URL --login NAME --in SIGNED

Lets a unit vouch for the enrolments of its screens with a key of its own, so that no operator invents screens unseen.

new makes a key and prints its public line: for the unit's entry in the console (System, Units), and for the inspector's policy as
"unit NAME LINE". Keep FILE off the server, and a copy of it in a safe. sign fetches what is not signed yet, shows it, asks, signs,
and sends it to the log. Compare each device with what the player itself says at its start; names are the server's own words.
For a key on a machine without network: list, carry LIST there, sign, carry SIGNED back, send.

  --name NAME   name of the key, such as transport.example/enrolments; each unit has another
  --key FILE    the key; only its owner may be able to read it
  --server URL  address of the controller
  --login NAME  sign-in name of an administrator; the password is asked for, or taken from XUNBO_PASSWORD
  --unit ID     unit whose screens, and those of all units below it, are meant [the administrator's own]
  --screen ID   of this screen only, may be given several times
  --yes         sign without asking
  --help        this text

Exit codes
  0  done, or nothing to sign
  1  bad input, refused by the server, or answered with no (message on standard error)
  3  failed (a disk, a server that does not answer)
`;

/** Where to sign in. */
export type ServerWords = { server: string; login: string };

type SignWords = { key: string; screens: string[]; yes: boolean };

/** What is asked for. */
export type UnitKeyWords =
  | { kind: 'new'; name: string; out: string }
  | ({ kind: 'list'; unit: string | undefined; out: string } & ServerWords)
  | ({ kind: 'sign'; unit: string | undefined } & SignWords & ServerWords)
  | ({ kind: 'sign-offline'; in: string; out: string } & SignWords)
  | ({ kind: 'send'; in: string } & ServerWords);

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  name: { type: 'string' },
  key: { type: 'string' },
  server: { type: 'string' },
  login: { type: 'string' },
  unit: { type: 'string' },
  screen: { type: 'string', multiple: true },
  in: { type: 'string' },
  out: { type: 'string' },
  yes: { type: 'boolean' },
} as const;

type Flag = keyof typeof OPTIONS;

/** Which flags each form needs, and which it may have. */
const FORMS: Record<UnitKeyWords['kind'], { needs: Flag[]; may: Flag[] }> = {
  new: { needs: ['name', 'out'], may: [] },
  list: { needs: ['server', 'login', 'out'], may: ['unit'] },
  sign: { needs: ['key', 'server', 'login'], may: ['unit', 'screen', 'yes'] },
  'sign-offline': { needs: ['key', 'in', 'out'], may: ['screen', 'yes'] },
  send: { needs: ['server', 'login', 'in'], may: [] },
};

/** Reads the words; the failure is a message, or null where help was asked for. */
export function readUnitKeyWords(argv: string[]): Result<UnitKeyWords, string | null> {
  try {
    const { values, positionals } = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
    if (values.help) return fail(null);
    const [verb, ...more] = positionals;
    const kind = formOf(verb, values.in !== undefined);
    if (!kind || more.length > 0) return fail(`${positionals.join(' ') || 'nothing'}; allowed: new, sign, list, send`);
    const { needs, may } = FORMS[kind];
    const missing = needs.find((flag) => values[flag] === undefined);
    if (missing) return fail(`${verb}: --${missing} is missing`);
    const given = Object.keys(values).find((flag) => ![...needs, ...may].some((known) => known === flag));
    if (given !== undefined) return fail(`${verb}: --${given} has no place here`);
    const { name = '', key = '', server = '', login = '', out = '', unit, screen: screens = [], yes = false } = values;
    if (needs.includes('server') && !/^https?:\/\//.test(server)) {
      return fail(`--server: found ${server}, allowed: an address http://… or https://…`);
    }
    return ok({ kind, name, key, server, login, out, in: values.in ?? '', unit, screens, yes });
  } catch (error) {
    return fail(messageOf(error));
  }
}

function formOf(verb: string | undefined, isFromFile: boolean): UnitKeyWords['kind'] | null {
  if (verb === 'sign') return isFromFile ? 'sign-offline' : 'sign';
  return verb === 'new' || verb === 'list' || verb === 'send' ? verb : null;
}
