/** Splits a text into pieces between which a line may end, by the rules of Chinese and Western typesetting. */

/**
 * How good a line end after a piece is: `must`: a new line was written; `phrase`: after a stop, a comma or a blank in
 * Chinese; `word`: between words; `never`: only where nothing else is left (two lone characters are likely one word
 * the dictionary does not know, a number belongs to what it counts).
 */
export type LineEnd = 'must' | 'phrase' | 'word' | 'never';

/** `space`: a blank stands after the piece, which vanishes where the line ends. */
export type Piece = { text: string; end: LineEnd; space: boolean };

/** May not begin a line (GB/T 15834 and JLReq: closing marks, stops, small marks). */
const NO_START = /^[\p{Pe}\p{Pf}、。，．：；！？…—～·％‰℃々〻ー,.:;!?%)\]}'’”]/u;
/** May not end a line: opening marks, currency. */
const NO_END = /[\p{Ps}\p{Pi}¥$€£＄￥#＃@]$/u;
const HAN = /\p{Script=Han}/u;
const LONE_HAN = /^\p{Script=Han}$/u;
const NUMBER_END = /[\d一二三四五六七八九十百千万两第]$/u;
const LATIN_END = /[!-~]$/;
const LATIN_START = /^[!-~]/;
const PHRASE_END = /[，。；：！？、,.;:!?…][\p{Pe}\p{Pf}”’]*$/u;

const words = new Intl.Segmenter('zh', { granularity: 'word' });
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** The pieces of `text` in order; words stay whole, and no piece begins or ends with a mark that may not stand there. */
export function splitText(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const inLine = splitLine(line);
    const last = inLine.at(-1);
    if (last !== undefined) last.end = 'must';
    pieces.push(...inLine);
  }
  return pieces;
}

function splitLine(line: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { segment } of words.segment(line)) {
    const last = pieces.at(-1);
    if (/^\s+$/u.test(segment)) {
      if (last !== undefined) last.space = true;
    } else if (last?.space && (NO_START.test(segment) || NO_END.test(last.text))) {
      // A blank is no licence to begin a line with a closing mark: the two stay together, blank and all.
      last.text += ` ${segment}`;
      last.space = false;
    } else if (last !== undefined && !last.space && belongTogether(last.text, segment)) {
      last.text += segment;
    } else {
      pieces.push({ text: segment, end: 'word', space: false });
    }
  }
  for (const [at, piece] of pieces.entries()) piece.end = lineEnd(piece, pieces[at + 1]);
  return pieces;
}

function belongTogether(before: string, after: string): boolean {
  return NO_START.test(after) || NO_END.test(before) || (LATIN_END.test(before) && LATIN_START.test(after));
}

function lineEnd(piece: Piece, after: Piece | undefined): LineEnd {
  if (PHRASE_END.test(piece.text) || (piece.space && HAN.test(piece.text))) return 'phrase';
  if (piece.space || after === undefined) return 'word';
  const splitsWord = LONE_HAN.test(piece.text) && /^\p{Script=Han}(?!\p{Script=Han})/u.test(after.text);
  return splitsWord || NUMBER_END.test(piece.text) ? 'never' : 'word';
}

/** Cuts every piece wider than `widest` between its characters (never within one); the last way out for endless words. */
export function cutPieces(pieces: readonly Piece[], widest: number, measure: (text: string) => number): Piece[] {
  return pieces.flatMap((piece) => {
    if (measure(piece.text) <= widest) return [piece];
    const parts: string[] = [];
    for (const { segment } of graphemes.segment(piece.text)) {
      const last = parts.at(-1);
      if (last !== undefined && (measure(last + segment) <= widest || NO_START.test(segment))) {
        parts[parts.length - 1] = last + segment;
      } else {
        parts.push(segment);
      }
    }
    return parts.map((text, index): Piece => {
      const isLast = index === parts.length - 1;
      return isLast ? { ...piece, text } : { text, end: 'word', space: false };
    });
  });
}
