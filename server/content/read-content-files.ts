/** Finds the content files of a folder and reads each by the schema of its kind. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileFault, schemaFaults, WHOLE_FILE } from '../../protocol/file-faults.ts';
import { FILE_KINDS, FILE_NAMES, FILE_SCHEMAS, type FileKind, kindOfFile } from '../../protocol/files.ts';
import { readJsonFile } from './read-json-file.ts';

/** A file that is JSON: its kind by its name, and the parsed JSON, whether it fits the schema or not. */
export type ContentFile = { file: string; kind: FileKind; json: unknown };

/** All content files of a folder. `complete` names the kinds of which every file could be read, so that what they lack is really not there. */
export type ContentFiles = {
  files: ContentFile[];
  complete: ReadonlySet<FileKind>;
  faults: FileFault[];
  warnings: FileFault[];
};

const REQUIRED = ['organisation', 'library'] as const;

/** Reads the content files that lie directly in `folder`, in order of their names. */
export async function readContentFiles(folder: string): Promise<ContentFiles> {
  const names = await listFolder(folder);
  if (!names) {
    const fault = { file: folder, place: WHOLE_FILE, value: 'missing', allowed: 'a folder that can be read' };
    return { files: [], complete: new Set(), faults: [fault], warnings: [] };
  }
  const files: ContentFile[] = [];
  const faults: FileFault[] = [];
  const complete = new Set<FileKind>(FILE_KINDS);
  const wanted = [...new Set([...REQUIRED.map((kind) => FILE_NAMES[kind]), ...names])];
  for (const file of wanted) {
    const kind = kindOfFile(file);
    if (!kind) continue;
    const read = await readJsonFile(join(folder, file), file);
    if (!read.ok) {
      faults.push(read.error);
      complete.delete(kind);
      continue;
    }
    const json = read.value;
    files.push({ file, kind, json });
    const parsed = FILE_SCHEMAS[kind].safeParse(json);
    if (!parsed.success) faults.push(...schemaFaults(file, parsed.error, json));
  }
  return { files, complete, faults, warnings: strangers(names) };
}

async function listFolder(folder: string): Promise<string[] | null> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return null;
  }
}

/** JSON files that are not read, since a misspelt name would otherwise go unnoticed. */
function strangers(names: readonly string[]): FileFault[] {
  return names
    .filter((name) => name.endsWith('.json') && kindOfFile(name) === null)
    .map((file) => ({
      file,
      place: WHOLE_FILE,
      value: 'a name that is not read',
      allowed: Object.values(FILE_NAMES).join(', '),
    }));
}
