/** From the start of the product on a prepared machine to the first frame on its screen. */
import { createProduct, eventually } from '../helpers/product.ts';
import { type BenchGroup, median } from './figure.ts';

const ROUNDS = 3;

/** Seconds from the making of the process to the start of the first play its journal proves. */
async function firstFrame(): Promise<number> {
  const product = await createProduct();
  try {
    const { startedAtMs } = await product.start({ env: { XUNBO_LOG_LEVEL: 'warn' } });
    const first = await eventually('a first play', async () => (await product.plays())[0]);
    return (first.startMs - startedAtMs) / 1000;
  } finally {
    await product.remove();
  }
}

/** Figure `first-frame-s`: an empty data folder, the sample content, and whatever shell this machine has. */
export const playerGroup: BenchGroup = async (report) => {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await firstFrame());
  report({ name: 'first-frame-s', value: median(rounds), unit: 's', reference: null, ratio: null });
};
