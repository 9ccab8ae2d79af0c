/** Reads one content file from bytes to JSON, naming line and column where it is none. */
import { open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type FileFault, shownValue, WHOLE_FILE } from '../../protocol/file-faults.ts';
import { lineAndColumn, locateJsonFault } from './locate-json-fault.ts';

/** Largest content file. */
const MAX_BYTES = 16 * 1024 * 1024;

/** How much of the text a fault shows. */
const SHOWN_CHARACTERS = 30;

/** Reads `path`; faults name it `file`. */
export async function readJsonFile(path: string, file: string): Promise<Result<unknown, FileFault>> {
  const bytes = await readBytes(path);
  if (!bytes.ok) return fail({ file, place: WHOLE_FILE, ...bytes.error });
  const text = decode(bytes.value);
  if (text === null) {
    return fail({
      file,
      place: WHOLE_FILE,
      value: 'bytes that are no UTF-8',
      allowed: 'text saved in the encoding UTF-8',
    });
  }
  const fault = locateJsonFault(text);
  if (!fault) return ok(JSON.parse(text));
  const [found = ''] = text.slice(fault.offset, fault.offset + SHOWN_CHARACTERS).split(/[\r\n]/, 1);
  const value =
    fault.offset >= text.length ? 'the end of the file' : found === '' ? 'the end of the line' : shownValue(found);
  return fail({ file, place: lineAndColumn(text, fault.offset), value, allowed: fault.allowed });
}

async function readBytes(path: string): Promise<Result<Buffer, { value: string; allowed: string }>> {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size > MAX_BYTES) return fail({ value: `${size} bytes`, allowed: `at most ${MAX_BYTES} bytes` });
      return ok(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return fail(
      why === 'ENOENT'
        ? { value: 'missing', allowed: 'a file of this name' }
        : { value: why, allowed: 'a file that can be read' },
    );
  }
}

/** The text without a byte-order mark, or null where it is not UTF-8. */
function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
