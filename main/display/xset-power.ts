/** Power by `xset`, for X11 with DPMS. */
import type { DisplayPower } from './display-power.ts';
import type { RunTool } from './run-tool.ts';

/** The monitors of the X server. */
export function xsetPower(executable: string, run: RunTool): DisplayPower {
  return {
    name: 'xset',
    async set(state) {
      // The X server takes `force` only while DPMS is enabled; its own timers are off, so that it never decides by itself.
      const force = ['+dpms', 'dpms', '0', '0', '0', 'dpms', 'force', state];
      await run(executable, state === 'on' ? [...force, 's', 'off', 's', 'reset'] : force);
    },
  };
}
