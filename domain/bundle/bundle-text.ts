/** A bundle as lines: a head of canonical JSON for each part, then as many lines as it says, which stand as they were signed or logged. */
import { canonicalJson } from '../proof/canonical-json.ts';
import { fail, ok, type Result } from '../result.ts';
import type { BundlePart } from './bundle-part.ts';

/** A part's head: what is not in lines of its own, and how many of those follow. */
export type PartHead =
  | Extract<BundlePart, { type: 'bundle' | 'range' | 'checkpoint' | 'end' }>
  | { type: 'entry'; index: number; proof: string[]; lines: number }
  | { type: 'entries'; heads: number[]; lines: number }
  | { type: 'program'; lines: number }
  | { type: 'segment'; signature: string; lines: number };

/** The part as lines, each ended by a newline. */
export function partText(part: BundlePart): string {
  const lines = linesOf(part);
  return `${[canonicalJson(headOf(part, lines.length)), ...lines].join('\n')}\n`;
}

function headOf(part: BundlePart, lines: number): PartHead {
  switch (part.type) {
    case 'entry':
      return { type: part.type, index: part.index, proof: part.proof, lines };
    case 'entries':
      return { type: part.type, heads: part.heads, lines };
    case 'program':
      return { type: part.type, lines };
    case 'segment':
      return { type: part.type, signature: part.signature, lines };
    default:
      return part;
  }
}

function linesOf(part: BundlePart): readonly string[] {
  switch (part.type) {
    case 'entry':
      return [part.entry];
    case 'entries':
      return part.entries;
    case 'program':
      return [part.body];
    case 'segment':
      return [part.header, ...part.records];
    default:
      return [];
  }
}

/** Reads lines into parts. */
export type PartReader = {
  /** Takes the next line (without its newline); gives the part it completes, null within one, or what is wrong with the line. */
  take(line: string): Result<BundlePart | null, string>;
  /** Whether a part waits for more lines. */
  isOpen(): boolean;
};

/** Makes a reader; `readHead` gives a head's value for its canonical text, null for what is none. */
export function createPartReader(readHead: (line: string) => PartHead | null): PartReader {
  let head: PartHead | null = null;
  let lines: string[] = [];
  return {
    take(line) {
      if (head) lines.push(line);
      else {
        head = readHead(line);
        if (!head) return fail('a line that is no head of a part');
      }
      if (lines.length < ('lines' in head ? head.lines : 0)) return ok(null);
      const part = partOf(head, lines);
      head = null;
      lines = [];
      return part ? ok(part) : fail('a part with another number of lines than it has to have');
    },
    isOpen: () => head !== null,
  };
}

function partOf(head: PartHead, lines: string[]): BundlePart | null {
  const [first, ...rest] = lines;
  switch (head.type) {
    case 'entry':
      return first !== undefined && rest.length === 0
        ? { type: head.type, index: head.index, proof: head.proof, entry: first }
        : null;
    case 'entries':
      return { type: head.type, heads: head.heads, entries: lines };
    case 'program':
      return first !== undefined && rest.length === 0 ? { type: head.type, body: first } : null;
    case 'segment':
      return first === undefined ? null : { type: head.type, signature: head.signature, header: first, records: rest };
    default:
      return head;
  }
}
