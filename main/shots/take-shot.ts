/** Takes a picture of the stage and makes sure that it is one. */
import { MAX_SHOT_BYTES } from '../../protocol/player-link.ts';
import type { StagePort } from '../stage-port.ts';

/** A WebP picture of what shows; rejects where the stage gives none, or none that may be sent. */
export async function takeShot(stage: StagePort): Promise<Uint8Array> {
  const webp = await stage.capture();
  const head = Buffer.from(webp.subarray(0, 12)).toString('latin1');
  if (!head.startsWith('RIFF') || !head.endsWith('WEBP')) throw new Error('the stage gave no WebP picture');
  if (webp.length > MAX_SHOT_BYTES) throw new Error(`the picture has ${webp.length} bytes, allowed: ${MAX_SHOT_BYTES}`);
  return webp;
}
