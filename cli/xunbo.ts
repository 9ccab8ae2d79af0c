/** The command line: picks the command and gives it its words. */
import { ok } from '../domain/result.ts';
import type { Command, CommandStreams } from './command.ts';
import { settingsFaultLines } from './settings.ts';
import { shareSettings } from './shared-settings.ts';

/** Commands load only when called, so that `xunbo plan` does not read the whole server. */
const COMMANDS: Record<string, { summary: string; load: () => Promise<Command['run']> }> = {
  serve: {
    summary: 'run the controller (and a player for the demo screen)',
    load: async () => (await import('./serve.ts')).runServe,
  },
  player: { summary: 'run a player', load: async () => (await import('./player.ts')).runPlayer },
  plan: { summary: 'plan a day from a request file', load: async () => (await import('./plan.ts')).runPlan },
  explain: {
    summary: 'say in words why a day is planned as it is',
    load: async () => (await import('./explain.ts')).runExplain,
  },
  check: {
    summary: 'check playlist, campaign and content files',
    load: async () => (await import('./check.ts')).runCheck,
  },
  export: {
    summary: 'write plays as CSV, A-SMIL or H.782, or a bundle of proofs',
    load: async () => (await import('./export.ts')).runExport,
  },
  verify: {
    summary: 'check a bundle of proofs, without a server',
    load: async () => (await import('./verify.ts')).runVerify,
  },
  backup: {
    summary: 'copy a data folder while the server runs',
    load: async () => (await import('./backup.ts')).runBackup,
  },
  restore: {
    summary: 'bring a backup back into an empty data folder',
    load: async () => (await import('./restore.ts')).runRestore,
  },
  audit: {
    summary: 'check again everything that is stored of proofs',
    load: async () => (await import('./audit.ts')).runAudit,
  },
  'new-log': {
    summary: 'begin another log where the old one may not go on',
    load: async () => (await import('./new-log.ts')).runNewLog,
  },
  release: {
    summary: 'hand releases of the player out to screens, by stages',
    load: async () => (await import('./release.ts')).runRelease,
  },
  witness: {
    summary: 'vouch that a log only grows',
    load: async () => (await import('./witness.ts')).runWitness,
  },
  'unit-key': {
    summary: 'vouch for the enrolments of a unit with a key of its own',
    load: async () => (await import('./unit-key.ts')).runUnitKey,
  },
};

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`);
  return `Usage: xunbo COMMAND [OPTIONS]

${lines.join('\n')}

xunbo COMMAND --help tells the options of a command; every command takes the settings that xunbo serve --help lists.

Exit codes
  0  done
  1  bad input (message on standard error)
  2  a plan does not fit (plan, explain); something stored is not as it must be (audit)
  3  failed (message on standard error)
  4  nothing is planned at the time asked for (explain)
`;
}

/** Runs the command named by the first word and sets the exit code. */
export async function main(argv: string[]): Promise<void> {
  const io: CommandStreams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h') {
    io.stdout.write(overview());
    process.exitCode = name === undefined ? 1 : 0;
    return;
  }
  const command = COMMANDS[name];
  if (!command) {
    io.stderr.write(`xunbo: there is no command ${name}; there are ${Object.keys(COMMANDS).join(', ')}\n`);
    process.exitCode = 1;
    return;
  }
  const run = await command.load();
  const words = name === 'serve' ? ok(rest) : shareSettings(name, rest, process.env);
  if (!words.ok) {
    for (const line of settingsFaultLines(words.error)) io.stderr.write(`xunbo ${name}: ${line}\n`);
    process.exitCode = 1;
    return;
  }
  process.exitCode = await run(words.value, io);
}
