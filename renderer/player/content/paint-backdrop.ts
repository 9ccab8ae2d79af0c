/** Paints the ground a poster stands on: a small blurred, darkened copy of it, drawn once so that it costs nothing later. */

const WIDTH_PX = 192;
const BLUR_PX = 9;

/** A canvas that fills the layer when stretched over it; plain dark where the browser has no 2D canvas. */
export function paintBackdrop(image: HTMLImageElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.className = 'backdrop';
  const screenRatio = window.innerHeight / Math.max(1, window.innerWidth);
  canvas.width = WIDTH_PX;
  canvas.height = Math.max(1, Math.round(WIDTH_PX * screenRatio));
  const brush = canvas.getContext('2d');
  if (brush === null) return canvas;
  const margin = BLUR_PX * 3;
  const scale = Math.max(
    (canvas.width + 2 * margin) / image.naturalWidth,
    (canvas.height + 2 * margin) / image.naturalHeight,
  );
  const width = image.naturalWidth * scale;
  const height = image.naturalHeight * scale;
  brush.filter = `blur(${BLUR_PX}px) saturate(1.1)`;
  brush.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  brush.filter = 'none';
  brush.fillStyle = 'rgb(8 10 14 / 0.52)';
  brush.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}
