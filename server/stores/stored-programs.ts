/** Programs out of the document store, parsed once. */
import type { Program } from '../../domain/plan/program.ts';
import { programSchema } from '../../protocol/program.ts';
import type { DocumentStore } from './ledger-store.ts';

/** How many programs are held parsed. */
const PROGRAMS_IN_MEMORY = 2000;

/** Gives the program of a hash; null where none is stored, or what is stored is no program. */
export function createStoredPrograms(documents: Pick<DocumentStore, 'get'>): (hash: string) => Promise<Program | null> {
  const programs = new Map<string, Program>();
  return async (hash) => {
    const known = programs.get(hash);
    if (known) return known;
    const program = parseProgram(await documents.get(hash));
    if (!program) return null;
    if (programs.size >= PROGRAMS_IN_MEMORY) programs.delete(programs.keys().next().value ?? '');
    programs.set(hash, program);
    return program;
  };
}

function parseProgram(body: string | null): Program | null {
  if (body === null) return null;
  try {
    const parsed = programSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
