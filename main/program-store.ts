/** Programs by the hash of their content, fetched once and kept. */
import { join } from 'node:path';
import { validateProgram } from '../domain/plan/validate-program.ts';
import { parseCanonicalJson } from '../domain/proof/canonical-json.ts';
import { contentHash } from '../domain/proof/segment.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { faultsOf } from '../protocol/errors.ts';
import { programSchema } from '../protocol/program.ts';
import { type DurableFiles, ignoringDisk } from './durable-files.ts';
import type { ActiveProgram } from './engine/cue.ts';
import { copyOf, readKept, replaceKept } from './kept-twice.ts';
import { sha256, sha256Hex } from './sha256.ts';

/** The store. */
export type ProgramStore = {
  /** A stored program, or null where it is missing or damaged. */
  load(hash: string): ActiveProgram | null;
  /** The text of a stored program, which has that hash, or null. */
  text(hash: string): string | null;
  /** Checks the received text against `hash` and the schema and stores it; the failure says what is wrong. */
  accept(hash: string, text: string): Result<ActiveProgram, string>;
  /** Removes every stored program but `keep` that would show the item; they could only come into force by mistake. */
  forgetWith(item: string, keep: string): void;
  /** Removes all stored programs but these; what the disk does not let go of stays. */
  keepOnly(hashes: readonly (string | undefined)[]): void;
};

/** The store below `folder`. */
export function createProgramStore(files: DurableFiles, folder: string): ProgramStore {
  const pathOf = (hash: string): string => join(folder, `${hash}.json`);
  const read = <T>(hash: string, parse: (text: string) => T | null): T | null =>
    readKept(files, pathOf(hash), (bytes) => parse(Buffer.from(bytes).toString('utf8')));
  return {
    load: (hash) =>
      read(hash, (text) => {
        const program = readProgram(hash, text);
        return program.ok ? program.value : null;
      }),
    text: (hash) => read(hash, (text) => (sha256Hex(text) === hash ? text : null)),
    accept(hash, text) {
      const program = readProgram(hash, text);
      if (program.ok) replaceKept(files, pathOf(hash), text);
      return program;
    },
    keepOnly(hashes) {
      const kept = hashes.flatMap((hash) => [`${hash}.json`, copyOf(`${hash}.json`)]);
      for (const name of files.list(folder).filter((other) => !kept.includes(other))) {
        ignoringDisk(() => files.remove(join(folder, name)));
      }
    },
    forgetWith(item, keep) {
      const mark = `"${item}"`;
      for (const name of files.list(folder)) {
        if (name.startsWith(`${keep}.`)) continue;
        const bytes = files.read(join(folder, name));
        if (bytes && Buffer.from(bytes).includes(mark)) files.remove(join(folder, name));
      }
    },
  };
}

/** The bytes of a program are its canonical JSON, so that their hash is its name. */
function readProgram(hash: string, text: string): Result<ActiveProgram, string> {
  if (sha256Hex(text) !== hash) return fail(`the text received is not the program ${hash}`);
  const json = parseCanonicalJson(text);
  if (!json) return fail(`the text received for program ${hash} is no canonical JSON`);
  const { value } = json;
  const parsed = programSchema.safeParse(value);
  if (!parsed.success) {
    const fault = faultsOf(parsed.error, value, 'program')[0];
    return fail(`program ${hash}: ${fault?.place} is ${fault?.value}, allowed: ${fault?.allowed}`);
  }
  const fault = validateProgram(parsed.data)[0];
  if (fault) return fail(`program ${hash}: ${fault.place} is ${fault.value}, allowed: ${fault.allowed}`);
  return ok({ program: parsed.data, hash, manifestHash: contentHash(parsed.data.manifest, sha256) });
}
