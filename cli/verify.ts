/** `xunbo verify`: checks a bundle against a policy, with no server and no network. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { BundleReport } from '../domain/bundle/bundle-report.ts';
import type { ProofVerdict } from '../domain/bundle/finding.ts';
import type { Rejection } from '../domain/bundle/verify-bundle.ts';
import { parseInspectionPolicy } from '../domain/proof/inspection-policy.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { bundleWords } from '../protocol/bundle-words.ts';
import { checkBundle } from '../protocol/check-bundle.ts';
import { sha256 } from '../server/sha256.ts';
import { createVerifier } from '../server/tlog/raw-keys.ts';
import { type CommandStreams, EXIT } from './command.ts';
import { LANGUAGES, type Language, languageOf } from './language.ts';
import { openBundleFile } from './read-bundle-file.ts';
import { reportText } from './report-text.ts';

/** Exit codes by the worst verdict. */
const CODE: Record<ProofVerdict, number> = { proved: 0, 'proved-with-gaps': 2, incomplete: 4, contradicted: 5 };

const HELP = `Usage: xunbo verify BUNDLE --policy FILE [--json] [--lang zh|en]

Checks what xunbo export --bundle made, without a server and without a network: that the log was signed by whom the policy names and
vouched for by as many witnesses as it asks for, that nothing was left out of it, put in or changed, that every record was signed by the
screen's own player, and what of each day's promises was kept.

  --policy FILE   whom you trust (C2SP tlog-policy): lines log VKEY, witness NAME VKEY, group NAME K MEMBER..., quorum NAME;
                  and unit NAME VKEY for units that sign the enrolments of their screens
  --json          the report as JSON
  --lang zh|en    the language; else that of LC_ALL, LC_MESSAGES or LANG, else Chinese
  --help          this text

Exit codes, by the worst verdict of all screens and dates
  0  proved
  2  proved with gaps that the players themselves declare
  4  incomplete: something is missing
  5  contradicted: something cannot be true, or the bundle was changed
  1  bad input (message on standard error)
  3  failed (a file that cannot be read)
`;

const FLAGS = {
  policy: { type: 'string' },
  json: { type: 'boolean', default: false },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Words = { help: boolean; json: boolean; lang: Language; bundle: string; policy: string };

/** Runs the command with the words after `verify`; gives the exit code. */
export async function runVerify(
  argv: string[],
  io: CommandStreams,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const words = readWords(argv, env);
  if (!words.ok) return complain(io, `${words.error}\n\n${HELP}`, EXIT.badInput);
  const { help, json, lang, bundle, policy } = words.value;
  if (help) {
    io.stdout.write(HELP);
    return EXIT.ok;
  }
  try {
    const trusted = parseInspectionPolicy(await readFile(policy, 'utf8'), sha256);
    if (!trusted.ok) {
      return complain(io, `${policy}, line ${trusted.error.line}: allowed is ${trusted.error.what}\n`, EXIT.badInput);
    }
    const report = await verifyFile(bundle, { policy: trusted.value, sha256, verify: createVerifier() });
    if (!report.ok) {
      io.stdout.write(
        json ? `${JSON.stringify({ rejected: report.error })}\n` : `${bundleWords(lang).rejection[report.error]}\n`,
      );
      return CODE.contradicted;
    }
    io.stdout.write(json ? `${JSON.stringify(report.value)}\n` : reportText(report.value, lang));
    return CODE[report.value.verdict];
  } catch (error) {
    return complain(io, `${error instanceof Error ? error.message : String(error)}\n`, EXIT.failed);
  }
}

/** The report on a bundle's file. Rejects where it cannot be read. */
async function verifyFile(
  file: string,
  checks: Parameters<typeof checkBundle>[1],
): Promise<Result<BundleReport, Rejection>> {
  const bundle = await openBundleFile(file);
  if (!bundle) return fail('not-a-bundle');
  try {
    const report = await checkBundle(bundle.text, checks);
    return report.ok && !bundle.isWhole() ? fail('not-a-bundle') : report;
  } catch (error) {
    // What does not unpack, or is no UTF-8, was damaged; what cannot be read at all is no verdict.
    if (error instanceof Error && 'syscall' in error) throw error;
    return fail('not-a-bundle');
  }
}

function readWords(argv: string[], env: NodeJS.ProcessEnv): Result<Words, string> {
  try {
    const { values, positionals } = parseArgs({ args: argv, options: FLAGS, allowPositionals: true });
    const lang = languageOf(values.lang, env);
    if (!lang) return fail(`--lang: ${values.lang}, allowed: ${LANGUAGES.join(', ')}`);
    const [bundle, ...more] = positionals;
    const { help, json, policy } = values;
    if (!help && (bundle === undefined || more.length > 0))
      return fail(`verify takes one BUNDLE, not ${positionals.length}`);
    if (!help && policy === undefined)
      return fail('verify needs --policy FILE: whom you trust is not for a bundle to say');
    return ok({ help, json, lang, bundle: bundle ?? '', policy: policy ?? '' });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function complain(io: CommandStreams, message: string, code: number): number {
  io.stderr.write(`xunbo verify: ${message}`);
  return code;
}
