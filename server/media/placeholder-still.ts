/** The still of a video that no decoder is at hand for: a film glyph and the duration, drawn without any font. */
import { STILL_WIDTH } from './still-size.ts';

const HEIGHT = 270;
const DIGIT_WIDTH = 14;
const DIGIT_STEP = 22;

/** Strokes of the digits and the colon in a box of 14 × 24. */
const STROKES: Readonly<Record<string, string>> = {
  '0': 'M0 0H14V24H0Z',
  '1': 'M3 4L8 0V24',
  '2': 'M0 0H14V12H0V24H14',
  '3': 'M0 0H14V24H0M3 12H14',
  '4': 'M0 0V12H14M14 0V24',
  '5': 'M14 0H0V12H14V24H0',
  '6': 'M14 0H0V24H14V12H0',
  '7': 'M0 0H14V24',
  '8': 'M0 0H14V24H0ZM0 12H14',
  '9': 'M14 12H0V0H14V24H0',
  ':': 'M7 7V9M7 16V18',
};

/** An SVG of the size of a still. `durationMs` is shown as minutes and seconds. */
export function placeholderStill(durationMs: number): string {
  const centre = STILL_WIDTH / 2;
  const holes = [0, 1, 2, 3, 4].map((row) => 72 + row * 19);
  const hole = (x: number, y: number): string =>
    `<rect x="${x}" y="${y}" width="9" height="10" rx="2" fill="#17202b"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${STILL_WIDTH}" height="${HEIGHT}">
<rect width="100%" height="100%" fill="#17202b"/>
<rect x="${centre - 80}" y="64" width="160" height="100" rx="10" fill="#c9d3de"/>
<rect x="${centre - 58}" y="76" width="116" height="76" rx="4" fill="#17202b"/>
${holes.map((y) => hole(centre - 74, y - 1) + hole(centre + 65, y - 1)).join('')}
<path d="M${centre - 14} 92L${centre + 22} 114L${centre - 14} 136Z" fill="#c9d3de"/>
${clockFace(durationMs, centre, 196)}
</svg>`;
}

function clockFace(durationMs: number, centre: number, y: number): string {
  const totalS = Math.round(durationMs / 1000);
  const text = `${Math.floor(totalS / 60)}:${String(totalS % 60).padStart(2, '0')}`;
  const left = centre - (text.length * DIGIT_STEP - (DIGIT_STEP - DIGIT_WIDTH)) / 2;
  return Array.from(
    text,
    (char, k) =>
      `<path transform="translate(${left + k * DIGIT_STEP} ${y})" d="${STROKES[char] ?? ''}" fill="none" stroke="#c9d3de" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>`,
  ).join('');
}
