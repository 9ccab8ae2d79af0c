/** From the start of the product on a prepared machine to the first frame on its screen. */
import { createProduct, eventually } from '../helpers/product.ts';
import { soakPage } from '../soak/page-soak.ts';
import { type BenchGroup, median } from './figure.ts';
import { cpuGroup } from './player/cpu-share.ts';
import { gapGroup } from './player/gaps.ts';
import { recoverGroup } from './player/recover.ts';
import { recordingGroup } from './player/screen-recording.ts';
import { syncGroup } from './player/sync-skew.ts';
import { takeoverGroup } from './takeover.bench.ts';

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

/** Changes of slot over which memory is compared. */
const CHANGES = 2000;

/** Figure `first-frame-s`: an empty data folder, the sample content, and whatever shell this machine has. */
const firstFrameGroup: BenchGroup = async (report) => {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await firstFrame());
  report({ name: 'first-frame-s', value: median(rounds), unit: 's', reference: null, ratio: null });
};

/** Figure `memory-growth-pct`: the page's heap after {@link CHANGES} slots against its heap after the first 200. */
const memoryGroup: BenchGroup = async (report) => {
  const { early, late } = await soakPage(CHANGES);
  const value = (late.heap / early.heap - 1) * 100;
  report({
    name: 'memory-growth-pct',
    value,
    unit: '%',
    reference: 'after 200 changes',
    ratio: late.heap / early.heap,
  });
};

/** All figures of the player, the quick ones first. */
export const playerGroup: BenchGroup = async (report) => {
  for (const group of [
    firstFrameGroup,
    gapGroup,
    recordingGroup,
    cpuGroup,
    takeoverGroup,
    recoverGroup,
    syncGroup,
    memoryGroup,
  ])
    await group(report);
};
