/** `xunbo release`: hands releases of the player out to screens, some of them first. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../domain/result.ts';
import { addRelease, removeRelease, type Stage, stageRelease } from '../server/releases/add-release.ts';
import { readReleases } from '../server/releases/release-index.ts';
import { dataPaths } from '../server/stores/data-folder.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { failureExit, wordsExit } from './folder-command.ts';
import { readSettings } from './settings.ts';

const HELP = `Usage: xunbo release add FILE [--percent N] [--screens ID,ID…]
       xunbo release offer VERSION [--percent N] [--screens ID,ID…]
       xunbo release remove VERSION
       xunbo release list

Hands releases of the player out. FILE is the xunbo-player-VERSION-linux-ARCH.tar.gz that npm run dist makes. A release is offered
to N of 100 players (the same ones first in every release; 0 without --percent) and to the screens named; each player takes the
newest one that it is offered, when its screen is closed, and goes back by itself to the one before where it does not start well.
A release that is taken back or removed stays where it runs already. The server may go on running.

  --percent N       how many of 100 players are offered it, 0 to 100
  --screens ID,ID…  screens that are offered it whatever the percentage; --screens "" for none
  --data DIR        the data folder (also XUNBO_DATA, or data in the settings file)
  --help            this text

Exit codes
  0  done
  1  bad input (message on standard error)
  3  failed (a full disk, a file that cannot be read)
`;

type Words =
  | { kind: 'add'; file: string; stage: Partial<Stage> }
  | { kind: 'offer'; version: string; stage: Partial<Stage> }
  | { kind: 'remove'; version: string }
  | { kind: 'list' };

/** Runs the command with the words after `release`; gives the exit code. */
export async function runRelease(argv: string[], io: CommandStreams): Promise<number> {
  const words = readWords(argv);
  if (!words.ok) return refuse(words.error, io);
  const settings = readSettings([], process.env);
  if (!settings.ok) return refuse('the data folder is not known', io);
  try {
    return await run(words.value, dataPaths(settings.value.data).releases, io);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return refuse(error.message, io);
    return failureExit('release', error, io);
  }
}

async function run(words: Words, folder: string, io: CommandStreams): Promise<number> {
  switch (words.kind) {
    case 'add': {
      const stage = { percent: 0, screens: [], ...words.stage };
      const { version, arch, bytes } = await addRelease(folder, words.file, stage, Date.now());
      io.stderr.write(`${version} for ${arch}, ${bytes} bytes, offered to ${stageText(stage)}\n`);
      return EXIT.ok;
    }
    case 'offer':
      return found(await stageRelease(folder, words.version, words.stage), words.version, io);
    case 'remove':
      return found(await removeRelease(folder, words.version), words.version, io);
    case 'list':
      for (const release of await readReleases(folder)) {
        io.stdout.write(`${release.version}\t${release.arch}\t${release.bytes}\t${stageText(release)}\n`);
      }
      return EXIT.ok;
  }
}

const stageText = ({ percent, screens }: Stage): string =>
  [`${percent} %`, ...(screens.length > 0 ? [`screens ${screens.join(' ')}`] : [])].join(' and ');

function found(count: number, version: string, io: CommandStreams): number {
  return count > 0 ? EXIT.ok : refuse(`there is no release ${version}`, io);
}

function readWords(argv: string[]): Result<Words, string | null> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { help: { type: 'boolean', short: 'h' }, percent: { type: 'string' }, screens: { type: 'string' } },
      allowPositionals: true,
    });
    if (values.help) return fail(null);
    const stage = readStage(values);
    if (stage === null) return fail(`--percent: ${values.percent}; allowed: a number from 0 to 100`);
    const [verb, name, ...more] = positionals;
    if (more.length > 0) return fail(`too many words: ${more.join(' ')}`);
    if (verb === 'list' && name === undefined) return ok({ kind: 'list' });
    if (verb === 'add' && name !== undefined) return ok({ kind: 'add', file: resolve(name), stage });
    if (verb === 'remove' && name !== undefined) return ok({ kind: 'remove', version: name });
    if (verb === 'offer' && name !== undefined) {
      if (Object.keys(stage).length === 0) return fail('offer: --percent or --screens is missing');
      return ok({ kind: 'offer', version: name, stage });
    }
    return fail(`${positionals.join(' ') || 'nothing'}; allowed: add FILE, offer VERSION, remove VERSION, list`);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function readStage(values: { percent?: string | undefined; screens?: string | undefined }): Partial<Stage> | null {
  const percent = values.percent === undefined ? undefined : Number(values.percent.trim() || Number.NaN);
  if (percent !== undefined && !(percent >= 0 && percent <= 100)) return null;
  const screens = values.screens?.split(',').flatMap((id) => id.trim() || []);
  return { ...(percent !== undefined && { percent }), ...(screens !== undefined && { screens }) };
}

const refuse = (message: string | null, io: CommandStreams): number => wordsExit('release', HELP, message, io);
