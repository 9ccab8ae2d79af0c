/** `xunbo restore`: brings a backup back into an empty data folder. */
import { restore } from '../server/backup/restore.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { drawProgress, failureExit, readFolderWords, wordsExit } from './folder-command.ts';

const HELP = `Usage: xunbo restore DIR [--data DIR]

Brings the backup in DIR, made by xunbo backup, back into the data folder, which must be new or empty. The whole backup is
checked before anything is written. Players send again what the server had stored after the backup was made. The server goes
on storing and counting, but signs its transparency log no more, since the backup may be older than what was signed:
xunbo new-log begins another one.

  --data DIR        the data folder (also XUNBO_DATA, or data in the settings file)
  --settings FILE   the settings file (also XUNBO_SETTINGS)
  --help            this text

Progress and messages go to standard error.

Exit codes
  0  done
  1  bad input: DIR is no backup, or damaged, or of a newer version (what is wrong is named), or the data folder is not empty
  3  failed (a full disk, a file that cannot be read or written); the data folder is empty again
`;

/** Runs the command with the words after `restore`; gives the exit code. */
export async function runRestore(argv: string[], io: CommandStreams): Promise<number> {
  const words = readFolderWords('restore', argv, process.env);
  if (!words.ok) return wordsExit('restore', HELP, words.error, io);
  const { backup: source, data } = words.value;
  const progress = drawProgress(io.stderr);
  try {
    const { files, createdAt, leftOut } = await restore({ source, data, onProgress: progress.show });
    progress.end();
    io.stderr.write(`${files.length} files of ${createdAt} in ${data}\n`);
    for (const { path, reason } of leftOut) io.stderr.write(`xunbo restore: not in the backup: ${path}: ${reason}\n`);
    return EXIT.ok;
  } catch (error) {
    progress.end();
    return failureExit('restore', error, io);
  }
}
