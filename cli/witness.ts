/** `xunbo witness`: lets anybody vouch that a log only ever grew. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type NoteKey, parseVkey } from '../domain/tlog/signed-note.ts';
import { systemClock } from '../server/clock.ts';
import { sha256 } from '../server/sha256.ts';
import { openWitness } from '../server/witness/witness-server.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { failureExit, wordsExit } from './folder-command.ts';
import { untilSignal } from './until-signal.ts';

const HELP = `Usage: xunbo witness --log KEY [--log KEY…] --name NAME [--data DIR] [--host ADDRESS] [--port PORT]

Runs a witness (C2SP tlog-witness): it cosigns a log's checkpoints as long as the log only grows, and remembers the last one.
Give the operator of the log its address and the lines it prints; the inspector's policy names the same lines. KEY is what
the controller shows at /log/keys. Keep the folder: a witness without its memory would believe a rewritten log once.

  --log KEY        key of a log that is to be witnessed, may be given several times
  --name NAME      who vouches, such as inspectorate.example/witness; needed at the first start
  --data DIR       folder of the witness's keys and memory [witness]
  --host ADDRESS   address to listen at [127.0.0.1]
  --port PORT      port to listen at [8092]
  --help           this text

Exit codes
  0  ended by a signal
  1  bad input (message on standard error)
  3  failed (a port in use, a disk that cannot be written to)
`;

type Words = { logs: NoteKey[]; name: string | null; data: string; host: string; port: number };

/** Runs the command with the words after `witness`; gives the exit code. */
export async function runWitness(argv: string[], io: CommandStreams): Promise<number> {
  const words = readWords(argv);
  if (words === null || typeof words === 'string') return wordsExit('witness', HELP, words, io);
  const ended = untilSignal();
  try {
    const { data: folder, logs, name, host } = words;
    const witness = await openWitness({ folder, logs, name, clock: systemClock });
    try {
      const port = await witness.listen(host, words.port);
      io.stdout.write(`witness at http://${host.includes(':') ? `[${host}]` : host}:${port}/\n`);
      for (const vkey of witness.vkeys) io.stdout.write(`${vkey}\n`);
      await ended;
    } finally {
      await witness.close();
    }
    return EXIT.ok;
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      io.stderr.write(`xunbo witness: ${error.message}\n`);
      return EXIT.failed;
    }
    return failureExit('witness', error, io);
  }
}

/** The words; a message where they are wrong, null where help was asked for. */
function readWords(argv: string[]): Words | string | null {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        log: { type: 'string', multiple: true },
        name: { type: 'string' },
        data: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return null;
    const given = values.log ?? [];
    if (given.length === 0) return '--log: the key of a log, as the controller shows it at /log/keys';
    const logs = given.map((text) => parseVkey(text, sha256));
    const wrong = given.find((_, k) => logs[k] === null);
    if (wrong !== undefined) return `--log: found ${wrong}, allowed: a key NAME+ID+BASE64`;
    const port = Number(values.port ?? 8092);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return `--port: found ${values.port}, allowed: 0 to 65535`;
    return {
      logs: logs.filter((log) => log !== null),
      name: values.name ?? null,
      data: resolve(values.data ?? 'witness'),
      host: values.host ?? '127.0.0.1',
      port,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
