/** Sets pieces of text in lines: balanced over a number of lines, or filled up to a width. */
import type { Piece } from './split-text.ts';

/** The width of a text in em (its width at a font size of one). */
export type Measure = (text: string) => number;

/** Lines, the widest of them in em, and how rough their ends are (one for each within a phrase, four for one within a word). */
export type SetText = { lines: string[]; widestEm: number; rough: number };

/** Stops and commas that fill the left half of their square only; at the end of a line the right half is cut off. */
const HALF_EMPTY = /[，。、；：]$/u;
/** How much narrower such a mark is set at the end of a line. */
const CUT_EM = 0.5;

type Ruler = { text(from: number, to: number): string; width(from: number, to: number): number };

/** The mark at the end of a line that is set half as wide, or an empty string. */
export function halfMark(line: string): string {
  return HALF_EMPTY.exec(line)?.[0] ?? '';
}

/**
 * The pieces in exactly `count` lines of widths as equal as can be (least squares), ending at phrases where that costs
 * little; null where the text has too few places to end a line or more written line ends than `count` allows.
 */
export function balanceLines(pieces: readonly Piece[], count: number, measure: Measure): SetText | null {
  const total = pieces.length;
  if (count > total || pieces.slice(0, -1).filter((piece) => piece.end === 'must').length >= count) return null;
  const ruler = createRuler(pieces, measure);
  const ideal = ruler.width(0, total) / count;
  // best[n][to]: least cost of setting the pieces before `to` in n lines; from[n][to]: where the last of these begins.
  let best: number[] = Array.from({ length: total + 1 }, (_, to) => (to === 0 ? 0 : Number.POSITIVE_INFINITY));
  const from: number[][] = [];
  for (let line = 1; line <= count; line += 1) {
    const nextBest = new Array<number>(total + 1).fill(Number.POSITIVE_INFINITY);
    const begins = new Array<number>(total + 1).fill(-1);
    for (let to = line; to <= total; to += 1) {
      for (let begin = to - 1; begin >= line - 1; begin -= 1) {
        if (begin < to - 1 && pieces[begin]?.end === 'must') break;
        const width = ruler.width(begin, to);
        const cost = (best[begin] ?? Number.POSITIVE_INFINITY) + lineCost(width, ideal, pieces[to - 1], to === total);
        if (cost < (nextBest[to] ?? 0)) {
          nextBest[to] = cost;
          begins[to] = begin;
        }
        if (width > ideal * 3) break;
      }
    }
    best = nextBest;
    from.push(begins);
  }
  if (!Number.isFinite(best[total] ?? Number.POSITIVE_INFINITY)) return null;
  return readLines(pieces, from, ruler);
}

function lineCost(widthEm: number, idealEm: number, last: Piece | undefined, isEnd: boolean): number {
  const off = (widthEm - idealEm) / Math.max(idealEm, 0.01);
  const rough = isEnd ? 0 : roughness(last) * 0.12;
  const orphan = widthEm < 2 && idealEm > 4 ? 1 : 0;
  return off * off + rough + orphan;
}

/** How much a line end after this piece disturbs the reader. */
function roughness(piece: Piece | undefined): number {
  if (piece?.end === 'word') return 1;
  return piece?.end === 'never' ? 4 : 0;
}

function readLines(pieces: readonly Piece[], from: readonly number[][], ruler: Ruler): SetText {
  const set: SetText = { lines: [], widestEm: 0, rough: 0 };
  let to = pieces.length;
  for (let line = from.length - 1; line >= 0; line -= 1) {
    const begin = from[line]?.[to] ?? 0;
    set.lines.unshift(ruler.text(begin, to));
    set.widestEm = Math.max(set.widestEm, ruler.width(begin, to));
    if (to < pieces.length) set.rough += roughness(pieces[to - 1]);
    to = begin;
  }
  return set;
}

/** The pieces in as few lines as fit into `widthEm`, each filled as far as it goes. */
export function fillLines(pieces: readonly Piece[], widthEm: number, measure: Measure): string[] {
  const ruler = createRuler(pieces, measure);
  const lines: string[] = [];
  let begin = 0;
  for (let at = 0; at < pieces.length; at += 1) {
    if (at > begin && ruler.width(begin, at + 1) > widthEm) {
      lines.push(ruler.text(begin, at));
      begin = at;
    }
    if (pieces[at]?.end === 'must') {
      lines.push(ruler.text(begin, at + 1));
      begin = at + 1;
    }
  }
  if (begin < pieces.length) lines.push(ruler.text(begin, pieces.length));
  return lines;
}

function createRuler(pieces: readonly Piece[], measure: Measure): Ruler {
  const spaceEm = measure(' ');
  const sums = [0];
  for (const piece of pieces) sums.push((sums.at(-1) ?? 0) + measure(piece.text) + (piece.space ? spaceEm : 0));
  return {
    text(from, to) {
      return pieces
        .slice(from, to)
        .map((piece, index) => piece.text + (piece.space && from + index < to - 1 ? ' ' : ''))
        .join('');
    },
    width(from, to) {
      const last = pieces[to - 1];
      if (last === undefined) return 0;
      const cut = (last.space ? spaceEm : 0) + (halfMark(last.text) === '' ? 0 : CUT_EM);
      return (sums[to] ?? 0) - (sums[from] ?? 0) - cut;
    },
  };
}
