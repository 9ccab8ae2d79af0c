/** The whole product with a real Electron: it enrols, plays, and its plays are counted. */
import { afterAll, expect, test } from 'vitest';
import { electronExecutable } from '../../cli/player-shell.ts';
import { createProduct, eventually } from '../helpers/product.ts';
import { expectSoundLedger } from '../helpers/proof-checks.ts';

const electron = electronExecutable(process.env);
const product = await createProduct();
afterAll(() => product.remove());

if (electron === null) {
  test.skip('[W5] a real Electron plays, records and is counted (skipped: no Electron here; set ELECTRON_OVERRIDE_DIST_PATH)', () =>
    undefined);
} else {
  test('[W5] a real Electron under a virtual display enrols, plays, records, and its plays are counted', async () => {
    await product.start({
      wrapper: ['xvfb-run', '-a', '-s', '-screen 0 1920x1080x24'],
      env: { XUNBO_SHELL: 'electron', XUNBO_LOG_LEVEL: 'warn' },
    });
    const counted = await eventually('counted plays', async () => {
      const plays = (await product.plays()).filter((play) => play.counted);
      return plays.length >= 2 ? plays : undefined;
    });
    expect(counted[0]).toMatchObject({ screenId: 'demo', outcome: 'complete' });
    await expectSoundLedger(product);
  });
}
