/** `xunbo explain`: says in words what the plan of a day does for every promise, or why one slot is where it is. */
import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { DayPlan } from '../domain/plan/day-plan.ts';
import { explainMoment, type MomentExplanation } from '../domain/plan/explain-moment.ts';
import { explainConflict, explainPromises } from '../domain/plan/explain-promise.ts';
import { explainSlot, type SlotExplanation } from '../domain/plan/explain-slot.ts';
import { planDay } from '../domain/plan/plan-day.ts';
import { type DayOutline, NOTHING_SHOWN, outlineDay, type ShownBefore } from '../domain/plan/promise-outline.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { instantOfWallTime, localTimestamp } from '../domain/time/zone-time.ts';
import { type ExplanationNames, type ExplanationWords, explanationWords } from '../protocol/explanation-words.ts';
import type { PlanInput } from '../protocol/plan-request.ts';
import type { CommandStreams } from './command.ts';
import { LANGUAGES, type Language, languageOf } from './language.ts';
import { parsePlanRequest } from './parse-plan-request.ts';

const CODE = { fits: 0, badInput: 1, doesNotFit: 2, noSlot: 4 } as const;

const HELP = `Usage: xunbo explain FILE [--at TIME] [--commitment ID] [--lang zh|en] [--json]

Plans the rest of a day as xunbo plan does and says it in words. FILE is a plan request; - reads it from standard input.
Without --at: a sentence for every commitment, then one for every conflict.

  --at TIME         why the slot showing then is where it is; HH:MM or HH:MM:SS on the screen's clock (past midnight: 25:30),
                    or an instant such as 2026-07-01T08:14:30+08:00
  --commitment ID   that commitment only; with --at its play showing then, or the first one after
  --lang zh|en      the language; else that of LC_ALL, LC_MESSAGES or LANG, else Chinese
  --json            the facts behind the sentences, and the sentences, as JSON
  --help            this text

Exit codes
  0  every commitment fits
  1  bad input (message on standard error)
  2  a commitment does not fit
  4  nothing is planned at the time asked for (it is said why, and when a closed screen opens)
`;

