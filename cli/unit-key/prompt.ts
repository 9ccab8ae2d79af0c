/** Asks a person: what is typed as an answer to a secret question is not shown. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { CommandStreams } from '../command.ts';

/** Questions stand on standard error; answers are lines of standard input. */
export type Prompt = {
  /** The next line; null where there is none. */
  ask(question: string, options?: { secret?: boolean }): Promise<string | null>;
  close(): void;
};

/** Opens the prompt; close it, or the process waits for more. */
export function openPrompt({ stdin, stderr }: Pick<CommandStreams, 'stdin' | 'stderr'>): Prompt {
  let isHidden = false;
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) stderr.write(chunk);
      done();
    },
  });
  const terminal = 'isTTY' in stdin && stdin.isTTY === true;
  // Without a history, in which the next question would show the password of the last.
  const lines = createInterface({ input: stdin, output: echo, terminal, historySize: 0 });
  // A terminal that is read letter by letter sends no signal by itself.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  let isClosed = false;
  lines.on('close', () => {
    isClosed = true;
  });
  const next = lines[Symbol.asyncIterator]();
  return {
    async ask(question, { secret = false } = {}) {
      // At a terminal it is the prompt of the line, so that it stays there while the answer is edited.
      lines.setPrompt(question);
      if (terminal && !isClosed) lines.prompt();
      else stderr.write(question);
      isHidden = secret;
      const { value, done } = await next.next();
      isHidden = false;
      if (!terminal || secret) stderr.write('\n');
      return done ? null : value;
    },
    close: () => lines.close(),
  };
}
