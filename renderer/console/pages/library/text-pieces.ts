/** Splits a slogan's text into pieces that stay whole on a line, as the stage does. */

/** A piece and whether a written line end follows it. */
export type TextPiece = { text: string; lineEnds: boolean };

/** May not begin a line: closing marks and stops. */
const NO_START = /^[\p{Pe}\p{Pf}、。，．：；！？…—～·％,.:;!?%)\]}'’”]/u;
/** May not end a line: opening marks, currency. */
const NO_END = /[\p{Ps}\p{Pi}¥$€£＄￥#＃@]$/u;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** The pieces in order; blanks stay with the word before them. */
export function textPieces(text: string): TextPiece[] {
  return text
    .trim()
    .split(/\r\n?|\n/)
    .flatMap((line, at, lines) => {
      const pieces = piecesOfLine(line);
      return pieces.map((piece, nth) => ({
        text: piece,
        lineEnds: nth === pieces.length - 1 && at < lines.length - 1,
      }));
    });
}

function piecesOfLine(line: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(line)) {
    const last = pieces.at(-1);
    const joins = last !== undefined && (NO_START.test(segment) || NO_END.test(last) || /^\s+$/u.test(segment));
    if (joins) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** A text of several lines in one, for a ticker: line ends become wide blanks. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*[\r\n]+\s*/gu, '\u3000')
    .replace(/[ \t]+/gu, ' ');
}
