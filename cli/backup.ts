/** `xunbo backup`: copies a data folder into a new one that `xunbo restore` brings back. */
import { backUp } from '../server/backup/back-up.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { drawProgress, failureExit, readFolderWords, wordsExit } from './folder-command.ts';

const HELP = `Usage: xunbo backup DIR [--data DIR]

Copies a data folder into DIR, which must be new or empty; its server may go on running. The backup holds the catalogue, the
ledger, media, stills and keys, each checked against its hash, and a manifest.json, which is written last: a folder without one
is no backup. Uploads under way, releases of the player and the demo player's own data are not part of it. Media on the same
disk are linked, not copied.

  --data DIR        the data folder (also XUNBO_DATA, or data in the settings file)
  --settings FILE   the settings file (also XUNBO_SETTINGS)
  --help            this text

Progress and messages go to standard error.

Exit codes
  0  done
  1  bad input: no data there, DIR is not empty, or the data is damaged or of a newer version
  3  failed (a full disk, a file that cannot be read), or done but for media that are missing or damaged, which are named
`;

/** Runs the command with the words after `backup`; gives the exit code. */
export async function runBackup(argv: string[], io: CommandStreams): Promise<number> {
  const words = readFolderWords('backup', argv, process.env);
  if (!words.ok) return wordsExit('backup', HELP, words.error, io);
  const { backup: target, data } = words.value;
  const progress = drawProgress(io.stderr);
  const warn = (_: Record<string, unknown>, message: string): boolean => io.stderr.write(`${message}\n`);
  try {
    const log = { info: () => {}, warn };
    const { files, leftOut } = await backUp({ data, target, nowMs: Date.now(), log, onProgress: progress.show });
    progress.end();
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    io.stderr.write(`${files.length} files, ${bytes} bytes in ${target}\n`);
    for (const { path, reason } of leftOut) io.stderr.write(`xunbo backup: left out: ${path}: ${reason}\n`);
    return leftOut.length === 0 ? EXIT.ok : EXIT.failed;
  } catch (error) {
    progress.end();
    return failureExit('backup', error, io);
  }
}
