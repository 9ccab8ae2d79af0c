/** A player in hand from afar, in the Electron shell. */
import { test } from 'vitest';
import { electronExecutable } from '../../cli/player-shell.ts';
import { testManaged } from '../helpers/managed-suite.ts';

if (electronExecutable(process.env) === null) {
  test.skip('[UK1] to [UK11] in a real Electron (skipped: no Electron here; set ELECTRON_OVERRIDE_DIST_PATH)', () =>
    undefined);
} else {
  const wrapper = ['xvfb-run', '-a', '-s', '-screen 0 1920x1080x24'];
  testManaged({ wrapper, env: { XUNBO_SHELL: 'electron' } });
}
