/** Reads the lines of strace: calls of all threads, some of them told in two halves. */
import type { SystemCalls } from './system-calls.ts';

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)/s;
const BEGUN = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/s;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/s;
/** A text among the words of a call, in strace's hexadecimal. */
const TEXT = /"((?:\\x[0-9a-f]{2})*)"/g;

/**
 * Calls that count from their beginning: a descriptor that is being closed may be given to another thread meanwhile, and a sync vouches for
 * nothing that was written meanwhile. All others count at their end.
 */
const AT_BEGINNING: ReadonlySet<string> = new Set(['close', 'fsync', 'fdatasync']);

/** A call as it was told: its first word as a number, its texts, its last word as a number, all of its words, and what it gave. */
type Told = { fd: number; texts: Buffer[]; last: number; words: string; result: number };

/** Takes the lines of one process, one by one. */
export function followLines(calls: SystemCalls, marks: string, mark: (text: string) => void): (line: string) => void {
  const begun = new Map<string, string>();
  const told = handlersOf(calls, marks, mark);

  function take(name: string, words: string, result: number): void {
    const texts = Array.from(words.matchAll(TEXT), ([, hex = '']) => Buffer.from(hex.replaceAll('\\x', ''), 'hex'));
    const last = Number(words.slice(words.lastIndexOf(',') + 1));
    const handle = told[name];
    if (!handle) throw new Error(`${name} is not understood`);
    handle({ fd: Number.parseInt(words, 10), texts, last, words, result });
  }

  return (line) => {
    const [, thread = '', early = '', words = ''] = BEGUN.exec(line) ?? [];
    if (thread !== '') {
      begun.set(thread, words);
      if (AT_BEGINNING.has(early)) take(early, words, 0);
      return;
    }
    const [, by = '', call = '', rest = ''] = RESUMED.exec(line) ?? [];
    if (AT_BEGINNING.has(call)) return;
    const [, , name = '', args = '', result = ''] =
      WHOLE.exec(by === '' ? line : `${by} ${call}(${begun.get(by) ?? ''}${rest}`) ?? [];
    if (name !== '' && Number(result) >= 0) take(name, args, Number(result));
  };
}

function handlersOf(
  calls: SystemCalls,
  marks: string,
  mark: (text: string) => void,
): Readonly<Record<string, (told: Told) => void>> {
  let marksFd: number | null = null;

  function open({ result: fd, texts, words }: Told, flags = words.slice(words.lastIndexOf('"'))): void {
    const path = String(texts[0]);
    if (marksFd === fd) marksFd = null;
    if (path === marks) marksFd = fd;
    const has = (flag: string): boolean => flags.includes(flag);
    calls.open(fd, path, { append: has('O_APPEND'), create: has('O_CREAT'), truncate: has('O_TRUNC') });
  }

  function write({ fd, texts, result }: Told, at?: number): void {
    const bytes = Buffer.concat(texts).subarray(0, result);
    if (fd === marksFd) for (const line of bytes.toString().trimEnd().split('\n')) mark(line);
    else calls.write(fd, bytes, at);
  }

  const sync = ({ fd }: Told): void => calls.sync(fd);
  const makeFolder = ({ texts }: Told): void => calls.makeFolder(String(texts[0]));
  const rename = ({ texts }: Told): void => calls.rename(String(texts[0]), String(texts[1]));
  const link = ({ texts }: Told): void => calls.link(String(texts[0]), String(texts[1]));
  const remove = ({ texts }: Told): void => calls.remove(String(texts[0]));
  return {
    open: (told) => open(told),
    openat: (told) => open(told),
    creat: (told) => open(told, 'O_CREAT|O_TRUNC'),
    close: ({ fd }) => calls.close(fd),
    write: (told) => write(told),
    writev: (told) => write(told),
    pwrite64: (told) => write(told, told.last),
    pwritev: (told) => write(told, told.last),
    ftruncate: ({ fd, last }) => calls.truncate(fd, last),
    ...{ fsync: sync, fdatasync: sync, mkdir: makeFolder, mkdirat: makeFolder },
    ...{ rename, renameat: rename, renameat2: rename, link, linkat: link, unlink: remove, unlinkat: remove },
  };
}
