/** Paints the ground a poster stands on: a small blurred, darkened copy of it, drawn once so that it costs nothing later. */
import type { StageSize } from '../stage/stage-frame.ts';

const WIDTH_PX = 192;
const BLUR_PX = 9;

/** A canvas of the shape of a stage of that size, which fills the layer when stretched over it; plain dark where the browser has no 2D canvas. */
export function paintBackdrop(picture: ImageBitmap, { widthPx, heightPx }: StageSize): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.className = 'backdrop';
  const screenRatio = heightPx / Math.max(1, widthPx);
  canvas.width = WIDTH_PX;
  canvas.height = Math.max(1, Math.round(WIDTH_PX * screenRatio));
  const brush = canvas.getContext('2d');
  if (brush === null) return canvas;
  const margin = BLUR_PX * 3;
  const scale = Math.max((canvas.width + 2 * margin) / picture.width, (canvas.height + 2 * margin) / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  brush.filter = `blur(${BLUR_PX}px) saturate(1.1)`;
  brush.drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  brush.filter = 'none';
  brush.fillStyle = 'rgb(8 10 14 / 0.52)';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}
