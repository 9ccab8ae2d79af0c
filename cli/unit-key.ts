/** `xunbo unit-key`: the key with which a unit vouches for the enrolments of its screens. */
import { readFile, writeFile } from 'node:fs/promises';
import type { z } from 'zod';
import { ok, type Result } from '../domain/result.ts';
import { formatVkey } from '../domain/tlog/signed-note.ts';
import { enrolmentListSchema, signedListSchema } from '../protocol/enrolment-files.ts';
import { API } from '../protocol/http/api.ts';
import type { EnrolmentView } from '../protocol/http/enrolment-api.ts';
import type { SigningKey } from '../server/tlog/key-files.ts';
import { makeSigner } from '../server/tlog/note-signer.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { wordsExit } from './folder-command.ts';
import { type ApiSession, openApiSession } from './unit-key/api-session.ts';
import { readKeyFile, writeKeyFile } from './unit-key/key-file.ts';
import { openPrompt, type Prompt } from './unit-key/prompt.ts';
import { linesOf, pendingFor, signEnrolment } from './unit-key/sign-enrolments.ts';
import { badInput, failed, messageOf, type Stop } from './unit-key/stop.ts';
import { readUnitKeyWords, type ServerWords, UNIT_KEY_HELP, type UnitKeyWords } from './unit-key/words.ts';

/** Signatures that one request brings. */
const AT_ONCE = 100;

type Io = CommandStreams & { prompt: Prompt };

/** Runs the command with the words after `unit-key`; gives the exit code. */
export async function runUnitKey(argv: string[], streams: CommandStreams): Promise<number> {
  const words = readUnitKeyWords(argv);
  if (!words.ok) return wordsExit('unit-key', UNIT_KEY_HELP, words.error, streams);
  const prompt = openPrompt(streams);
  try {
    const done = await run(words.value, { ...streams, prompt });
    if (!done.ok) streams.stderr.write(`xunbo unit-key: ${done.error.message}\n`);
    return done.ok ? EXIT.ok : done.error.exit;
  } finally {
    prompt.close();
  }
}

async function run(words: UnitKeyWords, io: Io): Promise<Result<unknown, Stop>> {
  switch (words.kind) {
    case 'new':
      return await make(words, io);
    case 'list': {
      const listed = await withSession(words, io, (session) => listAll(session, words.unit));
      return listed.ok ? await writeJson(words.out, { enrolments: listed.value }) : listed;
    }
    case 'sign':
      return await sign(words, io);
    case 'sign-offline':
      return await signOffline(words, io);
    case 'send': {
      const signed = await readJson(words.in, signedListSchema);
      if (!signed.ok) return signed;
      return await withSession(words, io, (session) => sendAll(session, signed.value.notes, io));
    }
  }
}

async function make({ name, out }: Extract<UnitKeyWords, { kind: 'new' }>, io: Io): Promise<Result<null, Stop>> {
  const key = makeSigner(name);
  if (!key) return badInput(`--name: found ${name}, allowed: up to 200 ASCII characters without space and plus`);
  const written = await writeKeyFile(out, key);
  if (written.ok) io.stdout.write(`${formatVkey(key.note)}\n`);
  return written;
}

async function sign(words: Extract<UnitKeyWords, { kind: 'sign' }>, io: Io): Promise<Result<unknown, Stop>> {
  const key = await readKeyFile(words.key);
  if (!key.ok) return key;
  return await withSession(words, io, async (session) => {
    const views = await listAll(session, words.unit);
    const notes = views.ok ? await signed(key.value, views.value, words, io) : views;
    return notes.ok ? await sendAll(session, notes.value, io) : notes;
  });
}

async function signOffline(
  words: Extract<UnitKeyWords, { kind: 'sign-offline' }>,
  io: Io,
): Promise<Result<unknown, Stop>> {
  const key = await readKeyFile(words.key);
  if (!key.ok) return key;
  const list = await readJson(words.in, enrolmentListSchema);
  if (!list.ok) return list;
  const notes = await signed(key.value, list.value.enrolments, words, io);
  return notes.ok && notes.value.length > 0 ? await writeJson(words.out, { notes: notes.value }) : notes;
}

/** The notes of what is not signed yet, once a person has seen it and said yes. */
async function signed(
  key: SigningKey,
  views: readonly EnrolmentView[],
  { screens, yes }: { screens: readonly string[]; yes: boolean },
  io: Io,
): Promise<Result<string[], Stop>> {
  const { pending, unsound } = pendingFor(key, views, screens);
  for (const text of unsound) io.stderr.write(`no sound enrolment, and left out: ${JSON.stringify(text)}\n`);
  for (const one of pending) io.stdout.write(linesOf(one));
  if (pending.length === 0) {
    io.stdout.write('nothing to sign\n');
    return ok([]);
  }
  const count = pending.length === 1 ? 'this enrolment' : `these ${pending.length} enrolments`;
  const answer = yes ? 'yes' : await io.prompt.ask(`Sign ${count} as ${key.note.name}? [yes/no] `);
  if (!/^y(es)?$/i.test(answer?.trim() ?? '')) return badInput('nothing was signed');
  return ok(pending.map((one) => signEnrolment(key, one)));
}

/** Signs in with the password of XUNBO_PASSWORD or one that is asked for, and out again at the end. */
async function withSession<T>(
  { server, login }: ServerWords,
  io: Io,
  work: (session: ApiSession) => Promise<Result<T, Stop>>,
): Promise<Result<T, Stop>> {
  const question = `Password of ${login} at ${server}: `;
  const password = process.env.XUNBO_PASSWORD ?? (await io.prompt.ask(question, { secret: true }));
  if (password === null) return badInput('no password: XUNBO_PASSWORD, or a line on standard input');
  const session = await openApiSession(server, { login, password });
  if (!session.ok) return session;
  try {
    return await work(session.value);
  } finally {
    await session.value.close();
  }
}

async function listAll(session: ApiSession, unit: string | undefined): Promise<Result<EnrolmentView[], Stop>> {
  const enrolments: EnrolmentView[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await session.call(API.enrolments, { query: { unit, after } });
    if (!page.ok) return page;
    enrolments.push(...page.value.enrolments);
    if (page.value.next === null) return ok(enrolments);
    after = page.value.next;
  }
}

async function sendAll(session: ApiSession, notes: readonly string[], io: Io): Promise<Result<null, Stop>> {
  let entered = 0;
  for (let k = 0; k < notes.length; k += AT_ONCE) {
    const answer = await session.call(API.endorse, { body: { notes: notes.slice(k, k + AT_ONCE) } });
    if (!answer.ok) return answer;
    entered += answer.value.entered;
  }
  if (notes.length > 0) io.stdout.write(`${entered} signed enrolments entered into the log\n`);
  return ok(null);
}

async function readJson<S extends z.ZodType>(file: string, schema: S): Promise<Result<z.output<S>, Stop>> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? ok(parsed.data) : badInput(`${file} is no such list`);
  } catch (error) {
    return badInput(`${file}: ${messageOf(error)}`);
  }
}

async function writeJson(file: string, value: unknown): Promise<Result<null, Stop>> {
  try {
    await writeFile(file, `${JSON.stringify(value, null, 1)}\n`);
    return ok(null);
  } catch (error) {
    return failed(messageOf(error));
  }
}
