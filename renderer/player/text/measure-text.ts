/** Measures text in em on a canvas, with the page's own fonts. */
import type { Measure } from './set-lines.ts';

/** The fonts of every text on the stage, in the order in which they are tried. */
const FONT_STACK =
  '"Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif';

const PROBE_PX = 100;

/** A measure for one weight of the stack; estimates one em a character where the browser has no 2D canvas. */
export function createMeasure(weight: number): Measure {
  const brush = document.createElement('canvas').getContext('2d');
  if (brush === null) return (text) => [...text].length;
  brush.font = `${weight} ${PROBE_PX}px ${FONT_STACK}`;
  return (text) => brush.measureText(text).width / PROBE_PX;
}