const FLAGS = {
  at: { type: 'string' },
  commitment: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Args = {
  help: boolean;
  json: boolean;
  file: string;
  lang: Language;
  at: string | undefined;
  commitment: string | undefined;
};

/** Runs the command with the words after `explain`; `env` names the language. Gives the exit code and never rejects for bad input. */
export async function runExplain(
  argv: string[],
  io: CommandStreams,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const args = readArgs(argv, env);
  if (!args.ok) return complain(io, `${args.error}\n\n${HELP}`);
  if (args.value.help) {
    io.stdout.write(HELP);
    return CODE.fits;
  }
  const { file } = args.value;
  try {
    const request = await text(file === '-' ? io.stdin : createReadStream(file));
    const input = parsePlanRequest(request);
    if (!input.ok) return complain(io, `${input.error.message.replace(/^/gm, `${file}: `)}\n`);
    return explain(args.value, input.value, io);
  } catch (error) {
    return complain(io, `${file}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function readArgs(argv: string[], env: NodeJS.ProcessEnv): Result<Args, string> {
  try {
    const { values, positionals } = parseArgs({ args: argv, options: FLAGS, allowPositionals: true });
    const [file, ...more] = positionals;
    if (more.length > 0) return fail(`explain takes one FILE, not ${positionals.length}`);
    if (file === undefined && !values.help) return fail('explain needs a FILE, or - for standard input');
    const lang = languageOf(values.lang, env);
    if (!lang) return fail(`--lang: ${values.lang}, allowed: ${LANGUAGES.join(', ')}`);
    const { help, json, at, commitment } = values;
    return ok({ help, json, file: file ?? '-', lang, at, commitment });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function complain(io: CommandStreams, message: string): number {
  io.stderr.write(message);
  return CODE.badInput;
}

/** What is asked for, planned and ready to be worded. */
type Question = {
  args: Args;
  input: PlanInput;
  plan: DayPlan;
  outline: DayOutline;
  words: ExplanationWords;
  names: ExplanationNames;
  io: CommandStreams;
};

function explain(args: Args, input: PlanInput, io: CommandStreams): number {
  const { program, date, tally, nowMs } = input;
  const { commitment, at } = args;
  if (commitment !== undefined && !program.commitments.some(({ id }) => id === commitment)) {
    const ids = program.commitments.map(({ id }) => id).join(', ');
    return complain(io, `--commitment: ${commitment}, allowed: ${ids === '' ? 'the request has none' : ids}\n`);
  }
  const atMs = at === undefined ? null : instantOf(at, date, program.timeZone);
  if (atMs !== null && Number.isNaN(atMs)) {
    return complain(io, `--at: ${at}, allowed: HH:MM or HH:MM:SS up to 47:59:59, or an instant with offset\n`);
  }
  const plan = planDay(program, date, tally, nowMs);
  const names: ExplanationNames = {
    item: (id) => id,
    promise: (id) => id,
    clock: (epochMs, form) => localTimestamp(epochMs, program.timeZone).slice(11, form === 'minute' ? 16 : 19),
  };
  const outline = outlineDay(program, plan, nowMs, shownBefore(tally));
  const question = { args, input, plan, outline, words: explanationWords(args.lang), names, io };
  return atMs === null ? explainDay(question) : explainTime(question, atMs);
}

/** A tally tells how often, not how long; a day without one has shown nothing. */
function shownBefore(tally: PlanInput['tally']): ShownBefore {
  const plays = Object.values(tally).reduce((sum, count) => sum + count, 0);
  return plays === 0 ? NOTHING_SHOWN : { plays, time: null };
}

/** An instant from `--at`; NaN where it is none. */
function instantOf(at: string, date: string, zone: string): number {
  const clock = /^(\d{1,2}:[0-5]\d)(?::([0-5]\d))?$/.exec(at);
  if (!clock) return /T.*(Z|[+-]\d{2}:\d{2})$/.test(at) ? Date.parse(at) : Number.NaN;
  const [, minute = '', second = '0'] = clock;
  if (Number(minute.split(':')[0]) > 47) return Number.NaN;
  return instantOfWallTime(date, minute, zone) + Number(second) * 1000;
}

function explainDay({ args, input, plan, outline, words, names, io }: Question): number {
  const isMeant = (ids: readonly string[]): boolean => args.commitment === undefined || ids.includes(args.commitment);
  const promises = explainPromises(outline, plan.conflicts).filter((one) => isMeant([one.outline.id]));
  const conflicts = plan.conflicts
    .filter((conflict) => isMeant(conflict.commitments))
    .map((conflict) => explainConflict(conflict, outline));
  const sentences = [
    ...promises.map((one) => words.promise(one, names)),
    ...conflicts.map((one) => words.short(one, names)),
  ];
  const facts = { date: input.date, feasible: plan.feasible, promises, conflicts, sentences };
  io.stdout.write(args.json ? `${JSON.stringify(facts, null, 2)}\n` : sentences.map((line) => `${line}\n`).join(''));
  return plan.feasible ? CODE.fits : CODE.doesNotFit;
}

function explainTime({ args, input, plan, outline, words, names, io }: Question, atMs: number): number {
  const moment = explainMoment(input.program, plan, input.nowMs, atMs, args.commitment ?? null);
  if (moment.kind !== 'slot') {
    say(io, args, input, moment, words.moment(moment, names));
    return CODE.noSlot;
  }
  const slot = explainSlot(outline, plan.slots, moment.index);
  say(io, args, input, slot, words.slot(slot, names));
  return plan.feasible ? CODE.fits : CODE.doesNotFit;
}

function say(
  io: CommandStreams,
  { json }: Args,
  { date }: PlanInput,
  explanation: SlotExplanation | MomentExplanation,
  sentence: string,
): void {
  io.stdout.write(json ? `${JSON.stringify({ date, explanation, sentence }, null, 2)}\n` : `${sentence}\n`);
}
