/** Splits a slogan's text into phrases and words that stay whole on a line, as the stage does. */

/** A phrase, up to and with its stop or comma, as words; `lineEnds`: a written line end follows it. */
export type TextPhrase = { words: string[]; lineEnds: boolean };

/** May not begin a line: closing marks and stops. */
const NO_START = /^[\p{Pe}\p{Pf}、。，．：；！？…—～·％,.:;!?%)\]}'’”]/u;
/** May not end a line: opening marks, currency. */
const NO_END = /[\p{Ps}\p{Pi}¥$€£＄￥#＃@]$/u;
const PHRASE_END = /[，。；：！？、,;:!?…][\p{Pe}\p{Pf}”’]*\s*$/u;

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** The phrases in order; blanks stay with the word before them. */
export function textPhrases(text: string): TextPhrase[] {
  const lines = text.trim().split(/\r\n?|\n/);
  return lines.flatMap((line, at) => {
    const phrases = phrasesOfLine(line);
    return phrases.map((words, nth) => ({ words, lineEnds: nth === phrases.length - 1 && at < lines.length - 1 }));
  });
}

function phrasesOfLine(line: string): string[][] {
  const phrases: string[][] = [];
  let isOver = true;
  for (const word of wordsOfLine(line)) {
    if (isOver) phrases.push([word]);
    else phrases.at(-1)?.push(word);
    isOver = PHRASE_END.test(word);
  }
  return phrases;
}

function wordsOfLine(line: string): string[] {
  const words: string[] = [];
  for (const { segment } of segmenter.segment(line)) {
    const last = words.at(-1);
    const joins = last !== undefined && (NO_START.test(segment) || NO_END.test(last) || /^\s+$/u.test(segment));
    if (joins) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return words;
}

/** A text of several lines in one, for a ticker: line ends become wide blanks. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*[\r\n]+\s*/gu, '\u3000')
    .replace(/[ \t]+/gu, ' ');
}
