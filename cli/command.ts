/** What a command of the command line is. */

/** The streams a command works on. */
export type CommandStreams = {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
};

/** A command: one line for the overview, and what runs it; gives the exit code. */
export type Command = { summary: string; run: (argv: string[], io: CommandStreams) => Promise<number> };

/** Exit codes that mean the same in every command. */
export const EXIT = { ok: 0, badInput: 1, failed: 3 } as const;
