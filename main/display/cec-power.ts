/** Power of a television over HDMI-CEC, by `cec-ctl` (Linux kernel) or `cec-client` (libCEC). */
import type { DisplayPower } from './display-power.ts';
import type { RunTool } from './run-tool.ts';

/** The television (logical address 0) on the CEC adapter at `device`. */
export function cecCtlPower(executable: string, device: string, run: RunTool): DisplayPower {
  return {
    name: 'cec-ctl',
    async set(state) {
      const word = state === 'on' ? '--image-view-on' : '--standby';
      await run(executable, ['--device', device, '--playback', '--to', '0', word]);
    },
  };
}

/** The television on the first adapter that libCEC finds. */
export function cecClientPower(executable: string, run: RunTool): DisplayPower {
  return {
    name: 'cec-client',
    async set(state) {
      await run(executable, ['-s', '-d', '1'], state === 'on' ? 'on 0\nas\n' : 'standby 0\n');
    },
  };
}
