/** `xunbo plan`: plans one day from a request file, or many from a stream of requests. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { DayPlan } from '../domain/plan/day-plan.ts';
import { planDay } from '../domain/plan/plan-day.ts';
import { planHash } from '../domain/plan/plan-hash.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { sha256 } from '../server/sha256.ts';
import { parsePlanRequest, type RequestError } from './parse-plan-request.ts';

/** The streams a command works on. */
export type CommandStreams = {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
};

const FITS = 0;
const BAD_INPUT = 1;
const DOES_NOT_FIT = 2;

const HELP = `Usage: xunbo plan FILE
       xunbo plan --ndjson [FILE]

Plans the rest of a day of one screen and prints the plan as JSON. FILE is a plan request; - reads it from standard input.

  --ndjson   one request a line in, one plan a line out; a bad line gives {"error": ...} in its place (FILE may be left out: -)
  --help     this text

Exit codes
  0  every commitment fits
  1  bad input (message on standard error; with --ndjson: at least one line was bad)
  2  a commitment does not fit (with --ndjson: on at least one line)
`;

const FLAGS = {
  ndjson: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Runs the command with the words after `plan`; gives the exit code and never rejects for bad input. */
export async function runPlan(argv: string[], io: CommandStreams): Promise<number> {
  const args = readArgs(argv);
  if (!args.ok) return complain(io, `${args.error}\n\n${HELP}`);
  if (args.value.help) {
    io.stdout.write(HELP);
    return FITS;
  }
  const { file, ndjson } = args.value;
  try {
    const input = file === '-' ? io.stdin : createReadStream(file);
    return ndjson ? await planLines(input, io) : await planOne(await text(input), file, io);
  } catch (error) {
    return complain(io, `${file}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function readArgs(argv: string[]): Result<{ help: boolean; ndjson: boolean; file: string }, string> {
  try {
    const { values, positionals } = parseArgs({ args: argv, options: FLAGS, allowPositionals: true });
    const [file, ...more] = positionals;
    if (more.length > 0) return fail(`plan takes one FILE, not ${positionals.length}`);
    if (file === undefined && !values.ndjson && !values.help) return fail('plan needs a FILE, or - for standard input');
    return ok({ ...values, file: file ?? '-' });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function complain(io: CommandStreams, message: string): number {
  io.stderr.write(message);
  return BAD_INPUT;
}

async function planOne(request: string, file: string, io: CommandStreams): Promise<number> {
  const plan = planRequest(request);
  if (!plan.ok) return complain(io, `${plan.error.message.replace(/^/gm, `${file}: `)}\n`);
  await write(io.stdout, `${JSON.stringify(output(plan.value), null, 2)}\n`);
  return plan.value.feasible ? FITS : DOES_NOT_FIT;
}

async function planLines(input: NodeJS.ReadableStream, io: CommandStreams): Promise<number> {
  let bad = false;
  let short = false;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const plan = planRequest(line);
    if (!plan.ok) bad = true;
    else if (!plan.value.feasible) short = true;
    await write(io.stdout, `${JSON.stringify(plan.ok ? output(plan.value) : { error: plan.error })}\n`);
  }
  if (bad) return BAD_INPUT;
  return short ? DOES_NOT_FIT : FITS;
}

function planRequest(request: string): Result<DayPlan, RequestError> {
  const input = parsePlanRequest(request);
  if (!input.ok) return input;
  const { program, date, tally, nowMs } = input.value;
  return ok(planDay(program, date, tally, nowMs));
}

/** The plan with its hash, keys in the documented order. */
function output(plan: DayPlan): object {
  const { feasible, slots, commitments, conflicts } = plan;
  return { planHash: planHash(plan, sha256), feasible, slots, commitments, conflicts };
}

async function write(stream: NodeJS.WritableStream, chunk: string): Promise<void> {
  // Thousands of plans go through here: a reader that is slower than the planner must be waited for.
  if (!stream.write(chunk)) await once(stream, 'drain');
}
