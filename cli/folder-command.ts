/** What `xunbo backup` and `xunbo restore` have in common: their words, progress, and what a failure comes to. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../domain/result.ts';
import { StoreError } from '../server/stores/store-error.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { readSettings } from './settings.ts';

/** The words of the command: the folder of the backup and the data folder, both absolute. */
export type FolderWords = { backup: string; data: string };

/** Reads `DIR [--data DIR] [--settings FILE]`; the failure is a message, or null where help was asked for. */
export function readFolderWords(
  command: string,
  argv: string[],
  env: NodeJS.ProcessEnv,
): Result<FolderWords, string | null> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { help: { type: 'boolean', short: 'h' }, data: { type: 'string' }, settings: { type: 'string' } },
      allowPositionals: true,
    });
    if (values.help) return fail(null);
    const [backup, ...more] = positionals;
    if (backup === undefined || more.length > 0) return fail(`${command} takes one folder, not ${positionals.length}`);
    const flags = [
      values.data === undefined ? [] : ['--data', values.data],
      values.settings === undefined ? [] : ['--settings', values.settings],
    ];
    const settings = readSettings(flags.flat(), env);
    if (settings.ok) return ok({ backup: resolve(backup), data: settings.value.data });
    if (settings.error.kind === 'help') return fail(null);
    return fail(settings.error.faults.map((f) => `${f.place}: found ${f.value}, allowed: ${f.allowed}`).join('\n'));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** Draws progress on `stream`: one line that moves on a terminal, one line a part elsewhere. */
export function drawProgress(stream: NodeJS.WritableStream): {
  show(progress: { part: string; done: number; total: number }): void;
  end(): void;
} {
  const isTerminal = 'isTTY' in stream && stream.isTTY === true;
  let isOpen = false;
  return {
    show({ part, done, total }) {
      const share = total === 0 ? 1 : done / total;
      if (!isTerminal) {
        if (done === total) stream.write(`${part}: ${total}\n`);
        return;
      }
      const filled = Math.round(share * 30);
      stream.write(`\r\x1b[K${part.padEnd(9)} [${'#'.repeat(filled)}${'.'.repeat(30 - filled)}] ${done} of ${total}`);
      isOpen = done < total;
      if (!isOpen) stream.write('\n');
    },
    end() {
      if (isOpen) stream.write('\n');
      isOpen = false;
    },
  };
}

/** Says what is wrong with the words of a command, or with null its help; gives the exit code. */
export function wordsExit(command: string, help: string, message: string | null, io: CommandStreams): number {
  if (message === null) io.stdout.write(help);
  else io.stderr.write(`xunbo ${command}: ${message}\n\n${help}`);
  return message === null ? EXIT.ok : EXIT.badInput;
}

/** Says on standard error why the command failed and gives its exit code; throws on what is no failure of a store. */
export function failureExit(command: string, error: unknown, io: CommandStreams): number {
  if (!(error instanceof StoreError)) throw error;
  io.stderr.write(`xunbo ${command}: ${error.message}\n`);
  const isDisk = error.kind === 'disk-full' || error.kind === 'disk-failed';
  return isDisk ? EXIT.failed : EXIT.badInput;
}
